"""What is being done right now, and by which threads: so that nothing is taken away from under them."""

import threading
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager

__all__ = ["UnderWay"]


class UnderWay:
    """Counts the threads at work."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._changed = threading.Condition()
        self._threads: Counter[int] = Counter()

    @contextmanager
    def one(self) -> Generator[None]:
        """Be at work while the block runs; more than once in a thread is fine."""
        own = threading.get_ident()
        with self._changed:
            self._threads[own] += 1
        try:
            yield
        finally:
            with self._changed:
                self._threads[own] -= 1
                if not self._threads[own]:
                    del self._threads[own]
                    self._changed.notify_all()

    def wait(self, patience: float) -> None:
        """Wait until all other threads have come to their end, or for so many seconds."""
        own = threading.get_ident()
        with self._changed:
            self._changed.wait_for(lambda: not self._threads.keys() - {own}, patience)
