"""Names that people type: of events, and the first letters of ids."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .connection import fail

if TYPE_CHECKING:
    from pinwheel_sandbox.controls.desk import DeliveryView

__all__ = ["found_by_id", "known_event"]

_FEWEST = 4


def known_event(name: str, known: Sequence[str]) -> str:
    """The name, if there is such an event; else the command ends with what may have been meant."""
    if name not in known:
        close = get_close_matches(name, known, 1, 0.5)
        advice = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
        fail(f"there is no event {name}; {advice}")
    return name


def found_by_id(start: str, log: "Sequence[DeliveryView]") -> "list[DeliveryView]":
    """What an id, or its first letters, means: a delivery, or an event and then its newest delivery to each webhook."""
    start = start.lower()
    if len(start) < _FEWEST:
        fail(f"{start} is too short: give at least {_FEWEST} letters of the id")
    deliveries = [each for each in log if each.id.startswith(start)]
    of_events = [each for each in log if each.event_id.startswith(start)]
    found = {each.id for each in deliveries} | {each.event_id for each in of_events}
    if not found:
        fail(f"no delivery and no event in the log has an id that starts with {start}; see `pinwheel deliveries`")
    if len(found) > 1:
        fail(f"{len(found)} ids start with {start}: give more of it")
    if deliveries:
        return deliveries
    newest: dict[str, DeliveryView] = {}
    for each in of_events:  # the log is newest first
        newest.setdefault(each.webhook_id, each)
    return list(newest.values())
