"""Whatever comes from outside: refused by our errors, or read; short form of the proof, and any bytes at all."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pinwheel_api.v2025_07_08 import events
from pinwheel_api.webhooks import (
    UnknownEvent,
    WebhookPayloadError,
    WebhookReceiver,
    WebhookSignatureError,
    event_name,
    parse,
    verify,
)

from proofs import webhook_mutations

from .deliveries import SECRET, deliver, tree

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
PAYLOAD_FIELDS = ["id", "name", "timestamp", "outcome", "account_id", "params", "added", "deleted", "error_code", "new"]
EVENTS = sorted(kind.__struct_config__.tag for kind in events.AnyWebhookEvent.__args__)
HEADER_VALUES = st.none() | st.text(max_size=80) | st.binary(max_size=80) | st.integers() | st.just(["x"])


def test_changed_deliveries_are_refused() -> None:
    refused, problems = webhook_mutations.run(10_000, seed=7)
    assert len(refused) == len(webhook_mutations.MUTATIONS)
    assert {"mismatch", "rewritten", "missing", "malformed", "body", "scheme"} <= set(problems)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=200) | st.text(max_size=50) | JSON,
    st.dictionaries(st.sampled_from(["x-pinwheel-signature", "X-Timestamp", "pinwheel-version"]), HEADER_VALUES)
    | st.lists(st.tuples(st.text() | st.binary(), HEADER_VALUES), max_size=4)
    | st.lists(st.text(max_size=3), max_size=3)
    | JSON,
    st.booleans(),
)
def test_any_arguments_are_refused_by_our_error(body: Any, headers: Any, allow_v1: bool) -> None:
    for check in (verify, parse):
        try:
            check(body, headers, [SECRET], allow_v1=allow_v1)
        except WebhookSignatureError:
            continue
        raise AssertionError("accepted")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_genuine_bytes_are_read_or_told(body: bytes) -> None:
    try:
        event = parse(*deliver(body), secrets=[SECRET])
    except WebhookPayloadError:
        return
    assert event.event_id


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(EVENTS) | st.text(max_size=10),
    st.dictionaries(st.sampled_from(PAYLOAD_FIELDS), JSON, max_size=6),
    st.dictionaries(st.sampled_from(["event_id", "payload", "extra"]), JSON, max_size=2),
    st.sampled_from(["2022-09-09", "2025-07-08", "2031-01-01"]),
)
def test_no_genuine_event_is_lost_whatever_it_holds(
    name: str, payload: dict[str, Any], more: dict[str, Any], version: str
) -> None:
    content = tree(name if name in EVENTS else "x.y", **payload) | {"event": name} | more
    delivery = deliver(json.dumps(content).encode(), version=version)
    event = parse(*delivery, secrets=[SECRET], on_drift=lambda drift: None)
    assert event_name(event) == name
    if isinstance(event, UnknownEvent):
        assert json.loads(event.raw) == content
        assert event.problem or name not in EVENTS
    seen: list[Any] = []
    receiver = WebhookReceiver([SECRET])
    receiver.on("*", name="seen")(seen.append)
    assert receiver.receive(*delivery).outcome == "handled"
    assert receiver.receive(*delivery).outcome == "duplicate"
    assert seen == [event]
