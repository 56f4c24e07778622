"""The one source of time, so that tests can move it."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import attrs


@attrs.frozen
class Position:
    """Where a clock is: what it showed at a moment of the wall clock, and how fast it runs."""

    shown: datetime
    wall: datetime
    speed: float


class Clock:
    """UTC time that runs as on the wall until it is moved, stopped or sped up.

    Expiry, job times, pay dates, cursors and deliveries all ask this clock, never the machine's: moving it is moving
    the sandbox.
    """

    def __init__(self, at: datetime | None = None) -> None:
        """Follow the wall clock, or stand still `at` a moment."""
        self._lock = threading.Lock()
        self._watchers: list[Callable[[], None]] = []
        wall = datetime.now(UTC)
        self._position = Position(wall, wall, 1.0) if at is None else Position(_utc(at), wall, 0.0)

    def now(self) -> datetime:
        """The present moment, with microseconds, in UTC."""
        with self._lock:
            return _shown(self._position, datetime.now(UTC))

    def today(self) -> date:
        """The present day in UTC."""
        return self.now().date()

    @property
    def speed(self) -> float:
        """How fast it runs: 1 as on the wall, 0 when it stands still."""
        return self._position.speed

    @property
    def position(self) -> Position:
        """Where it is; assign it to go back there. A clock that only ever followed the wall follows it again."""
        return self._position

    @position.setter
    def position(self, position: Position) -> None:
        with self._lock:
            self._position = position
        self._tell()

    def advance(self, by: timedelta) -> datetime:
        """Move on by a span of time and return the new moment; a stopped clock stays stopped."""
        if by < timedelta():
            raise ValueError("the clock only moves forward; use set() to go to an earlier moment")
        return self._move(lambda now: now + by)

    def set(self, moment: datetime) -> datetime:
        """Go to a moment; a running clock runs on from there."""
        wanted = _utc(moment)
        return self._move(lambda _: wanted)

    def stop(self) -> datetime:
        """Stand still at the present moment."""
        return self._move(lambda now: now, speed=0.0)

    def run(self, speed: float = 1.0) -> datetime:
        """Run on from the present moment: as on the wall, or faster (60: a minute a second)."""
        if not 0 <= speed <= 1_000_000:
            raise ValueError("a clock runs at 0 to 1,000,000 times the speed of the wall clock")
        return self._move(lambda now: now, speed=speed)

    def watch(self, moved: Callable[[], None]) -> Callable[[], None]:
        """Call `moved` after each jump of the clock, though not as it runs; what is returned ends that."""
        with self._lock:
            self._watchers.append(moved)

        def end() -> None:
            with self._lock:
                if moved in self._watchers:
                    self._watchers.remove(moved)

        return end

    def _move(self, move: Callable[[datetime], datetime], speed: float | None = None) -> datetime:
        with self._lock:
            wall = datetime.now(UTC)
            to = move(_shown(self._position, wall))
            self._position = Position(to, wall, self._position.speed if speed is None else speed)
        self._tell()
        return to

    def _tell(self) -> None:
        with self._lock:
            watchers = list(self._watchers)
        for moved in watchers:
            moved()


def _shown(position: Position, wall: datetime) -> datetime:
    return position.shown + (wall - position.wall) * position.speed


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("give the clock a moment with a time zone, such as datetime(2026, 1, 1, tzinfo=UTC)")
    return moment.astimezone(UTC)
