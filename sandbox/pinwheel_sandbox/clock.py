"""The one source of time, so that tests can move it."""

import threading
from datetime import UTC, date, datetime, timedelta


class Clock:
    """UTC time that runs as on the wall until it is moved or stopped.

    Expiry, job times, pay dates and cursors all ask this clock, never the machine's: moving it is moving the sandbox.
    """

    def __init__(self, at: datetime | None = None) -> None:
        """Follow the wall clock, or stand still `at` a moment."""
        self._lock = threading.Lock()
        self._offset = timedelta()
        self._stopped = None if at is None else _utc(at)

    def now(self) -> datetime:
        """The present moment, with microseconds, in UTC."""
        with self._lock:
            return self._stopped if self._stopped is not None else datetime.now(UTC) + self._offset

    def today(self) -> date:
        """The present day in UTC."""
        return self.now().date()

    def advance(self, by: timedelta) -> datetime:
        """Move on by a span of time and return the new moment; a stopped clock stays stopped."""
        if by < timedelta():
            raise ValueError("the clock only moves forward; use set() to go to an earlier moment")
        with self._lock:
            if self._stopped is not None:
                self._stopped += by
            else:
                self._offset += by
        return self.now()

    def set(self, moment: datetime) -> datetime:
        """Go to a moment; a running clock runs on from there."""
        with self._lock:
            if self._stopped is not None:
                self._stopped = _utc(moment)
            else:
                self._offset = _utc(moment) - datetime.now(UTC)
        return self.now()

    def stop(self) -> datetime:
        """Stand still at the present moment."""
        now = self.now()
        with self._lock:
            self._stopped = now
        return now

    def run(self) -> datetime:
        """Run on from the present moment."""
        with self._lock:
            if self._stopped is not None:
                self._offset, self._stopped = self._stopped - datetime.now(UTC), None
        return self.now()


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("give the clock a moment with a time zone, such as datetime(2026, 1, 1, tzinfo=UTC)")
    return moment.astimezone(UTC)
