"""Looking on while events come in: for code that waits for one."""

from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from pinwheel_overlays.forks import renew_after_fork

__all__ = ["Watches"]

_MOST = 10_000  # events that a watcher may leave unread before the oldest are dropped


class Watches:
    """The watchers of a receiver. They see genuine events of this process as they come, handled or not."""

    def __init__(self) -> None:
        self._start_anew()
        renew_after_fork(self, Watches._start_anew)

    def _start_anew(self) -> None:
        """Forget, in the child of a fork, the watchers of the parent, and a lock that was just held."""
        self._lock = Lock()
        self._watching: list[deque[Any]] = []

    @contextmanager
    def watch(self) -> Generator[deque[Any]]:
        """Collect the events that come while the block runs."""
        events: deque[Any] = deque(maxlen=_MOST)
        with self._lock:
            self._watching = [*self._watching, events]
        try:
            yield events
        finally:
            with self._lock:
                self._watching = [each for each in self._watching if each is not events]

    def tell(self, event: Any) -> None:
        """Show an event to all watchers."""
        for events in self._watching:
            events.append(event)
