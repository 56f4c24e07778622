"""How many requests a second leave for Pinwheel: 50, shared by all clients of a process with the same secret and mode.

``rate_limit=`` of a client comes here. The rules are in ``rate_window``, the order in ``rate_line``, the waiting in
``rate_wait``. Several processes share one allowance with ``RedisRateLimit``.
"""

import threading
from collections import deque
from collections.abc import Callable
from math import isfinite
from types import EllipsisType
from typing import NamedTuple, Protocol, TypeGuard, cast
from weakref import WeakValueDictionary

from .auth import Secret
from .config import Mode
from .drive import AsyncLimiter, Limiter
from .errors import ConfigurationError
from .forks import renew_after_fork
from .rate_line import Line
from .rate_wait import wait_in_task, wait_in_thread
from .rate_window import Pace
from .settings import Settings
from .timing import AsyncTiming, Timing

__all__ = [
    "RATES",
    "AsyncRateLimit",
    "Owner",
    "RateLimit",
    "SharedRateLimit",
    "checked_rate",
    "task_limiter",
    "thread_limiter",
]

RATES: dict[Mode, float] = {"sandbox": 50.0, "development": 50.0, "production": 50.0}
"""Requests a second by default. Pinwheel states 50 for all endpoints, and no difference between the modes."""


class Owner(NamedTuple):
    """Whose requests count together."""

    credential: Secret
    mode: Mode
    base_url: str


class SharedRateLimit(Protocol):
    """An allowance that reaches beyond this process: ``RedisRateLimit``."""

    def for_threads(self, owner: Owner, timing: Timing) -> Limiter:
        """Return the limiter of one client for threads."""
        ...

    def for_tasks(self, owner: Owner, timing: AsyncTiming) -> AsyncLimiter:
        """Return the limiter of one client for tasks."""
        ...


RateLimit = float | SharedRateLimit | Limiter | None
"""Requests a second, an object that decides, or None (or False) for no limit."""

AsyncRateLimit = float | SharedRateLimit | AsyncLimiter | None
"""As RateLimit, for a client for tasks."""


def thread_limiter(rate_limit: RateLimit | EllipsisType, settings: Settings, timing: Timing) -> Limiter | None:
    """Return what ``rate_limit=`` means for a client for threads; left out, the rate of the mode.

    Raises ConfigurationError.
    """
    if rate_limit is None or rate_limit is False:
        return None
    owner = _owner_of(settings)
    if _is_shared(rate_limit):
        return rate_limit.for_threads(owner, timing)
    if isinstance(rate_limit, int | float | EllipsisType):
        return _ThreadLimiter(_line(owner, rate_limit, timing.monotonic), timing)
    return cast("Limiter", _with_slot(rate_limit))


def task_limiter(
    rate_limit: AsyncRateLimit | EllipsisType, settings: Settings, timing: AsyncTiming
) -> AsyncLimiter | None:
    """Return what ``rate_limit=`` means for a client for tasks, as ``thread_limiter``."""
    if rate_limit is None or rate_limit is False:
        return None
    owner = _owner_of(settings)
    if _is_shared(rate_limit):
        return rate_limit.for_tasks(owner, timing)
    if isinstance(rate_limit, int | float | EllipsisType):
        return _TaskLimiter(_line(owner, rate_limit, timing.monotonic), timing)
    return cast("AsyncLimiter", _with_slot(rate_limit))


def checked_rate(rate: float) -> float:
    """Return a number of requests a second. Raises ConfigurationError."""
    if isinstance(rate, bool) or not isinstance(cast("object", rate), int | float) or not isfinite(rate) or rate <= 0:
        raise ConfigurationError(
            "rate_limit must be a finite number of requests a second above 0; None switches it off"
        )
    return float(rate)


def _owner_of(settings: Settings) -> Owner:
    # A client without any can only ask for an admin token; those of a host share an allowance.
    credential = settings.secret or settings.admin_token or Secret("")
    return Owner(credential, settings.mode, settings.base_url)


def _is_shared(rate_limit: object) -> TypeGuard[SharedRateLimit]:
    return hasattr(rate_limit, "for_threads") and hasattr(rate_limit, "for_tasks")


def _with_slot(limiter: object) -> object:
    if not hasattr(limiter, "slot"):
        kinds = "a number, a RedisRateLimit, a limiter with slot(), or None"
        raise ConfigurationError(f"rate_limit must be {kinds}, not {type(limiter).__name__}")
    return limiter


_Key = tuple[int, Mode, str, float, Callable[[], float]]


class _Lines:
    """The lines of this process. One lives as long as a client uses it, and the latest ones longer.

    So clients that are made and dropped one after the other, each for one call, are limited as well.
    """

    def __init__(self) -> None:
        self._start_anew()
        renew_after_fork(self, _Lines._start_anew)
        self._by_key: WeakValueDictionary[_Key, Line] = WeakValueDictionary()
        self._latest: deque[Line] = deque(maxlen=64)

    def get(self, owner: Owner, rate: float, clock: Callable[[], float]) -> Line:
        # The secret's hash, salted in each process, in place of the secret: that is not kept anywhere else.
        key = hash(owner.credential.reveal()), owner.mode, owner.base_url, rate, clock
        with self._lock:
            line = self._by_key.get(key)
            if line is None:
                line = self._by_key[key] = Line(Pace(rate), clock)
            if line not in self._latest:
                self._latest.append(line)
            return line

    def _start_anew(self) -> None:
        """Take a new lock, in a forked child; the lines, which do the same, stay."""
        self._lock = threading.Lock()


_lines = _Lines()


def _line(owner: Owner, rate: float | EllipsisType, clock: Callable[[], float]) -> Line:
    return _lines.get(owner, RATES[owner.mode] if isinstance(rate, EllipsisType) else checked_rate(rate), clock)


class _ThreadLimiter:
    """A Limiter: slots of one line, for threads."""

    __slots__ = ("line", "timing")

    def __init__(self, line: Line, timing: Timing) -> None:
        self.line = line
        self.timing = timing

    def slot(self) -> "_ThreadSlot":
        return _ThreadSlot(self)


class _ThreadSlot:
    __slots__ = ("_limiter", "_permit")

    def __init__(self, limiter: _ThreadLimiter) -> None:
        self._limiter = limiter
        self._permit = 0

    def __enter__(self) -> None:
        line = self._limiter.line
        permit = line.take()
        self._permit = wait_in_thread(line.wait, self._limiter.timing) if permit is None else permit

    def __exit__(self, *error: object) -> None:
        self._limiter.line.give(self._permit)


class _TaskLimiter:
    """An AsyncLimiter: slots of one line, for tasks."""

    __slots__ = ("line", "timing")

    def __init__(self, line: Line, timing: AsyncTiming) -> None:
        self.line = line
        self.timing = timing

    def slot(self) -> "_TaskSlot":
        return _TaskSlot(self)


class _TaskSlot:
    __slots__ = ("_limiter", "_permit")

    def __init__(self, limiter: _TaskLimiter) -> None:
        self._limiter = limiter
        self._permit = 0

    async def __aenter__(self) -> None:
        line = self._limiter.line
        permit = line.take()
        self._permit = await wait_in_task(line.wait, self._limiter.timing) if permit is None else permit

    async def __aexit__(self, *error: object) -> None:
        self._limiter.line.give(self._permit)
