"""Tasks of a real limiter against each way of counting, in virtual time."""

import asyncio
import random
from collections.abc import Callable

import pytest
from pinwheel_overlays.drive import AsyncLimiter

from . import limiters, virtual
from .policies import POLICIES, FixedWindow, Policy


class Server:
    """Counts, and takes its time."""

    def __init__(self, policy: Policy, jitter: float = 0.0, slowness: float = 0.001) -> None:
        self.policy = policy
        self.jitter = jitter
        self.slowness = slowness
        self.chance = random.Random(7)
        self.arrivals: list[float] = []
        self.refused = 0

    async def call(self) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self.slowness / 2 + self.chance.random() * self.jitter)
        self.arrivals.append(loop.time())
        self.refused += not self.policy.admits(loop.time())
        await asyncio.sleep(self.slowness / 2 + self.chance.random() * self.jitter)

    def used(self) -> float:
        """The part of the allowance that was used."""
        return (len(self.arrivals) - self.refused) / (50 * (self.arrivals[-1] - self.arrivals[0] + 0.02))


def play(server: Server, *, tasks: int = 200, requests: int = 1500) -> None:
    """Send requests from many tasks until enough were sent."""

    async def main() -> None:
        limiter = limiters.for_tasks(clock=asyncio.get_running_loop().time)
        left = requests

        async def work() -> None:
            nonlocal left
            while left > 0:
                left -= 1
                async with limiter.slot():
                    await server.call()

        await asyncio.gather(*(work() for _ in range(tasks)))

    virtual.run(main())


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("tasks", [1, 16, 200])
def test_nothing_is_refused_and_the_allowance_is_used(policy: str, tasks: int) -> None:
    server = Server(POLICIES[policy]())
    play(server, tasks=tasks)
    assert server.refused == 0
    assert server.used() >= 0.98


@pytest.mark.parametrize("policy", POLICIES)
def test_neither_when_the_network_takes_up_to_30_ms_longer_each_way(policy: str) -> None:
    server = Server(POLICIES[policy](), jitter=0.030)
    play(server)
    assert server.refused == 0
    assert server.used() >= 0.95


@pytest.mark.parametrize("offset", [0.0, 0.25, 0.5, 0.75, 0.999])
def test_a_fixed_window_may_start_at_any_time(offset: float) -> None:
    server = Server(FixedWindow(offset=offset), jitter=0.1)
    play(server, requests=500)
    assert server.refused == 0


def test_a_slow_server_is_asked_less_often_and_never_refuses() -> None:
    server = Server(POLICIES["sliding"](), jitter=0.5, slowness=2.0)
    play(server)
    assert server.refused == 0


def test_what_the_server_would_refuse_is_noticed_by_this_simulation() -> None:
    server = Server(POLICIES["sliding"]())

    async def main() -> None:
        await asyncio.gather(*(server.call() for _ in range(60)))

    virtual.run(main())
    assert server.refused == 10


def played(make: Callable[[Callable[[], float]], AsyncLimiter]) -> list[int]:
    """The order in which tasks get their slots, started one after the other."""
    order: list[int] = []

    async def main() -> None:
        limiter = make(asyncio.get_running_loop().time)

        async def work(number: int) -> None:
            async with limiter.slot():
                order.append(number)

        started = []
        for number in range(120):
            started.append(asyncio.create_task(work(number)))
            await asyncio.sleep(0.001)
        await asyncio.gather(*started)

    virtual.run(main())
    return order


def test_tasks_are_served_in_the_order_in_which_they_came() -> None:
    assert played(lambda clock: limiters.for_tasks(clock=clock)) == list(range(120))


def test_a_low_rate_is_kept_too() -> None:
    async def main() -> list[float]:
        clock = asyncio.get_running_loop().time
        limiter, times = limiters.for_tasks(0.5, clock=clock), []
        for _ in range(4):
            async with limiter.slot():
                times.append(clock())
        return times

    first, *later = virtual.run(main())
    assert [time - first for time in later] == pytest.approx([2, 4, 6], abs=0.02)
