import logging
from typing import Any

import pytest
from pinwheel_overlays.errors import ConfigurationError, ServerError
from pinwheel_overlays.hooks import RequestEvent, ResponseEvent, RetryEvent
from pinwheel_overlays.wire import TransportError

from .harness import REQUEST_ID, Bench, answer, page, refusal, widget


class Watch:
    def __init__(self) -> None:
        self.events: list[Any] = []

    def on_request(self, event: RequestEvent) -> None:
        event.state.setdefault("calls", []).append(event.attempt)
        self.events.append(event)

    def on_response(self, event: ResponseEvent) -> None:
        self.events.append(event)

    def on_retry(self, event: RetryEvent) -> None:
        self.events.append(event)


def test_events_of_a_call_in_order(bench: Bench) -> None:
    watch = Watch()
    client = bench.client(TransportError("timeout", "timeout"), refusal(503), answer(widget()), hooks=[watch])
    bench.do(client.widgets.get("w1"))
    kinds = [type(event).__name__ for event in watch.events]
    assert kinds == ["RequestEvent", "ResponseEvent", "RetryEvent"] * 2 + ["RequestEvent", "ResponseEvent"]
    first, last = watch.events[1], watch.events[-1]
    assert (first.attempt, first.status, first.cause, first.request_id) == (1, None, "timeout", None)
    assert (last.attempt, last.status, last.cause, last.request_id) == (3, 200, "HTTP 200", REQUEST_ID)
    assert watch.events[2].delay == 0.5
    assert watch.events[5].cause == "HTTP 503"
    assert watch.events[0].server == "https://sandbox.getpinwheel.com"
    assert watch.events[0].operation.id == "widgets.get"
    assert last.state == {"calls": [1, 2, 3]}


def test_calls_do_not_share_their_state(bench: Bench) -> None:
    watch = Watch()
    client = bench.client(answer(widget()), answer(widget()), hooks=watch)
    bench.do(client.widgets.get("w1"))
    bench.do(client.widgets.get("w1"))
    assert watch.events[-1].state == {"calls": [1]}


def test_several_objects_with_some_of_the_methods(bench: Bench) -> None:
    class OnlyPages:
        def __init__(self) -> None:
            self.pages = 0

        def on_page(self, event: object) -> None:
            self.pages += 1

    watch, only = Watch(), OnlyPages()
    bench.items(bench.client(page("a"), hooks=(watch, only)).widgets.list())
    assert only.pages == 1
    assert len(watch.events) == 2


def test_a_hook_cannot_break_a_call(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def __getattr__(self, name: str) -> Any:
            if not name.startswith("on_"):
                raise AttributeError(name)

            def callback(event: object) -> None:
                raise RuntimeError("holds 123-45-6789")

            return callback

    watch = Watch()
    client = bench.client(refusal(500), page("a"), hooks=[Broken(), watch])
    with caplog.at_level(logging.WARNING, "pinwheel_api"):
        assert len(bench.items(client.widgets.list())) == 1
    for name in ("on_request", "on_response", "on_retry", "on_page"):
        assert f"{name} raised RuntimeError" in caplog.text
    assert "6789" not in caplog.text
    assert len(watch.events) == 5


def test_hooks_hear_of_the_end_of_a_failed_call(bench: Bench) -> None:
    watch = Watch()
    client = bench.client(refusal(500), max_retries=0, hooks=watch)
    with pytest.raises(ServerError):
        bench.do(client.widgets.get("w1"))
    assert [type(event).__name__ for event in watch.events] == ["RequestEvent", "ResponseEvent"]


class Asynchronous:
    async def on_request(self, event: RequestEvent) -> None:
        """Never runs: nobody would await it."""


class AsynchronousObject:
    async def __call__(self, drift: object) -> None:
        """As above."""


@pytest.mark.parametrize(
    "options",
    [{"hooks": Asynchronous()}, {"hooks": [Watch(), Asynchronous()]}, {"on_drift": AsynchronousObject()}],
)
def test_a_callback_that_nobody_would_await_is_refused(bench: Bench, options: Any) -> None:
    with pytest.raises(ConfigurationError, match="must be a plain function"):
        bench.client(**options)
    with pytest.raises(ConfigurationError, match="must be a plain function"):
        bench.client().with_options(**options)
