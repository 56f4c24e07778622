"""What an event becomes that has no class: one that Pinwheel added since, or one whose form cannot be read."""

from typing import Any, ClassVar

from pinwheel_overlays.event_model import EventModel

__all__ = ["UnknownEvent", "event_name"]


class UnknownEvent(EventModel, frozen=True, kw_only=True):
    """An event that this package, or the version that was asked for, has no class for."""

    __pii__: ClassVar[frozenset[str]] = frozenset({"payload", "raw"})

    event: str
    """Its name; empty if the body names none."""
    event_id: str
    """Unique per event; made from the body if that has none."""
    payload: dict[str, Any]
    """As Pinwheel sent it; empty if the payload is no object."""
    raw: bytes
    """The whole body."""
    problem: str = ""
    """Why an event of a known name could not be read; empty if it is the name that is not known."""


def event_name(event: object) -> str:
    """Return the name of an event, such as ``paystubs.added``, of whichever class it is."""
    if isinstance(event, UnknownEvent):
        return event.event
    config: Any = getattr(event, "__struct_config__", None)
    return str(getattr(config, "tag", None) or "")
