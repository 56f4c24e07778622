"""How a server may count 50 requests a second. Nobody outside knows which it is, so a client must suit all of them."""

import random
from collections import deque
from typing import Protocol

RATE = 50


class Policy(Protocol):
    def admits(self, now: float) -> bool:
        """Whether a request that arrives now is let in; it counts only if it is."""
        ...


class SlidingLog:
    """At most 50 in any second that ends with a request."""

    def __init__(self, rate: int = RATE) -> None:
        self.rate = rate
        self.arrivals: deque[float] = deque()

    def admits(self, now: float) -> bool:
        while self.arrivals and self.arrivals[0] <= now - 1:
            self.arrivals.popleft()
        if len(self.arrivals) >= self.rate:
            return False
        self.arrivals.append(now)
        return True


class FixedWindow:
    """At most 50 in each second of a clock that starts nobody knows when."""

    def __init__(self, rate: int = RATE, offset: float | None = None) -> None:
        self.rate = rate
        self.offset = random.random() if offset is None else offset
        self.window = 0
        self.count = 0

    def admits(self, now: float) -> bool:
        window = int(now + self.offset)
        if window != self.window:
            self.window, self.count = window, 0
        if self.count >= self.rate:
            return False
        self.count += 1
        return True


class SmallBucket:
    """50 tokens a second into a bucket that holds only 5."""

    def __init__(self, rate: int = RATE, size: int = 5) -> None:
        self.rate = rate
        self.size = size
        self.tokens = float(size)
        self.filled_at = 0.0

    def admits(self, now: float) -> bool:
        self.tokens = min(self.size, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class All:
    """Whatever one of them refuses."""

    def __init__(self, *policies: Policy) -> None:
        self.policies = policies

    def admits(self, now: float) -> bool:
        verdicts = [policy.admits(now) for policy in self.policies]
        return all(verdicts)


POLICIES = {
    "sliding": SlidingLog,
    "fixed": FixedWindow,
    "bucket": SmallBucket,
    "all": lambda: All(SlidingLog(), FixedWindow(), SmallBucket()),
}
