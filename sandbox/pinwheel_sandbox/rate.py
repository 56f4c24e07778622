"""The rate limit: 50 requests a second, counted in one of three ways. How Pinwheel counts is not known."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Literal, Protocol

from pinwheel_sandbox.errors import too_many_requests

RATE = 50
"""What Pinwheel allows on every call, unless it says otherwise."""

RatePolicy = Literal["sliding", "fixed", "bucket"]

_BUCKET = 5
"""Requests that a small bucket holds."""


class _Policy(Protocol):
    def admits(self, now: float) -> bool:
        """Whether a request that comes now is let in; only those that are count."""
        ...


class SlidingLog:
    """No more than the rate in any second that ends with a request."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._admitted: deque[float] = deque()

    def admits(self, now: float) -> bool:
        while self._admitted and self._admitted[0] <= now - 1:
            self._admitted.popleft()
        if len(self._admitted) >= self._rate:
            return False
        self._admitted.append(now)
        return True


class FixedWindow:
    """No more than the rate in each second of the server's own clock."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._window, self._count = 0, 0

    def admits(self, now: float) -> bool:
        if int(now) != self._window:
            self._window, self._count = int(now), 0
        self._count += 1
        return self._count <= self._rate


class SmallBucket:
    """The rate's tokens a second into a bucket that holds few: bursts are refused."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._tokens, self._filled = float(_BUCKET), 0.0

    def admits(self, now: float) -> bool:
        self._tokens = min(_BUCKET, self._tokens + (now - self._filled) * self._rate)
        self._filled = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


_POLICIES: dict[RatePolicy, Callable[[int], _Policy]] = {
    "sliding": SlidingLog,
    "fixed": FixedWindow,
    "bucket": SmallBucket,
}


class RateLimit:
    """Counts the requests of each API secret, by real time: the clock that tests move has nothing to do with load."""

    def __init__(self, rate: int, policy: RatePolicy, now: Callable[[], float]) -> None:
        """A rate of 0 admits everything."""
        self._rate = rate
        self._make = _POLICIES[policy]
        self._now = now
        self._lock = threading.Lock()
        self._by_secret: dict[str, _Policy] = {}

    def check(self, secret: str) -> None:
        """Let a request in, or raise the 429."""
        if not self._rate:
            return
        with self._lock:
            counted = self._by_secret.setdefault(secret, self._make(self._rate))
            admitted = counted.admits(self._now())
        if not admitted:
            raise too_many_requests(self._rate)
