"""The line: threads and tasks together, giving up, forks, event loops that end."""

import asyncio
import gc
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from pinwheel_overlays import rate_line, rate_wait
from pinwheel_overlays.drive import AsyncLimiter
from pinwheel_overlays.rate_line import Line, Listen, Sleep
from pinwheel_overlays.rate_window import LEASE, Pace
from pinwheel_overlays.timing import AsyncTiming, Timing

from . import limiters, virtual


def in_thread(target: Any, *arguments: Any) -> threading.Thread:
    thread = threading.Thread(target=target, args=arguments)
    thread.start()
    return thread


@pytest.fixture
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pass by sooner whoever does not come."""
    monkeypatch.setattr(rate_line, "GRACE", 0.2)
    monkeypatch.setattr(rate_wait, "GRACE", 0.2)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail what takes much longer than it should, instead of hanging."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def test_threads_are_served_in_the_order_in_which_they_came() -> None:
    limiter, order = limiters.for_threads(200), []

    def work(number: int) -> None:
        with limiter.slot():
            order.append(number)

    with limiter.slot(), limiter.slot():
        pass
    threads = []
    for number in range(12):
        threads.append(in_thread(work, number))
        time.sleep(0.002)
    for thread in threads:
        thread.join(5)
    assert order == list(range(12))


def test_threads_and_tasks_of_several_loops_share_one_allowance() -> None:
    secret, times, lock = limiters.fresh_secret(), [], threading.Lock()

    def noted() -> None:
        with lock:
            times.append(time.monotonic())

    def as_thread() -> None:
        limiter = limiters.for_threads(100, secret=secret)
        for _ in range(8):
            with limiter.slot():
                noted()

    async def as_task(limiter: AsyncLimiter) -> None:
        for _ in range(4):
            async with limiter.slot():
                noted()

    async def as_tasks() -> None:
        limiter = limiters.for_tasks(100, secret=secret)
        await asyncio.gather(*(as_task(limiter) for _ in range(4)))

    threads = [in_thread(as_thread) for _ in range(2)]
    threads += [in_thread(asyncio.run, as_tasks()) for _ in range(2)]
    for thread in threads:
        thread.join(10)
    assert len(times) == 48
    # Two may go at once at the start; every further one has its distance.
    assert max(times) - min(times) >= (48 - 2) * 0.01


@pytest.mark.parametrize("victim", [0, 1, 2, 5], ids=["holds a slot", "holds another", "is the first", "is the last"])
def test_a_task_that_is_cancelled_leaves_its_permit_and_its_place(victim: int) -> None:
    async def main() -> float:
        clock = asyncio.get_running_loop().time
        limiter = limiters.for_tasks(5, clock=clock)

        async def work() -> None:
            async with limiter.slot():
                await asyncio.sleep(0.1)

        tasks = [asyncio.create_task(work()) for _ in range(6)]
        await asyncio.sleep(0.05)
        tasks[victim].cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert [isinstance(each, asyncio.CancelledError) for each in done].count(True) == 1
        begun = clock()
        await asyncio.gather(*(work() for _ in range(5)))
        return clock() - begun

    assert virtual.run(main()) < 1.3


def test_cancelled_waiters_do_not_use_up_the_allowance() -> None:
    async def main() -> list[float]:
        clock = asyncio.get_running_loop().time
        limiter, times = limiters.for_tasks(50, clock=clock), []

        async def work() -> None:
            async with limiter.slot():
                times.append(clock())

        begun = clock()
        for _ in range(200):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.001):
                    await asyncio.gather(*(work() for _ in range(10)))
        assert clock() - begun == pytest.approx(0.2, abs=0.01)
        times.clear()
        begun = clock()
        await asyncio.gather(*(work() for _ in range(40)))
        return [each - begun for each in times]

    assert virtual.run(main())[-1] == pytest.approx(0.8, abs=0.05)


def test_a_failed_sending_gives_its_permit_back() -> None:
    timing = _Timing()
    limiter = limiters.for_threads(2, timing=timing)
    for _ in range(6):
        with pytest.raises(ConnectionError), limiter.slot():
            raise ConnectionError
    assert timing.time < 1000 + 2.6


class _Timing(Timing):
    """Virtual time for one thread."""

    __slots__ = ("time",)

    def __init__(self) -> None:
        self.time = 1000.0
        super().__init__(self._sleep, lambda: self.time)

    def _sleep(self, seconds: float) -> None:
        self.time += seconds


def test_a_clock_that_stands_still_does_not_hang() -> None:
    limiter = limiters.for_threads(50, timing=Timing(lambda seconds: None, lambda: 5.0))
    for _ in range(200):
        with limiter.slot():
            pass


def test_an_interrupt_leaves_the_line() -> None:
    limiter = limiters.for_threads(1)

    def interrupt(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with limiter.slot():
            pass
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(KeyboardInterrupt), at_most(0.9), limiter.slot():
            pass
    finally:
        signal.signal(signal.SIGALRM, before)
    with at_most(2), limiter.slot():
        pass


def test_the_allowance_works_from_one_event_loop_to_the_next() -> None:
    limiter = limiters.for_tasks(100)

    async def work() -> None:
        async with limiter.slot():
            pass

    async def main() -> None:
        await asyncio.gather(*(work() for _ in range(5)))

    with at_most(2):
        for _ in range(3):
            asyncio.run(main())


def test_a_loop_that_was_closed_while_its_tasks_waited_holds_nobody_up(short_grace: None) -> None:
    secret = limiters.fresh_secret()
    limiter = limiters.for_tasks(10, secret=secret)

    async def work() -> None:
        async with limiter.slot():
            pass

    loop = asyncio.new_event_loop()
    tasks = [loop.create_task(work()) for _ in range(6)]
    loop.run_until_complete(asyncio.sleep(0.01))
    loop.close()
    with at_most(1.5), limiters.for_threads(10, secret=secret).slot():
        pass
    for task in tasks:
        task._log_destroy_pending = False  # type: ignore[attr-defined] # they are dropped on purpose
    del tasks, task
    gc.collect()


def test_a_loop_that_stopped_is_passed_by_and_may_come_back(short_grace: None) -> None:
    secret = limiters.fresh_secret()
    limiter = limiters.for_tasks(20, secret=secret)

    async def work() -> None:
        async with limiter.slot():
            pass

    async def waste() -> None:
        for _ in range(2):
            await work()

    loop = asyncio.new_event_loop()
    loop.run_until_complete(waste())
    tasks = [loop.create_task(work()) for _ in range(2)]
    loop.run_until_complete(asyncio.sleep(0))
    with at_most(1.5), limiters.for_threads(20, secret=secret).slot():
        pass
    with at_most(2):
        loop.run_until_complete(asyncio.gather(*tasks))
    loop.close()


def test_who_was_passed_by_is_the_first_when_it_comes_back() -> None:
    now = 0.0
    line = Line(Pace(1), lambda: now)

    def finish(waiting: Any) -> None:
        with pytest.raises(StopIteration) as end:
            waiting.send(None)
        line.give(end.value.value)

    finish(line.wait(lambda: None))
    slow, quick, third = (line.wait(lambda: None) for _ in range(3))
    assert isinstance(slow.send(None), Sleep)
    assert isinstance(quick.send(None), Listen)
    now = 10.0
    finish(quick)
    assert isinstance(third.send(None), Sleep), "nobody else is in the line"
    assert isinstance(slow.send(None), Sleep), "it goes before those who came after it"
    assert isinstance(third.send(None), Listen)
    now = 12.0
    finish(slow)
    third.close()


def test_the_first_request_of_all_goes_alone() -> None:
    async def main() -> list[float]:
        clock = asyncio.get_running_loop().time
        limiter, times = limiters.for_tasks(clock=clock), []

        async def work(seconds: float) -> None:
            async with limiter.slot():
                times.append(clock() - 1000)
                await asyncio.sleep(seconds)

        await asyncio.gather(work(0.3), *(work(5) for _ in range(4)))
        return times

    assert virtual.run(main()) == pytest.approx([0, 0.32, 0.34, 0.36, 0.38], abs=0.001)


def test_nobody_waits_long_for_the_first_answer() -> None:
    async def main() -> list[float]:
        clock = asyncio.get_running_loop().time
        limiter, times = limiters.for_tasks(clock=clock), []

        async def work() -> None:
            async with limiter.slot():
                times.append(clock() - 1000)
                await asyncio.sleep(5)

        await asyncio.gather(*(work() for _ in range(3)))
        return times

    assert virtual.run(main()) == pytest.approx([0, 1, 1], abs=0.05)


def test_a_permit_that_nobody_returns_is_back_after_its_lease() -> None:
    now = 0.0
    line = Line(Pace(1), lambda: now)
    assert line.take()
    assert line.take() is None
    now = LEASE + 1.1
    assert line.take()


def test_under_a_library_without_an_event_loop_of_asyncio_tasks_wait_by_looking_again() -> None:
    """As under trio: coroutines driven by hand, in virtual time."""
    now, order = 0.0, []

    class Nap:
        def __init__(self, seconds: float) -> None:
            self.seconds = seconds

        def __await__(self) -> Iterator[float]:
            yield self.seconds

    timing = AsyncTiming(sleep=Nap, monotonic=lambda: now)
    limiter = limiters.for_tasks(timing=timing)

    async def work(number: int) -> None:
        async with limiter.slot():
            order.append(number)

    sleepers: list[tuple[float, int, Any]] = [(0.0, number, work(number)) for number in range(60)]
    steps = 0
    while sleepers:
        sleepers.sort(key=lambda each: each[:2])
        now, number, coroutine = sleepers.pop(0)
        steps += 1
        try:
            sleepers.append((now + coroutine.send(None), number, coroutine))
        except StopIteration:
            continue
    assert sorted(order) == list(range(60))
    assert now == pytest.approx(1.16, abs=0.3)
    assert steps < 60 * 8, "no busy polling"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_has_a_line_of_its_own() -> None:
    limiter = limiters.for_threads(4)

    def work() -> None:
        with limiter.slot():
            pass

    waiters = [in_thread(work) for _ in range(4)]
    time.sleep(0.05)
    child = os.fork()
    if not child:  # pragma: no cover - another process
        begun = time.monotonic()
        work()
        os._exit(0 if time.monotonic() - begun < 0.2 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    for waiter in waiters:
        waiter.join(5)


def wait_of(timing: _Timing, *secrets: str | None) -> float:
    """Seconds that requests of clients with these secrets wait, at one a second."""
    begun = timing.time
    for secret in secrets:
        with limiters.for_threads(1, secret=secret, timing=timing).slot():
            gc.collect()
    return timing.time - begun


def test_clients_with_one_secret_share_an_allowance_even_when_they_are_dropped_in_between() -> None:
    assert wait_of(_Timing(), "same", "same", "same") == pytest.approx(2, abs=0.1)
    assert wait_of(_Timing(), "one", "another", "third") == 0


def test_another_number_is_another_allowance() -> None:
    timing = _Timing()
    for rate in (1, 2, 3.0):
        with limiters.for_threads(rate, secret="same", timing=timing).slot():
            pass
    assert timing.time == 1000
