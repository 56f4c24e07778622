"""Which handlers an event goes to."""

from __future__ import annotations

from typing import Any

import pytest
from pinwheel_api import ConfigurationError, Drift
from pinwheel_api.v2025_07_08 import events
from pinwheel_api.webhooks import UnknownEvent, WebhookReceiver

from .deliveries import SECRET, deliver, tree
from .taking import Take


class TestRouting:
    def test_by_name_pattern_and_class(self, receiver: WebhookReceiver, take: Take) -> None:
        called: list[str] = []
        for name, target in {
            "name": "paystubs.added",
            "star": "paystubs.*",
            "all": "*",
            "class": events.PaystubsAdded,
            "other": "shifts.*",
            "other class": events.ShiftsAdded,
        }.items():
            receiver.on(target, name=name)(lambda event, name=name: called.append(name))  # type: ignore[arg-type,call-overload]
        assert take(receiver, deliver()).outcome == "handled"
        assert called == ["name", "star", "all", "class"]

    def test_one_handler_for_several_events(self, receiver: WebhookReceiver, take: Take) -> None:
        called: list[Any] = []
        receiver.on("paystubs.added", "shifts.added", name="h")(called.append)
        receiver.on(events.IncomeAdded, events.IdentityAdded, name="g")(called.append)
        for name in ("paystubs.added", "shifts.added", "income.added", "identity.added", "employment.added"):
            take(receiver, deliver(tree(name)))
        assert [type(event).__name__ for event in called] == [
            "PaystubsAdded", "ShiftsAdded", "IncomeAdded", "IdentityAdded",
        ]  # fmt: skip

    def test_an_event_without_handlers_is_acknowledged(self, receiver: WebhookReceiver, take: Take) -> None:
        receiver.on("shifts.added")(print)
        receipt = take(receiver, deliver())
        assert (receipt.outcome, receipt.status, receipt.event) == ("ignored", 200, "paystubs.added")

    def test_an_event_of_tomorrow_reaches_the_patterns(self, receiver: WebhookReceiver, take: Take) -> None:
        seen: list[Any] = []
        receiver.on("pension.*", name="seen")(seen.append)
        take(receiver, deliver(tree("pension.added")))
        assert isinstance(seen[0], UnknownEvent)
        assert seen[0].event == "pension.added"

    @pytest.mark.parametrize("name", ["paystub.added", "paystubs.aded", "paystubs", ""])
    def test_a_slip_in_a_name_is_told_at_once(self, receiver: WebhookReceiver, name: str) -> None:
        with pytest.raises(ConfigurationError, match="no event that this package knows"):
            receiver.on(name)
        with pytest.raises(ConfigurationError, match=r"did you mean 'paystubs.added'"):
            receiver.on("paystub.added")

    @pytest.mark.parametrize("wrong", [int, dict, events.DirectDepositSwitchPayload])
    def test_a_class_of_something_else_is_refused(self, receiver: WebhookReceiver, wrong: type[Any]) -> None:
        with pytest.raises(ConfigurationError, match="no class of an event"):
            receiver.on(wrong)

    def test_other_mistakes_are_told_at_once(self, receiver: WebhookReceiver) -> None:
        with pytest.raises(ConfigurationError, match="needs the name"):
            receiver.on()
        with pytest.raises(ConfigurationError, match="decorates a function"):
            receiver.on("*")(5)  # type: ignore[type-var]
        receiver.on("*")(print)
        with pytest.raises(ConfigurationError, match="pass name="):
            receiver.on("*")(print)
        for lease in (0, 601, -1):
            with pytest.raises(ConfigurationError, match="lease"):
                WebhookReceiver([SECRET], lease=lease)

    def test_the_decorated_function_stays_what_it_is(self, receiver: WebhookReceiver) -> None:
        @receiver.on("*")
        def handle(event: Any) -> int:
            return 5

        assert handle(None) == 5


def test_a_receiver_pinned_to_a_version_gives_only_its_classes() -> None:
    receiver = WebhookReceiver([SECRET], version="2022-09-09")
    seen: list[Any] = []
    receiver.on("*", name="seen")(seen.append)
    receiver.receive(*deliver(tree("direct_deposit_switch.added"), version="2025-07-08"))
    receiver.receive(*deliver(tree("paystubs.added"), version="2025-07-08"))
    assert [type(event).__name__ for event in seen] == ["UnknownEvent", "PaystubsAdded"]


def test_drift_is_told_once_a_kind() -> None:
    drifts: list[Drift] = []
    receiver = WebhookReceiver([SECRET], on_drift=drifts.append)
    for _ in range(3):
        receiver.receive(*deliver(tree(shoe_size=43)))
    assert [drift.path for drift in drifts] == ["$.payload.shoe_size"]
