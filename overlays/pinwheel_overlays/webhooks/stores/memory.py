"""Claims in the memory of one process."""

import time
from collections import OrderedDict
from collections.abc import Callable
from secrets import token_hex
from threading import Lock

from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.forks import renew_after_fork

from .base import KEPT_FOR, Claim, Key

__all__ = ["MemoryStore"]


class _Entry:
    __slots__ = ("token", "until")

    def __init__(self, token: str, until: float) -> None:
        self.token = token
        self.until = until


class MemoryStore:
    """For one process, and for tests: it forgets everything when the process ends.

    Arguments:
        kept_for: seconds for which a handled event is remembered.
        most: events that are remembered at most; the oldest are forgotten first, claims never.
        clock: seconds from some start; for tests.
    """

    blocking = False

    def __init__(
        self, kept_for: float = KEPT_FOR, most: int = 100_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if kept_for <= 0 or most < 1:
            raise ConfigurationError("kept_for and most must be above 0")
        self._kept_for = kept_for
        self._most = most
        self._clock = clock
        self._start_anew()
        renew_after_fork(self, MemoryStore._start_anew)
        self._held: dict[Key, _Entry] = {}
        self._done: OrderedDict[Key, float] = OrderedDict()

    def _start_anew(self) -> None:
        """Take a new lock, in the child of a fork: a thread of the parent may just have held this one."""
        self._lock = Lock()

    def claim(self, key: Key, lease: float) -> Claim:
        """Take an event."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            if key in self._done:
                return Claim("done")
            held = self._held.get(key)
            if held is not None and held.until > now:
                return Claim("busy")
            token = token_hex(16)
            self._held[key] = _Entry(token, now + lease)
            return Claim("claimed", token)

    def extend(self, key: Key, token: str, lease: float) -> bool:
        """Hold a claim longer."""
        with self._lock:
            held = self._held.get(key)
            if held is None or held.token != token:
                return False
            held.until = self._clock() + lease
            return True

    def finish(self, key: Key) -> None:
        """Mark as done."""
        with self._lock:
            self._held.pop(key, None)
            self._done[key] = self._clock() + self._kept_for
            self._done.move_to_end(key)

    def release(self, key: Key, token: str) -> None:
        """Give a claim back."""
        with self._lock:
            held = self._held.get(key)
            if held is not None and held.token == token:
                del self._held[key]

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""

    def _forget(self, now: float) -> None:
        # All are kept equally long, so the first is the oldest.
        while self._done:
            key, until = next(iter(self._done.items()))
            if until > now and len(self._done) <= self._most:
                return
            del self._done[key]
