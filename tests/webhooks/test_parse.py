"""From genuine bytes to a typed event, whatever Pinwheel may send tomorrow."""

from __future__ import annotations

import json
import types
from typing import Any, get_args

import pytest
from pinwheel_api import Drift, webhooks
from pinwheel_api import v2022_09_09 as old
from pinwheel_api import v2025_07_08 as new
from pinwheel_api.webhooks import UnknownEvent, WebhookPayloadError, event_name, parse

from .deliveries import ACCOUNT, SECRET, deliver, tree

SWITCH_2025 = {"action": "full_switch", "allocation": {"type": "remainder"}}


def read(content: Any = None, *, version: str | None = "2025-07-08", **options: Any) -> Any:
    return parse(*deliver(content, version=version), secrets=[SECRET], **options)


def test_an_event_is_of_its_class() -> None:
    match read(tree(params={"count": 3, "sync_status": "complete"}, added=[{"id": "s1"}])):
        case new.events.PaystubsAdded(event_id=event_id, payload=payload):
            assert payload.account_id == ACCOUNT
            assert payload.params is not None
            assert payload.params.sync_status == "complete"
            assert len(event_id) == 36
        case other:
            pytest.fail(f"{other!r} is no PaystubsAdded")


@pytest.mark.parametrize("version", ["2022-09-09", "2023-04-18", "2023-07-18", "2023-11-22", "2025-07-08"])
def test_the_class_follows_from_the_version_of_the_delivery(version: str) -> None:
    event = read(tree("direct_deposit_switch.added"), version=version)
    module = new if version >= "2023-11-22" else old
    assert type(event) is module.events.DirectDepositSwitchAdded


@pytest.mark.parametrize(
    ("version", "module"),
    [
        ("2031-01-01", new),
        ("2024-06-30", new),
        ("2023-08-01", old),
        ("2019-01-01", old),
        (None, old),
        ("", new),
        ("tomorrow", new),
        ("\u0662\u0660\u0662\u0665-07-08", new),
    ],
)
def test_a_version_that_is_not_known_is_read_as_the_newest_known_before_it(version: str | None, module: Any) -> None:
    assert type(read(tree("direct_deposit_switch.added"), version=version)) is module.events.DirectDepositSwitchAdded


def test_every_event_of_every_version_arrives_as_its_class() -> None:
    unions = {"2022-09-09": old.events.AnyWebhookEvent, "2025-07-08": new.events.AnyWebhookEvent}
    for version, union in unions.items():
        for kind in get_args(union):
            name = kind.__struct_config__.tag
            account = {"created_at": "2025-01-01T00:00:00Z", "connected": True, "monitoring_status": "active"}
            content = tree(name, platform_id="p", **account)
            event = read(content, version=version)
            assert type(event) is kind
            assert event_name(event) == name


class TestEventsOfTomorrow:
    def test_an_event_without_a_class_has_its_payload(self) -> None:
        content = {"event_id": "e1", "event": "pension.added", "payload": {"account_id": ACCOUNT, "amount": 1.5}}
        event = read(content)
        assert event == UnknownEvent(
            event="pension.added", event_id="e1", payload=content["payload"], raw=json.dumps(content).encode()
        )
        assert event_name(event) == "pension.added"

    def test_its_repr_hides_what_it_holds(self) -> None:
        text = repr(read({"event_id": "e1", "event": "ssn.added", "payload": {"ssn": "123456789"}}))
        assert "123456789" not in text
        assert "ssn.added" in text

    def test_new_enum_values_and_properties_are_kept(self) -> None:
        event = read(tree(outcome="half_done", shoe_size=43, params={"sync_status": "resting"}))
        assert isinstance(event, new.events.PaystubsAdded)
        assert event.payload.outcome == "half_done"
        assert event.payload.params is not None
        assert event.payload.params.sync_status == "resting"

    @pytest.mark.parametrize("missing", ["id", "name", "timestamp", "outcome", "account_id"])
    @pytest.mark.parametrize("null", [True, False])
    def test_nulls_and_missing_properties_do_not_lose_it(self, missing: str, null: bool) -> None:
        content = tree()
        content["payload"].pop(missing)
        if null:
            content["payload"][missing] = None
        drifts: list[Drift] = []
        event = read(content, on_drift=drifts.append)
        assert isinstance(event, new.events.PaystubsAdded)
        assert getattr(event.payload, missing) is None
        assert [(drift.kind, drift.path) for drift in drifts] == [
            ("null" if null else "missing", f"$.payload.{missing}")
        ]
        assert drifts[0].operation == "paystubs.added"

    @pytest.mark.parametrize(
        ("name", "value"), [("timestamp", "yesterday"), ("id", 17), ("params", {"count": "3"}), ("outcome", 5)]
    )
    def test_values_of_another_type_do_not_lose_it(self, name: str, value: object) -> None:
        event = read(tree(**{name: value}))
        assert isinstance(event, new.events.PaystubsAdded)

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (tree(added={"id": "x"}), "$.payload.added"),
            (tree(params=[]), "$.payload.params"),
            ({**tree(), "payload": None}, "$.payload"),
            ({**tree(), "payload": [1]}, "$.payload"),
            ({"event_id": "e", "event": "paystubs.added"}, "$.payload"),
        ],
    )
    def test_a_shape_that_no_class_can_hold_arrives_as_unknown(self, content: dict[str, Any], problem: str) -> None:
        event = read(content)
        assert isinstance(event, UnknownEvent)
        assert event.event == "paystubs.added"
        assert problem in event.problem
        assert json.loads(event.raw) == content

    @pytest.mark.parametrize("value", ["NaN", "-Infinity", '"\\ud800"', "1e999", "9" * 400])
    def test_what_python_writes_though_it_is_no_json_does_not_lose_it(self, value: str) -> None:
        body = json.dumps(tree(size=0)).replace('"size": 0', f'"size": {value}').encode()
        event = read(body)
        assert event_name(event) == "paystubs.added"
        assert event.payload.account_id == ACCOUNT

    @pytest.mark.parametrize("event_id", [None, 7, "", [], {}])
    def test_an_event_without_an_id_gets_one_from_its_body(self, event_id: object) -> None:
        content = {**tree(), "event_id": event_id}
        first, second = read(content), read(content)
        if event_id != "":
            assert first.event_id.startswith("sha256:")
        assert first.event_id == second.event_id

    @pytest.mark.parametrize("name", [None, 5, [], {}])
    def test_an_event_without_a_name_has_an_empty_one(self, name: object) -> None:
        assert event_name(read({**tree(), "event": name})) == ""

    def test_drift_is_told_beside_a_typed_event(self) -> None:
        drifts: list[Drift] = []
        event = read(tree(shoe_size=43, outcome="half_done"), on_drift=drifts.append)
        assert isinstance(event, new.events.PaystubsAdded)
        assert {(drift.kind, drift.path) for drift in drifts} == {
            ("unknown", "$.payload.shoe_size"),
            ("enum", "$.payload.outcome"),
        }

    def test_what_agrees_with_the_spec_is_no_drift(self) -> None:
        drifts: list[Drift] = []
        read(on_drift=drifts.append)
        assert not drifts


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"5", b'"text"', b"{", b'{"event": "\xff"}', b"\xff\xfe", b"[" * 100_000, b"{}x"]
)
def test_what_is_no_object_is_told_as_such(body: bytes) -> None:
    with pytest.raises(WebhookPayloadError, match="no event"):
        read(body)


def test_a_payload_that_is_nested_too_deeply_is_kept_in_raw() -> None:
    depth = 700
    body = b'{"event_id": "e", "event": "x.y", "payload": ' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"
    try:
        event = read(body)
    except WebhookPayloadError:
        return
    assert event.raw == body


class TestPinnedVersion:
    def test_only_its_classes_come_out(self) -> None:
        sent = tree("direct_deposit_switch.added", params=SWITCH_2025)
        assert isinstance(read(sent), new.events.DirectDepositSwitchAdded)
        delivery = deliver(sent, version="2025-07-08")
        pinned = parse(*delivery, [SECRET], version="2022-09-09")
        assert isinstance(pinned, UnknownEvent)
        assert pinned.payload["params"] == SWITCH_2025
        assert "version" in pinned.problem

    def test_what_the_versions_share_comes_out_as_ever(self) -> None:
        delivery = deliver(version="2025-07-08")
        assert isinstance(parse(*delivery, [SECRET], version="2022-09-09"), old.events.PaystubsAdded)

    def test_an_event_that_a_version_does_not_have_is_unknown_to_it(self) -> None:
        delivery = deliver(tree("account.disconnected"), version="2022-09-09")
        assert isinstance(parse(*delivery, [SECRET]), old.events.AccountDisconnected)
        assert isinstance(parse(*delivery, [SECRET], version="2025-07-08"), UnknownEvent)

    def test_a_version_that_is_none_is_refused(self) -> None:
        with pytest.raises(ValueError, match="must be a date"):
            parse(*deliver(), [SECRET], version="newest")


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
@pytest.mark.parametrize("content", [tree(), tree("brand.new"), tree(id=17)])
def test_a_body_may_be_any_kind_of_bytes(kind: Any, content: dict[str, Any]) -> None:
    body, headers = deliver(content)
    assert parse(kind(body), headers, [SECRET]) == parse(body, headers, [SECRET])
    receiver = webhooks.WebhookReceiver([SECRET])
    seen: list[Any] = []
    receiver.on("*", name="h")(seen.append)
    assert receiver.receive(kind(body), headers).outcome == "handled"
    assert seen == [parse(body, headers, [SECRET])]


def test_a_callback_that_raises_does_not_cost_the_event(caplog: pytest.LogCaptureFixture) -> None:
    def broken(drift: Drift) -> None:
        raise ZeroDivisionError

    assert isinstance(read(tree(id=17), on_drift=broken), new.events.PaystubsAdded)
    assert "on_drift raised ZeroDivisionError" in caplog.text


def test_the_module_is_reached_from_the_package() -> None:
    import pinwheel_api

    assert pinwheel_api.webhooks is webhooks
    assert isinstance(webhooks, types.ModuleType)
    assert set(webhooks.__all__) <= set(dir(webhooks))
