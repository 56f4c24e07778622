"""One allowance for several processes and hosts, kept in Redis: ``rate_limit=RedisRateLimit("redis://...")``.

In each process the first in the line asks Redis for a time, one script call a request, and sleeps until then. While
Redis cannot be reached each process keeps to the rate by itself: payroll does not stop because a cache is down.
"""

import os
from collections.abc import Callable
from typing import Any, NamedTuple, Self

from .drive import AsyncLimiter, Limiter
from .rate_limit import RATES, Owner, checked_rate
from .rate_line import Ask, Line, Ring, Sleep, Turn, Waiting
from .rate_script import CANCEL, REPORT, RESERVE, Reservation, microseconds, reserve_arguments
from .rate_server import PATIENCE, Server
from .rate_wait import wait_in_task, wait_in_thread
from .rate_window import Pace
from .timing import AsyncTiming, Timing

__all__ = ["RedisRateLimit"]

_MOST_LATE = 2
"""How often a time is given up and asked for again when this process comes too late for it. Were the processes of a
host to send late all at once, after it stood still for a moment, a server with a small bucket would refuse."""


class RedisRateLimit:
    """An allowance shared by all clients that are given the same Redis, secret, mode and rate, wherever they run.

    Arguments:
        url: of Redis 5 or newer: ``redis://``, ``rediss://`` or ``unix://``.
        rate: requests a second, of all of them together; by default that of the mode, 50.
        options: for ``redis.Redis.from_url``, such as ``password`` or ``ssl_ca_certs``.

    Make one in each process and give it to as many clients as you like, for threads and for tasks. It works after a
    fork, and nothing is opened before the first request. Raises ConfigurationError.
    """

    def __init__(self, url: str, rate: float | None = None, **options: Any) -> None:
        self._rate = None if rate is None else checked_rate(rate)
        self._server = Server(url, options)
        self._allowances: dict[tuple[object, ...], _Allowance] = {}

    def for_threads(self, owner: Owner, timing: Timing) -> Limiter:
        """Return the limiter of one client for threads."""
        return _ThreadLimiter(self._allowance(owner, timing.monotonic), timing)

    def for_tasks(self, owner: Owner, timing: AsyncTiming) -> AsyncLimiter:
        """Return the limiter of one client for tasks."""
        return _TaskLimiter(self._allowance(owner, timing.monotonic), timing)

    def close(self) -> None:
        """Give back the connections to Redis; a later request opens new ones."""
        self._server.close()

    async def aclose(self) -> None:
        """As ``close``, and for the connections of this event loop as well: needed before the loop ends."""
        await self._server.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()

    def _allowance(self, owner: Owner, clock: Callable[[], float]) -> "_Allowance":
        rate = RATES[owner.mode] if self._rate is None else self._rate
        name = _fingerprint(owner, rate)
        return self._allowances.setdefault((name, clock), _Allowance(self._server, name, Pace(rate), clock))


def _fingerprint(owner: Owner, rate: float) -> str:
    """Name an allowance in Redis: the same on each host, and of no use to find the secret."""
    from hashlib import sha256  # noqa: PLC0415 - costly to import

    digest = sha256(f"{owner.mode} {owner.base_url} {rate} ".encode())
    digest.update(owner.credential.reveal().encode())
    return digest.hexdigest()[:24]


class _Permit(NamedTuple):
    local: int
    shared: str | None
    """None where Redis was not to be reached."""


class _Allowance:
    """An allowance in Redis as this process sees it: its own line, and a window that knows of each request in case."""

    def __init__(self, server: Server, name: str, pace: Pace, clock: Callable[[], float]) -> None:
        self.server = server
        self.clock = clock
        self.line = Line(pace, clock)
        # The braces keep both keys on one node of a cluster.
        prefix = f"pinwheel-api:rate:{{{name}}}"
        self._keys = f"{prefix}:permits", f"{prefix}:due"
        self._numbers = reserve_arguments(pace)
        self._hold, self._interval = microseconds(pace.hold), microseconds(pace.interval)
        self._slack = pace.slack

    def wait(self, ring: Ring) -> Waiting[_Permit]:
        """Wait in the line of this process, then for Redis. Close the generator to give up."""
        line, turn, permit = self.line, Turn(ring), os.urandom(9).hex()
        try:
            yield from line.first(turn)
            late = 0
            while self.server.is_usable(self.clock()):
                line.expect(turn, PATIENCE)
                reservation: Reservation | None = yield Ask(permit)
                if reservation is None:
                    break
                until = self.clock() + reservation.seconds
                line.expect(turn, reservation.seconds)
                if reservation.seconds > 0:
                    yield Sleep(reservation.seconds)
                if reservation.granted and (self.clock() <= until + self._slack or late == _MOST_LATE):
                    return _Permit(line.take_anyway(), permit)
                late += reservation.granted
                yield from line.first(turn)
            return _Permit((yield from line.permitted(turn)), None)
        finally:
            line.leave(turn)

    def reserving(self, permit: str) -> tuple[Any, ...]:
        """Return the script call that takes a permit."""
        return self.clock(), RESERVE, self._keys, permit, *self._numbers

    def reporting(self, permit: str, *, first: bool) -> tuple[Any, ...]:
        """Return the script call that reports an answer, which may be the first one that this process gets."""
        return self.clock(), REPORT, self._keys, permit, self._hold, int(first), self._interval

    def cancelling(self, permit: str) -> tuple[Any, ...]:
        """Return the script call that gives a permit back unused."""
        return self.clock(), CANCEL, self._keys[:1], permit


def _reservation(answer: Any) -> Reservation | None:
    return None if answer is None else Reservation(bool(answer[0]), answer[1] / 1_000_000)


class _ThreadLimiter:
    __slots__ = ("allowance", "timing")

    def __init__(self, allowance: _Allowance, timing: Timing) -> None:
        self.allowance = allowance
        self.timing = timing

    def slot(self) -> "_ThreadSlot":
        return _ThreadSlot(self)


class _ThreadSlot:
    __slots__ = ("_allowance", "_asked", "_permit", "_timing")

    def __init__(self, limiter: _ThreadLimiter) -> None:
        self._allowance = limiter.allowance
        self._timing = limiter.timing
        self._asked: str | None = None
        self._permit = _Permit(0, None)

    def __enter__(self) -> None:
        try:
            self._permit = wait_in_thread(self._allowance.wait, self._timing, self._ask)
        except BaseException:
            if self._asked is not None:
                self._tell(self._allowance.cancelling(self._asked))
            raise

    def __exit__(self, *error: object) -> None:
        first = self._allowance.line.give(self._permit.local)
        if self._permit.shared is not None:
            self._tell(self._allowance.reporting(self._permit.shared, first=first))

    def _ask(self, permit: str) -> Reservation | None:
        self._asked = permit
        return _reservation(self._allowance.server.call(*self._allowance.reserving(permit)))

    def _tell(self, call: tuple[Any, ...]) -> None:
        # While Redis is down nobody waits for it here: what is not reported comes back when its lease ends.
        if self._allowance.server.is_usable(self._allowance.clock()):
            self._allowance.server.call(*call)


class _TaskLimiter:
    __slots__ = ("allowance", "timing")

    def __init__(self, allowance: _Allowance, timing: AsyncTiming) -> None:
        self.allowance = allowance
        self.timing = timing

    def slot(self) -> "_TaskSlot":
        return _TaskSlot(self)


class _TaskSlot:
    __slots__ = ("_allowance", "_asked", "_permit", "_timing")

    def __init__(self, limiter: _TaskLimiter) -> None:
        self._allowance = limiter.allowance
        self._timing = limiter.timing
        self._asked: str | None = None
        self._permit = _Permit(0, None)

    async def __aenter__(self) -> None:
        try:
            self._permit = await wait_in_task(self._allowance.wait, self._timing, self._ask)
        except BaseException:
            if self._asked is not None:
                await self._tell(self._allowance.cancelling(self._asked))
            raise

    async def __aexit__(self, *error: object) -> None:
        first = self._allowance.line.give(self._permit.local)
        if self._permit.shared is not None:
            await self._tell(self._allowance.reporting(self._permit.shared, first=first))

    async def _ask(self, permit: str) -> Reservation | None:
        self._asked = permit
        return _reservation(await self._allowance.server.call_from_task(*self._allowance.reserving(permit)))

    async def _tell(self, call: tuple[Any, ...]) -> None:
        if self._allowance.server.is_usable(self._allowance.clock()):
            await self._allowance.server.call_from_task(*call)
