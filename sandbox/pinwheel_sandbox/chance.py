"""The one source of chance: ids, nonces, orders."""

import random
import threading
import uuid
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Random values, or with a seed the same ones in every run."""

    def __init__(self, seed: int | None = None) -> None:
        """Draw from the operating system, or from a seeded generator."""
        # Seeded values are for tests that want to repeat themselves; they guard nothing outside a sandbox.
        self._random = random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311
        self._lock = threading.Lock()

    def uuid(self) -> str:
        """A version 4 UUID, the form of every id that Pinwheel gives out."""
        return str(uuid.UUID(bytes=self.bytes(16), version=4))

    def bytes(self, count: int) -> bytes:
        """`count` random bytes."""
        with self._lock:
            return self._random.randbytes(count)

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """The items in a new order."""
        order = list(items)
        with self._lock:
            self._random.shuffle(order)
        return order
