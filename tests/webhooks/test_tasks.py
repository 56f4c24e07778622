"""Receiving in an event loop, and asynchronous handlers wherever they run."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from pinwheel_api.webhooks import Receipt, WebhookReceiver

from .deliveries import deliver
from .taking import Take


async def begun(runs: list[Any]) -> None:
    """Wait until a handler has left a trace."""
    async with asyncio.timeout(10):
        while not runs:  # noqa: ASYNC110 - a handler in a thread has no event to set
            await asyncio.sleep(0.01)


class TestAsynchronous:
    def test_handlers_of_both_kinds_run_in_both_ways(self, receiver: WebhookReceiver, take: Take) -> None:
        called: list[str] = []

        @receiver.on("*", name="a")
        async def asynchronous(_: Any) -> None:
            await asyncio.sleep(0)
            called.append("async")

        class CallableObject:
            async def __call__(self, _: Any) -> None:
                called.append("object")

        receiver.on("*", name="s")(lambda _: called.append("sync"))
        receiver.on("*", name="o")(CallableObject())
        receiver.on("*", name="l")(lambda event: (asynchronous(event), event)[0])
        assert take(receiver, deliver()).outcome == "handled"
        assert called == ["async", "sync", "object", "async"]

    def test_a_failing_asynchronous_handler_is_called_again(self, receiver: WebhookReceiver, take: Take) -> None:
        runs: list[int] = []

        @receiver.on("*")
        async def flaky(_: Any) -> None:
            runs.append(1)
            if len(runs) == 1:
                raise RuntimeError

        delivery = deliver()
        assert [take(receiver, delivery).outcome for _ in range(3)] == ["failed", "handled", "duplicate"]

    def test_a_handler_that_ran_out_of_items_fails_like_any_other(self, receiver: WebhookReceiver, take: Take) -> None:
        runs: list[int] = []

        @receiver.on("*")
        def first_of_nothing(_: Any) -> None:
            runs.append(1)
            if len(runs) == 1:
                next(iter(()))  # StopIteration, which no future can hold

        delivery = deliver()
        assert [take(receiver, delivery).outcome for _ in range(2)] == ["failed", "handled"]

    def test_a_blocking_handler_does_not_stop_the_loop(self, receiver: WebhookReceiver) -> None:
        receiver.on("*", name="slow")(lambda _: time.sleep(0.3))

        async def main() -> int:
            ticks = 0
            task = asyncio.create_task(receiver.areceive(*deliver()))
            while not task.done():
                await asyncio.sleep(0.01)
                ticks += 1
            return ticks

        assert asyncio.run(main()) > 5

    def test_a_cancelled_asynchronous_handler_gives_its_claim_back(self, receiver: WebhookReceiver) -> None:
        runs: list[str] = []

        @receiver.on("*")
        async def slow(_: Any) -> None:
            runs.append("begun")
            if len(runs) == 1:
                await asyncio.sleep(30)

        delivery = deliver()

        async def main() -> Receipt:
            task = asyncio.create_task(receiver.areceive(*delivery))
            await begun(runs)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return await receiver.areceive(*delivery)

        assert asyncio.run(main()).outcome == "handled"
        assert runs == ["begun", "begun"]

    def test_a_cancelled_task_waits_for_the_thread_of_its_handler(self, receiver: WebhookReceiver) -> None:
        runs: list[str] = []

        @receiver.on("*")
        def slow(_: Any) -> None:
            runs.append("begun")
            time.sleep(0.2)
            runs.append("ended")

        delivery = deliver()

        async def main() -> Receipt:
            task = asyncio.create_task(receiver.areceive(*delivery))
            await begun(runs)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert runs == ["begun", "ended"]
            return await receiver.areceive(*delivery)

        assert asyncio.run(main()).outcome == "duplicate"

    def test_an_asynchronous_handler_cannot_run_in_a_loop_that_receive_holds_up(
        self, receiver: WebhookReceiver, caplog: pytest.LogCaptureFixture
    ) -> None:
        @receiver.on("*")
        async def handle(_: Any) -> None:
            """Never gets here."""

        async def main() -> Receipt:
            return receiver.receive(*deliver())

        assert asyncio.run(main()).outcome == "failed"
        assert "areceive()" in caplog.text
