"""What ends while a client lives, and what lives while a client ends: event loops, calls under way, long addresses."""

import asyncio
import gc
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pinwheel_overlays.errors import APIConnectionError, ClientClosedError
from pinwheel_overlays.loops import PerLoop
from pinwheel_overlays.retry import RetryPolicy

from .harness import SECRET
from .servers import Handler, Received, serving
from .shop import AsyncShop, Shop
from .test_transport import KINDS, get, good

ROOT = Path(__file__).parents[2]


class Steady(RetryPolicy):
    """Waits a moment before each repetition: long enough to close the client in between."""

    def delay(self, retry: int, *, asked: float | None, chance: float) -> float:
        return 0.3


def closed_after(first: threading.Event, kind: str, url: str) -> Any:
    """Make a call in one thread or task, close the client in another once ``first`` is set, and return what came."""
    if kind == "sync":
        client = Shop(SECRET, base_url=url, retry=Steady(5))
        came: list[Any] = []

        def call() -> None:
            try:
                came.append(client.widgets.get("w1"))
            except Exception as error:  # noqa: BLE001 - looked at by the test
                came.append(error)

        thread = threading.Thread(target=call)
        thread.start()
        assert first.wait(10)
        client.close()
        thread.join()
        return came[0]

    async def run() -> Any:
        client = AsyncShop(SECRET, base_url=url, retry=Steady(5))
        task = asyncio.create_task(client.widgets.get("w1"))
        assert await asyncio.to_thread(first.wait, 10)
        await asyncio.sleep(0.05)
        await client.aclose()
        (found,) = await asyncio.gather(task, return_exceptions=True)
        return found

    return asyncio.run(run())


@KINDS
def test_no_attempt_follows_after_the_client_is_closed(kind: str) -> None:
    begun = threading.Event()

    def busy(handler: Handler, received: Received) -> None:
        handler.answer(503, b"")
        begun.set()

    with serving(busy) as server:
        error = closed_after(begun, kind, server.url)
        assert isinstance(error, ClientClosedError)
        assert len(server.received) == 1


@KINDS
def test_closing_ends_a_call_that_waits_for_its_answer(kind: str) -> None:
    begun, done = threading.Event(), threading.Event()

    def slow(handler: Handler, received: Received) -> None:
        begun.set()
        done.wait(10)
        handler.close_connection = True

    with serving(slow) as server:
        threading.Timer(1, done.set).start()
        error = closed_after(begun, kind, server.url)
        done.set()
        assert isinstance(error, ClientClosedError)
        assert len(server.received) == 1


ONE_LOOP_A_CALL = """
import asyncio, gc, os, sys
from tests.overlays.shop import AsyncShop

client = AsyncShop("secret", base_url=sys.argv[1])

async def call():
    await client.widgets.get("w1")

def open_files_after(calls):
    for _ in range(calls):
        asyncio.run(call())
    gc.collect()
    return len(os.listdir("/proc/self/fd"))

print(open_files_after(3), open_files_after(20))
"""


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no list of open files on this system")
def test_event_loops_that_ended_take_their_connections_along() -> None:
    # In a process of its own, which holds no end of a connection but the client's.
    with serving(good) as server:
        command = [sys.executable, "-c", ONE_LOOP_A_CALL, server.url]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        assert len(server.received) == 23
    few, after_many = map(int, done.stdout.split())
    assert after_many <= few + 3


def test_what_a_loop_has_lives_as_long_as_the_loop() -> None:
    made: list[list[int]] = []
    kept: PerLoop[list[int]] = PerLoop(lambda: made.append([]) or made[-1])  # type: ignore[func-returns-value]
    loops = [asyncio.new_event_loop() for _ in range(3)]

    async def ask() -> list[int]:
        return kept.get()

    ask_in: Callable[[int], list[int]] = lambda number: loops[number].run_until_complete(ask())  # noqa: E731
    first, second = ask_in(0), ask_in(1)
    assert first is not second
    loops[1].close()
    assert ask_in(2) is made[2]
    assert ask_in(0) is first
    assert len(kept._by_loop) == 2
    loops[0].close()
    loops[2].close()
    # Where no loop of asyncio runs, as under trio, there is one for all.
    assert kept.get() is kept.get() is made[3]
    assert kept.take() is made[3]
    assert kept.take() is None


def test_a_client_that_nobody_has_any_more_closes_at_once() -> None:
    with serving(good) as server:
        client = Shop(SECRET, base_url=server.url)
        client.widgets.get("w1")
        http = client._core.transport._clients.get()
        gc.disable()
        try:
            del client
            assert http.is_closed
        finally:
            gc.enable()


@KINDS
def test_an_address_that_no_library_takes_is_one_of_our_errors(kind: str) -> None:
    def far(handler: Handler, received: Received) -> None:
        handler.answer(307, b"", location="/v1/" + "a" * 65_540)

    def call(url: str) -> None:
        if kind == "sync":
            with Shop(SECRET, base_url=url, max_retries=0) as client:
                client.widgets.get("w" * 70_000)

        async def run() -> None:
            async with AsyncShop(SECRET, base_url=url, max_retries=0) as client:
                await client.widgets.get("w" * 70_000)

        asyncio.run(run())

    with serving(far) as server:
        # The server's own way to say so is cut off by some HTTP libraries before it is read.
        with pytest.raises(APIConnectionError):
            get(kind, server.url, max_retries=0)
        sent = len(server.received)
        with pytest.raises(APIConnectionError, match="InvalidURL") as caught:
            call(server.url)
        assert not caught.value.reached
        assert len(server.received) == sent
