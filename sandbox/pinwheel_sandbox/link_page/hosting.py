"""Hosted pages: Link under an address of its own, which sends its user back to where they came from."""

from sqlalchemy.orm import Session

from pinwheel_sandbox.link import sites
from pinwheel_sandbox.storage.workspace_tables import Site
from pinwheel_sandbox.world import World


def way_back(world: World, session: Session, token_id: str, *, success: bool) -> str | None:
    """The signed address to send the user to; nothing for a token that was made for no site."""
    if session.get(Site, token_id) is None:
        return None
    return sites.way_back(world, session, token_id, success=success)
