"""What a receiver needs of a store: who handles an event, and whether it was handled."""

from typing import Literal, NamedTuple, Protocol

__all__ = ["KEPT_FOR", "Claim", "EventStore", "Key"]

KEPT_FOR = 30 * 24 * 3600.0
"""Seconds for which a handled event is remembered. Pinwheel repeats a delivery for 15 minutes; the rest is for people
who send one again."""


class Key(NamedTuple):
    """What is handled once: an event, by a handler."""

    event_id: str
    handler: str

    def __str__(self) -> str:
        return f"{self.event_id}:{self.handler}"


class Claim(NamedTuple):
    """The answer to an attempt to claim."""

    state: Literal["claimed", "busy", "done"]
    token: str = ""
    """Proof of the claim: only who has it may extend or release."""


class EventStore(Protocol):
    """A table of claims. Each method is atomic, also between processes where the store can be shared.

    A claim ends by ``finish``, by ``release``, or when its lease runs out because whoever had it died. What a method
    raises is told to nobody but the log: the delivery is answered with 500, so Pinwheel sends it again.
    """

    blocking: bool
    """Whether a call may wait for a disk or a network: then an event loop makes it in a thread."""

    def claim(self, key: Key, lease: float) -> Claim:
        """Take an event that is neither done nor held by somebody else, for ``lease`` seconds."""
        ...

    def extend(self, key: Key, token: str, lease: float) -> bool:
        """Hold a claim for ``lease`` seconds from now; False if it is held no more."""
        ...

    def finish(self, key: Key) -> None:
        """Mark as done, whoever holds it: the handler has come to its end, so nobody has to run it again."""
        ...

    def release(self, key: Key, token: str) -> None:
        """Give a claim back, so that the next delivery is handled."""
        ...

    def close(self) -> None:
        """Give back connections; the store may be used again."""
        ...
