"""Objects that are bound to the event loop that opened them, such as connections: one for each loop."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

__all__ = ["NO_LOOP", "PerLoop", "running_loop"]

T = TypeVar("T")


class _NoLoop:
    """Stands for the loop of a library that is not asyncio."""


NO_LOOP = _NoLoop()


def running_loop() -> object:
    """Return the running event loop, or NO_LOOP under another library than asyncio."""
    import asyncio  # noqa: PLC0415 - a synchronous program never needs it

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return NO_LOOP


class PerLoop(Generic[T]):
    """What each event loop has of a kind, made when it first asks."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._by_loop: WeakKeyDictionary[object, T] = WeakKeyDictionary()

    def get(self) -> T:
        """Return what the running loop has."""
        loop = running_loop()
        found = self._by_loop.get(loop)
        if found is None:
            self._forget_ended()
            found = self._by_loop[loop] = self._make()
        return found

    def take(self) -> T | None:
        """Return what the running loop has, if anything, and forget it."""
        return self._by_loop.pop(running_loop(), None)

    def _forget_ended(self) -> None:
        # A connection refers to its loop, so the weak key alone would keep both, and the socket, for as long as this
        # lives: a program that calls asyncio.run() again and again would run out of files.
        for reference in self._by_loop.keyrefs():
            loop = cast("Any", reference())
            if loop is not None and loop is not NO_LOOP and loop.is_closed():
                self._by_loop.pop(loop, None)
