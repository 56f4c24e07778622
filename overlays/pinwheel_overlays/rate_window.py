"""When the next request may be sent, as plain arithmetic: no clock, no waiting, no lock.

Two rules, both needed, since nobody outside knows how the server counts:

- A *completion window*: of ``rate`` permits, each comes back one second after the answer to its request arrived. The
  server counted that request before it answered, so no second of the server's ever holds more than ``rate`` of them,
  however unevenly the network delivers: a sliding log and a fixed window never refuse.
- *Even spacing*: ``1 / rate`` between requests, because a server with a small bucket refuses bursts that the first
  rule allows. A request that left late may be made up for by ``SLACK`` of that distance, so that the rate is kept.
"""

from collections import deque
from itertools import count
from time import get_clock_info

__all__ = ["HOLD_MARGIN", "LEASE", "SLACK", "Pace", "Window"]

SLACK = 1.0
"""How much lateness is made up for, in distances between two requests."""

LEASE = 15.0
"""Seconds after which a request that nothing was heard of is taken for answered, so that no permit is lost for good."""

HOLD_MARGIN = 0.001 + get_clock_info("monotonic").resolution
"""Seconds added to each hold: the server's clock may run a little slower, and ours may tick coarsely."""

_numbers = count(1)


class Pace:
    """What a rate means in permits and seconds."""

    __slots__ = ("hold", "interval", "lease", "permits", "slack")

    def __init__(self, rate: float) -> None:
        self.permits = max(1, int(rate))
        """How many requests may be out or held at once."""
        self.interval = 1 / rate
        """Between two requests."""
        self.hold = max(1.0, self.interval) + HOLD_MARGIN
        """From an answer until its permit is back."""
        self.lease = LEASE + self.hold
        """From sending until the permit is back when no answer is reported."""
        self.slack = SLACK * self.interval


class Window:
    """The permits of one allowance. Not safe for threads; all times are from one clock that never goes back."""

    __slots__ = ("_back", "_due", "_out", "pace")

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._due = float("-inf")
        self._out: dict[int, float] = {}
        self._back: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until a request may be sent, 0 if it may now.

        Exact while a permit is held or free. With all of them out, the soonest that one can be back: ask again then.
        """
        soonest = self._due
        if len(self._out) + len(self._back) >= self.pace.permits:
            soonest = max(soonest, self._permit_at(now))
        return soonest - now if soonest > now else 0.0

    def _permit_at(self, now: float) -> float:
        back, out = self._back, self._out
        while back and back[0] <= now:
            back.popleft()
        while out and next(iter(out.values())) <= now:
            del out[next(iter(out))]
        if len(out) + len(back) < self.pace.permits:
            return now
        return back[0] if back else min(now + self.pace.hold, next(iter(out.values())))

    def take(self, now: float) -> int:
        """Take a permit for a request that is sent now, whether or not it was time. Returns its number."""
        pace = self.pace
        self._due = max(self._due, now - pace.slack) + pace.interval
        permit = next(_numbers)
        self._out[permit] = now + pace.lease
        return permit

    def give(self, permit: int, now: float) -> None:
        """Say that the answer arrived, or that none will. A permit that is not out is ignored."""
        if self._out.pop(permit, None) is not None:
            self._back.append(now + self.pace.hold)

    def restart(self, now: float) -> None:
        """Count the even spacing from now: what was sent before arrived only now."""
        self._due = max(self._due, now + self.pace.interval)
