"""Clocks, sleep and chance, in one place so that tests can replace them."""

import random
import time
from collections.abc import Awaitable, Callable

__all__ = ["AsyncTiming", "Clocks", "Timing"]


class Clocks:
    """What a call reads of time and chance."""

    __slots__ = ("chance", "monotonic", "now")

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.monotonic = monotonic
        """Seconds from some start; never goes back."""
        self.now = now
        """Unix time in seconds."""
        self.chance = chance
        """A number from 0 up to 1."""


class Timing(Clocks):
    """Time as the client sees it. Replace parts of it in tests: ``Timing(sleep=..., monotonic=...)``."""

    __slots__ = ("sleep",)

    def __init__(
        self,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(monotonic, now, chance)
        self.sleep = sleep


async def _asyncio_sleep(seconds: float) -> None:
    import asyncio  # noqa: PLC0415 - a synchronous program never needs it

    await asyncio.sleep(seconds)


class AsyncTiming(Clocks):
    """As Timing, for tasks. Under trio pass ``AsyncTiming(sleep=trio.sleep)``."""

    __slots__ = ("sleep",)

    def __init__(
        self,
        sleep: Callable[[float], Awaitable[None]] = _asyncio_sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(monotonic, now, chance)
        self.sleep = sleep
