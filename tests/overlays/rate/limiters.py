"""Limiters as clients have them, made without a client."""

import time
from collections.abc import Callable
from itertools import count

from pinwheel_overlays.auth import Secret
from pinwheel_overlays.drive import AsyncLimiter, Limiter
from pinwheel_overlays.hooks import HookSet
from pinwheel_overlays.rate_limit import AsyncRateLimit, RateLimit, task_limiter, thread_limiter
from pinwheel_overlays.retry import RetryPolicy
from pinwheel_overlays.settings import Settings
from pinwheel_overlays.timing import AsyncTiming, Timing

_numbers = count()


def fresh_secret() -> str:
    """A secret that no other test has, and so an allowance of its own."""
    return f"secret-{next(_numbers)}"


def settings(secret: str | None = None) -> Settings:
    return Settings(
        version="2025-07-08",
        mode="sandbox",
        base_url="https://sandbox.getpinwheel.com",
        secret=Secret(secret or fresh_secret()),
        admin_token=None,
        timeout=None,
        retry=RetryPolicy(),
        hooks=HookSet(),
        monitor=None,
        strict=False,
    )


def for_threads(rate: RateLimit = 50, *, secret: str | None = None, timing: Timing | None = None) -> Limiter:
    limiter = thread_limiter(rate, settings(secret), timing or Timing())
    assert limiter is not None
    return limiter


def for_tasks(
    rate: AsyncRateLimit = 50,
    *,
    secret: str | None = None,
    clock: Callable[[], float] = time.monotonic,
    timing: AsyncTiming | None = None,
) -> AsyncLimiter:
    limiter = task_limiter(rate, settings(secret), timing or AsyncTiming(monotonic=clock))
    assert limiter is not None
    return limiter
