"""Each handler is done once per event; the same for threads and for tasks."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from pinwheel_api.v2025_07_08 import events
from pinwheel_api.webhooks import MemoryStore, Receipt, WebhookReceiver
from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.webhooks import Key

from .deliveries import OTHER_SECRET, SECRET, deliver, tree
from .taking import Take


class TestOnce:
    def test_a_duplicate_is_answered_and_not_handled(self, receiver: WebhookReceiver, take: Take) -> None:
        seen: list[Any] = []
        receiver.on("*", name="seen")(seen.append)
        delivery = deliver()
        assert [take(receiver, delivery).outcome for _ in range(3)] == ["handled", "duplicate", "duplicate"]
        assert take(receiver, delivery).status == 200
        assert len(seen) == 1

    def test_an_event_is_told_by_its_id_whatever_the_rest(self, receiver: WebhookReceiver, take: Take) -> None:
        seen: list[Any] = []
        receiver.on("*", name="seen")(seen.append)
        take(receiver, deliver(tree(event_id="one", end_user_id="a")))
        take(receiver, deliver(tree(event_id="one", end_user_id="b")))
        take(receiver, deliver(tree(event_id="two", end_user_id="a")))
        assert [event.event_id for event in seen] == ["one", "two"]

    @pytest.mark.parametrize("event_id", ["", "with space", "x" * 5000, "nul\0", "a:b", "Zoë", "../etc", "\ud800"])
    def test_strange_ids_are_told_apart_too(self, receiver: WebhookReceiver, take: Take, event_id: str) -> None:
        seen: list[Any] = []
        receiver.on("*", name="seen")(seen.append)
        first, second = deliver(tree(event_id=event_id)), deliver(tree(event_id=event_id, end_user_id="other"))
        assert take(receiver, first).outcome == "handled"
        assert take(receiver, first).outcome == "duplicate"
        # Without an id nothing but the content tells events apart.
        assert take(receiver, second).outcome == ("handled" if event_id == "" else "duplicate")

    def test_a_failed_handler_is_called_again_by_the_redelivery(self, receiver: WebhookReceiver, take: Take) -> None:
        runs: list[int] = []

        @receiver.on("paystubs.added")
        def flaky(event: Any) -> None:
            runs.append(1)
            if len(runs) < 3:
                raise RuntimeError("not yet")

        delivery = deliver()
        receipts = [take(receiver, delivery) for _ in range(4)]
        assert [(each.outcome, each.status) for each in receipts] == [
            ("failed", 500), ("failed", 500), ("handled", 200), ("duplicate", 200),
        ]  # fmt: skip
        assert len(runs) == 3

    def test_only_the_handler_that_failed_runs_again(self, receiver: WebhookReceiver, take: Take) -> None:
        runs: list[str] = []
        receiver.on("*", name="first")(lambda _: runs.append("first"))

        @receiver.on("*", name="second")
        def second(_: Any) -> None:
            runs.append("second")
            if runs.count("second") == 1:
                raise RuntimeError

        receiver.on("*", name="third")(lambda _: runs.append("third"))
        delivery = deliver()
        assert take(receiver, delivery).outcome == "failed"
        assert take(receiver, delivery).outcome == "handled"
        assert runs == ["first", "second", "third", "second"]

    def test_a_duplicate_while_it_is_handled_is_to_be_sent_again(self, receiver: WebhookReceiver) -> None:
        begun, go_on = threading.Event(), threading.Event()

        @receiver.on("*")
        def slow(_: Any) -> None:
            begun.set()
            go_on.wait(10)

        delivery = deliver()
        receipts: list[Receipt] = []
        thread = threading.Thread(target=lambda: receipts.append(receiver.receive(*delivery)))
        thread.start()
        begun.wait(10)
        second = receiver.receive(*delivery)
        go_on.set()
        thread.join()
        assert (second.outcome, second.status, "retry-after" in second.headers) == ("in_progress", 503, True)
        assert receipts[0].outcome == "handled"
        assert receiver.receive(*delivery).outcome == "duplicate"

    def test_a_hundred_threads_with_one_event_handle_it_once(self, receiver: WebhookReceiver) -> None:
        runs: list[int] = []
        receiver.on("*", name="runs")(lambda _: (time.sleep(0.01), runs.append(1)))
        delivery = deliver()
        threads = [threading.Thread(target=receiver.receive, args=delivery) for _ in range(100)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(runs) == 1


class TestLeases:
    def test_a_handler_may_take_longer_than_the_lease(self, take: Take) -> None:
        receiver = WebhookReceiver([SECRET], lease=1)
        runs: list[int] = []
        busy: list[str] = []
        delivery = deliver()

        @receiver.on("*")
        def slow(_: Any) -> None:
            runs.append(1)
            for _round in range(4):
                time.sleep(0.4)
                busy.append(receiver.receive(*delivery).outcome)

        assert take(receiver, delivery).outcome == "handled"
        assert busy == ["in_progress"] * 4
        assert len(runs) == 1

    def test_a_claim_of_the_dead_is_free_after_the_lease(self, take: Take) -> None:
        store = MemoryStore()
        receiver = WebhookReceiver([SECRET], store=store, lease=0.1)
        seen: list[Any] = []
        receiver.on("*", name="seen")(seen.append)
        delivery = deliver(tree(event_id="e"))
        assert store.claim(Key("e", "seen"), 0.1).state == "claimed"
        assert take(receiver, delivery).outcome == "in_progress"
        time.sleep(0.12)
        assert take(receiver, delivery).outcome == "handled"


class TestFailures:
    def test_a_forged_delivery_is_refused_and_tells_nothing(self, receiver: WebhookReceiver, take: Take) -> None:
        seen: list[Any] = []
        receiver.on("*", name="seen")(seen.append)
        receipt = take(receiver, deliver(secret=OTHER_SECRET))
        assert (receipt.outcome, receipt.status, receipt.text) == ("refused", 400, "refused\n")
        assert receipt.error is not None
        assert not seen

    def test_a_genuine_body_that_is_no_event_is_refused(self, receiver: WebhookReceiver, take: Take) -> None:
        assert take(receiver, deliver(b"[]")).status == 400

    @pytest.mark.parametrize("method", ["claim", "finish", "release"])
    def test_a_store_that_fails_is_told_by_a_status_that_brings_the_delivery_again(
        self, method: str, take: Take, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = MemoryStore()
        receiver = WebhookReceiver([SECRET], store=store)

        @receiver.on("*")
        def handle(_: Any) -> None:
            if method == "release":
                raise RuntimeError

        def broken(*_: Any) -> Any:
            raise OSError("the disk is full")

        monkeypatch.setattr(store, method, broken)
        receipt = take(receiver, deliver())
        assert (receipt.outcome, receipt.status) == ("failed", 500)

    def test_one_lost_connection_does_not_forget_what_was_done(
        self, take: Take, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = MemoryStore()
        receiver = WebhookReceiver([SECRET], store=store)
        receiver.on("*", name="x")(lambda _: None)
        finish, calls = store.finish, []

        def once_broken(key: Any) -> None:
            calls.append(key)
            if len(calls) == 1:
                raise OSError
            finish(key)

        monkeypatch.setattr(store, "finish", once_broken)
        delivery = deliver()
        assert [take(receiver, delivery).outcome for _ in range(2)] == ["handled", "duplicate"]

    def test_on_error_gets_the_exception_and_the_event(self, take: Take) -> None:
        told: list[tuple[Exception, Any]] = []

        def tell(error: Exception, event: Any) -> None:
            told.append((error, event))
            raise RuntimeError("in the callback")

        receiver = WebhookReceiver([SECRET], on_error=tell)

        @receiver.on("*")
        def fail(_: Any) -> None:
            raise ZeroDivisionError

        assert take(receiver, deliver()).outcome == "failed"
        assert isinstance(told[0][0], ZeroDivisionError)
        assert isinstance(told[0][1], events.PaystubsAdded)

    def test_an_exit_in_a_handler_gives_the_claim_back(self, receiver: WebhookReceiver) -> None:
        runs: list[int] = []

        @receiver.on("*")
        def leave(_: Any) -> None:
            runs.append(1)
            if len(runs) == 1:
                raise SystemExit(1)

        delivery = deliver()
        with pytest.raises(SystemExit):
            receiver.receive(*delivery)
        assert receiver.receive(*delivery).outcome == "handled"

    @pytest.mark.parametrize("option", ["on_error", "on_drift"])
    def test_a_callback_that_nobody_would_await_is_refused(self, option: str) -> None:
        async def tell(*_: Any) -> None:
            """Never runs."""

        with pytest.raises(ConfigurationError, match=f"{option} must be a plain function"):
            WebhookReceiver([SECRET], **{option: tell})
