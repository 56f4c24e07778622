"""When a call is repeated, and after how long: one small object that users can replace.

The gate: a call that the spec marks idempotent is repeated after connection errors, timeouts, unreadable answers and
the statuses 429, 500, 502, 503 and 504. Any other call is repeated only when it surely was not processed: the
connection was never made, or the answer was 429.
"""

from collections.abc import Mapping
from copy import copy
from math import isfinite
from typing import ClassVar, Self, cast

from .errors import ConfigurationError

__all__ = ["RetryPolicy", "retry_after"]


class RetryPolicy:
    """How often, how long, and what for.

    Arguments, times in seconds:
        max_retries: repetitions after the first attempt; 0 turns retries off.
        base, cap: the wait before repetition n is drawn evenly from 0 to ``min(cap, base * 2 ** (n - 1))``.
        retry_after_cap: the longest wait that an answer's Retry-After may ask for; a longer one is cut to this.
        budget: no repetition starts later than this after the first attempt began.

    To replace it, subclass and override ``may_retry`` or ``delay``; both must be free of side effects.
    """

    __slots__ = ("base", "budget", "cap", "max_retries", "retry_after_cap")

    STATUSES: ClassVar[frozenset[int]] = frozenset({429, 500, 502, 503, 504})
    """Answers worth another attempt."""

    def __init__(
        self,
        max_retries: int = 2,
        *,
        base: float = 0.5,
        cap: float = 8.0,
        retry_after_cap: float = 60.0,
        budget: float = 120.0,
    ) -> None:
        for name, value in (("base", base), ("cap", cap), ("retry_after_cap", retry_after_cap), ("budget", budget)):
            number = isinstance(cast("object", value), int | float) and not isinstance(value, bool)
            if not number or not isfinite(value) or value < 0:
                raise ConfigurationError(f"{name} must be a finite number of seconds, 0 or more")
        self.max_retries = _count(max_retries)
        self.base = base
        self.cap = cap
        self.retry_after_cap = retry_after_cap
        self.budget = budget

    def __setattr__(self, name: str, value: object) -> None:
        # Shared by clients and threads, so an attribute is set once.
        if hasattr(self, name):
            raise AttributeError(f"a RetryPolicy does not change; make another one ({name})")
        super().__setattr__(name, value)

    def may_retry(self, *, idempotent: bool, status: int | None, reached: bool) -> bool:
        """Whether a failed attempt may be repeated at all.

        ``status`` is None when there was no answer. ``reached`` is False when nothing of the request left this machine.
        A status from 200 to 299 comes here only when the body could not be read.
        """
        if status is None:
            return idempotent or not reached
        if status == 429:
            return True
        return idempotent and (status in self.STATUSES or 200 <= status <= 299)

    def delay(self, retry: int, *, asked: float | None, chance: float) -> float:
        """Seconds to wait before repetition ``retry`` (1 for the first).

        ``asked`` is what the answer's Retry-After said, in seconds, ``chance`` a random number from 0 up to 1.
        """
        if asked is not None:
            return min(asked, self.retry_after_cap)
        # The exponent is bounded, since a float overflows near 2 ** 1024.
        return chance * min(self.cap, self.base * 2.0 ** min(retry - 1, 64))

    def with_max_retries(self, max_retries: int) -> Self:
        """Return the same policy with another number of repetitions."""
        policy = copy(self)
        object.__setattr__(policy, "max_retries", _count(max_retries))
        return policy

    def __repr__(self) -> str:
        return (
            f"RetryPolicy({self.max_retries}, base={self.base}, cap={self.cap}, "
            f"retry_after_cap={self.retry_after_cap}, budget={self.budget})"
        )


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ConfigurationError("max_retries must be an integer of 0 or more")
    return value


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that an answer's Retry-After asks to wait, or None if it asks for nothing that can be used.

    Both forms are read: seconds, and an HTTP date (taken relative to the answer's own Date where there is one, since
    the two clocks may differ). Zero, a date that has passed and an unreadable value count as not sent.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.replace(".", "", 1).isdigit():
        seconds = float(value)
    else:
        when = _unix_time(value)
        if when is None:
            return None
        sent = _unix_time(headers.get("date", ""))
        seconds = when - (now if sent is None else sent)
    return seconds if seconds > 0 else None


def _unix_time(text: str) -> float | None:
    from email.utils import mktime_tz, parsedate_tz  # noqa: PLC0415 - costly to import, and seldom needed

    try:
        parsed = parsedate_tz(text)
        return None if parsed is None else float(mktime_tz(parsed))
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
