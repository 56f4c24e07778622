"""The line in which all threads and tasks of this process wait for one allowance: first come, first served.

Whoever is first sleeps until the window lets it send, and then wakes the next. Nobody else runs, and no thread is
needed in the background. A first one that does not come back (its event loop was stopped, say) is passed by.

The very first request of a process goes alone, until its answer is there or FEELING is over: it loads libraries, asks
for the server's address and opens a connection, and what was let out meanwhile would arrive together with it.

The line decides; what it asks for (listen for the ring, sleep) is done by a thread or a task in ``rate_wait``.
"""

import threading
from collections import deque
from collections.abc import Callable, Generator
from contextlib import suppress
from itertools import count
from typing import Any, NamedTuple, TypeVar

from .forks import renew_after_fork
from .rate_window import Pace, Window

__all__ = ["FEELING", "GRACE", "Ask", "Effect", "Line", "Listen", "Ring", "Sleep", "Turn", "Waiting"]

T = TypeVar("T")

GRACE = 1.0
"""Seconds that the first in the line may be late before it is passed by."""

FEELING = 1.0
"""Seconds that the first request of all has for itself."""


class Listen(NamedTuple):
    """Resume when rung, or once this many seconds and GRACE have gone by. It cannot be this one's turn any earlier."""

    seconds: float


class Sleep(NamedTuple):
    """Resume after this many seconds."""

    seconds: float


class Ask(NamedTuple):
    """Ask the allowance that several processes share for this permit. Resume with its Reservation, or None."""

    permit: str


Effect = Listen | Sleep | Ask
Waiting = Generator[Effect, Any, T]
Ring = Callable[[], object]
"""Wakes one that listens, from any thread. Raises RuntimeError when there is nobody to wake any more."""


class Turn:
    """One thread or task in the line."""

    __slots__ = ("act_by", "line", "number", "ring", "slept_from", "slept_until")

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.number = 0
        self.line: deque[Turn] | None = None
        """Where it waits. The line of a forked child is another one."""
        self.act_by = float("inf")
        """When it is passed by; it matters only while it is the first."""
        self.slept_from = float("-inf")
        self.slept_until = float("-inf")


class Line:
    """One allowance in this process."""

    def __init__(self, pace: Pace, clock: Callable[[], float]) -> None:
        self._pace = pace
        self._clock = clock
        self._numbers = count(1)
        self._start_anew()
        renew_after_fork(self, Line._start_anew)

    def _start_anew(self) -> None:
        """Forget everything, in a forked child: the threads that waited or held the lock do not exist there."""
        # Reentrant, since a task that is dropped while it waits leaves the line from inside the garbage collector.
        self._lock = threading.RLock()
        self._turns: deque[Turn] = deque()
        self._window = Window(self._pace)
        self._is_cold = True
        self._feels_until: float | None = None

    def take(self) -> int | None:
        """Take a permit if nobody waits and it is time; else None."""
        with self._lock:
            if self._turns:
                return None
            now = self._clock()
            if self._feels(now) or self._window.wait(now) > 0:
                return None
            return self._take(now)

    def give(self, permit: int) -> bool:
        """Report that the answer to the request with this permit arrived, or that there will be none.

        Returns whether it was the first of all.
        """
        with self._lock:
            now = self._clock()
            self._window.give(permit, now)
            was_cold, self._is_cold = self._is_cold, False
            if was_cold:
                self._window.restart(now)
                if self._turns:
                    with suppress(RuntimeError):
                        self._turns[0].ring()
            return was_cold

    def wait(self, ring: Ring) -> Waiting[int]:
        """Wait for a permit. Close the generator to give up."""
        turn = Turn(ring)
        try:
            return (yield from self.permitted(turn))
        finally:
            self.leave(turn)

    def permitted(self, turn: Turn) -> Waiting[int]:
        """Wait until this turn is the first and it is time, then take a permit. The turn stays in the line."""
        while True:
            yield from self.first(turn)
            with self._lock:
                now = self._now(turn)
                seconds = self._window.wait(now)
                if seconds <= 0:
                    return self._take(now)
                turn.slept_from, turn.slept_until = now, now + seconds
                self.expect(turn, seconds)
            yield Sleep(seconds)

    def first(self, turn: Turn) -> Waiting[None]:
        """Wait, in the line, until this turn is the first of it."""
        while True:
            with self._lock:
                if turn.line is not self._turns:
                    self._join(turn)
                if self._turns[0] is not turn:
                    self._pass_by()
                if self._turns[0] is not turn:
                    ahead = turn.number - self._turns[0].number
                elif self._feels(self._clock()):
                    self.expect(turn, FEELING)
                    ahead = 1
                else:
                    return
            yield Listen(ahead * self._pace.interval)

    def expect(self, turn: Turn, seconds: float) -> None:
        """Note that the first one will be back only after this time."""
        turn.act_by = self._clock() + seconds + GRACE

    def take_anyway(self) -> int:
        """Take a permit that another allowance has granted, so that this one knows of the request."""
        with self._lock:
            return self._take(self._clock())

    def leave(self, turn: Turn) -> None:
        """Leave the line, if still in it; whoever is first then is woken."""
        with self._lock:
            if turn.line is not self._turns:
                return
            turn.line = None
            was_first = self._turns[0] is turn
            self._turns.remove(turn)
            if was_first:
                self._wake_first()

    def _take(self, now: float) -> int:
        if self._feels_until is None:
            self._feels_until = now + FEELING
        return self._window.take(now)

    def _feels(self, now: float) -> bool:
        return self._is_cold and self._feels_until is not None and now < self._feels_until

    def _join(self, turn: Turn) -> None:
        turn.act_by = self._clock() + GRACE
        turn.line = self._turns
        if turn.number:  # it was passed by, and is back
            self._turns.appendleft(turn)
        else:
            turn.number = next(self._numbers)
            self._turns.append(turn)

    def _now(self, turn: Turn) -> float:
        now = self._clock()
        # A clock that stood still during a sleep is coarse, or stopped by a test: then the sleep is believed.
        return turn.slept_until if now <= turn.slept_from else now

    def _pass_by(self) -> None:
        first = self._turns[0]
        if first.act_by < self._clock():
            self._turns.popleft().line = None
            self._wake_first()

    def _wake_first(self) -> None:
        while self._turns:
            first = self._turns[0]
            first.act_by = self._clock() + GRACE
            try:
                first.ring()
            except RuntimeError:  # its event loop is closed
                self._turns.popleft().line = None
            else:
                return
