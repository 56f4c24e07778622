"""From the bytes of a genuine delivery to a typed event. Whatever Pinwheel may send tomorrow, no event is lost."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import msgspec

from pinwheel_overlays.decode import Unreadable
from pinwheel_overlays.decode_again import decode_json
from pinwheel_overlays.drift import Drift
from pinwheel_overlays.lenient import read_as
from pinwheel_overlays.logs import log_callback_failure
from pinwheel_overlays.narrow import is_tree
from pinwheel_overlays.scalars import plain_numbers
from pinwheel_overlays.walk import ShapeError, TreeWalk

from .catalogue import EventCatalogue, EventSet
from .errors import WebhookPayloadError
from .headers import Headers
from .keys import Keys
from .signature import authenticate, raw_bytes
from .unknown import UnknownEvent

__all__ = ["OnDrift", "fallback_id", "parse_delivery", "read_event"]

_REFUSALS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

OnDrift = Callable[[Drift], object]


def parse_delivery(
    catalogue: EventCatalogue,
    body: bytes,
    headers: Headers,
    keys: Keys,
    tolerance: float | None,
    allow_v1: bool,
    version: str | None,
    on_drift: OnDrift | None,
) -> Any:
    """Verify a delivery and return its event. ``version`` limits the classes that may come out."""
    body = raw_bytes(body)
    delivered = authenticate(body, headers, keys, tolerance, allow_v1)[2]
    events = catalogue.of(delivered)
    if version is None and on_drift is None:
        # The usual case, without a detour.
        try:
            return events.decode(body)
        except _REFUSALS:
            pass
    return read_event(body, events, catalogue.pinned(version), on_drift)


def read_event(body: bytes, events: EventSet, only: EventSet | None = None, on_drift: OnDrift | None = None) -> Any:
    """Decode an event.

    ``events`` are those of the version it was sent in, ``only`` the classes that the caller knows. Raises
    WebhookPayloadError if the body is no JSON object; whatever else may be wrong gives an UnknownEvent, or an event
    with drift.
    """
    try:
        event = events.decode(body)
    except _REFUSALS:
        event = _read_leniently(body, events, on_drift)
    else:
        if on_drift is not None:
            _read_leniently(body, events, on_drift)
    if only is not None and type(event) not in only.members and not isinstance(event, UnknownEvent):
        return _unknown(body, _tree_of(body), "it was sent in a version that writes this event differently")
    return event


def fallback_id(body: bytes) -> str:
    """Return an id for an event that has none: equal for equal bodies."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def _read_leniently(body: bytes, events: EventSet, on_drift: OnDrift | None) -> Any:
    tree = _tree_of(body)
    name = tree.get("event")
    kind = events.classes.get(name) if isinstance(name, str) else None
    if kind is None:
        return _unknown(body, tree, "")
    if not is_tree(tree.get("payload")):
        return _unknown(body, tree, "expected object at $.payload")
    drifts: list[Drift] = []
    # The name is declared by the class as its tag, not as a property.
    fields = {key: value for key, value in tree.items() if key != "event"}
    fields["event_id"] = _id_of(tree, body)
    try:
        event = read_as(kind, fields, TreeWalk(drifts.append))
        problem = ""
    except ShapeError as error:
        event, problem = None, f"expected {error.expected} at {error.path}, found {error.got}"
        drifts.append(Drift("type", error.path, error.model, error.expected))
    except RecursionError:
        event, problem = None, "it is nested too deeply"
    if on_drift is not None:
        _tell(on_drift, [drift._replace(operation=str(name)) for drift in drifts])
    return _unknown(body, tree, problem) if event is None else event


def _tell(on_drift: OnDrift, drifts: list[Drift]) -> None:
    for drift in drifts:
        try:
            on_drift(drift)
        except Exception as error:  # noqa: BLE001 - a callback must not cost an event
            log_callback_failure("on_drift", error)


def _tree_of(body: bytes) -> dict[str, Any]:
    try:
        tree = decode_json(body)
    except Unreadable as error:
        message, tree = error.message.replace("the answer", "the body"), _almost_json(body)
    else:
        message = "the body is JSON, but no object"
    if is_tree(tree):
        return tree
    raise WebhookPayloadError(f"{message}, so it is no event; the signature is right, so ask Pinwheel")


def _almost_json(body: bytes) -> Any:
    """Read what is no JSON but what Python, which Pinwheel runs on, writes as such: NaN, Infinity, half a character."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _unknown(body: bytes, tree: dict[str, Any], problem: str) -> UnknownEvent:
    name = tree.get("event")
    try:
        payload = plain_numbers(tree.get("payload"))
    except RecursionError:
        payload, problem = None, problem or "it is nested too deeply"
    return UnknownEvent(
        event=name if isinstance(name, str) else "",
        event_id=_id_of(tree, body),
        payload=payload if is_tree(payload) else {},
        raw=body,
        problem=problem,
    )


def _id_of(tree: dict[str, Any], body: bytes) -> str:
    found = tree.get("event_id")
    return found if isinstance(found, str) and found else fallback_id(body)
