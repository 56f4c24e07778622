"""Everything that one sandbox is made of, handed to whatever needs it."""

import attrs

from pinwheel_sandbox.catalogue.entries import Catalogue, catalogue
from pinwheel_sandbox.chance import Chance
from pinwheel_sandbox.clock import Clock
from pinwheel_sandbox.cursors import Cursors
from pinwheel_sandbox.link.tokens import LinkTokenSigner
from pinwheel_sandbox.settings import IN_MEMORY, Settings
from pinwheel_sandbox.storage.engine import Storage
from pinwheel_sandbox.storage.keys import ensure_first_key


@attrs.frozen(kw_only=True)
class World:
    """One sandbox's state and the things that act on it."""

    settings: Settings
    clock: Clock
    chance: Chance
    storage: Storage
    catalogue: Catalogue
    cursors: Cursors
    signer: LinkTokenSigner


def create(
    *, database: str = IN_MEMORY, settings: Settings | None = None, clock: Clock | None = None, seed: int | None = None
) -> World:
    """Open a database and build a sandbox around it; a fresh one gets its first API key."""
    settings, clock, chance = settings or Settings(), clock or Clock(), Chance(seed)
    storage = Storage(database)
    ensure_first_key(storage, settings, clock, chance)
    return World(
        settings=settings,
        clock=clock,
        chance=chance,
        storage=storage,
        catalogue=catalogue(),
        cursors=Cursors(
            storage.key("cursors"), nonce=chance.bytes, seconds=lambda: max(0, int(clock.now().timestamp()))
        ),
        signer=LinkTokenSigner(storage.key("link tokens")),
    )
