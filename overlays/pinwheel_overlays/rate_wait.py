"""Waiting in the line, done by a thread or by a task. There is nothing else in here, as in ``drive``."""

import threading
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from .rate_line import GRACE, Listen, Ring, Sleep, Waiting
from .timing import AsyncTiming, Timing

if TYPE_CHECKING:
    import asyncio

__all__ = ["wait_in_task", "wait_in_thread"]

T = TypeVar("T")


def wait_in_thread(
    start: Callable[[Ring], Waiting[T]], timing: Timing, ask: Callable[[str], object] | None = None
) -> T:
    """Wait in this thread; an exception, such as an interrupt, leaves the line. ``ask`` answers an ``Ask``."""
    bell = threading.Event()
    answer: Any = None
    with closing(start(bell.set)) as waiting:
        while True:
            try:
                effect = waiting.send(answer)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            answer = None
            if isinstance(effect, Sleep):
                timing.sleep(effect.seconds)
            elif isinstance(effect, Listen):
                bell.wait(effect.seconds + GRACE)
                bell.clear()
            elif ask is not None:
                answer = ask(effect.permit)


async def wait_in_task(
    start: Callable[[Ring], Waiting[T]], timing: AsyncTiming, ask: Callable[[str], Awaitable[object]] | None = None
) -> T:
    """Wait in this task; a cancellation leaves the line. ``ask`` answers an ``Ask``."""
    bell = _bell()
    answer: Any = None
    with closing(start(_silent if bell is None else bell.ring)) as waiting:
        while True:
            try:
                effect = waiting.send(answer)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            answer = None
            if isinstance(effect, Sleep):
                await timing.sleep(effect.seconds)
            elif isinstance(effect, Listen):
                await (timing.sleep(effect.seconds) if bell is None else bell.wait(effect.seconds + GRACE))
            elif ask is not None:
                answer = await ask(effect.permit)


class _Bell:
    """Wakes a task from any thread."""

    __slots__ = ("_event", "_loop")

    def __init__(self, loop: "asyncio.AbstractEventLoop", event: "asyncio.Event") -> None:
        self._loop = loop
        self._event = event

    def ring(self) -> None:
        """Wake the task. Raises RuntimeError when its loop is closed."""
        self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self, seconds: float) -> None:
        """Wait until rung, or for some seconds."""
        import asyncio  # noqa: PLC0415 - loaded already: there is a loop

        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()
        self._event.clear()


def _bell() -> _Bell | None:
    """Return a bell for the running task, or None under a library other than asyncio, where nothing can be rung."""
    import asyncio  # noqa: PLC0415 - a synchronous program never needs it

    try:
        return _Bell(asyncio.get_running_loop(), asyncio.Event())
    except RuntimeError:
        return None


def _silent() -> None:
    """Wake nobody: the task looks again by itself, when it can have become the first."""
