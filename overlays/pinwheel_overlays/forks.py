"""Objects with locks, over a fork: a lock that a thread of the parent holds would stay locked in the child for ever."""

import os
from threading import Lock
from typing import Protocol
from weakref import WeakKeyDictionary, WeakSet

__all__ = ["Renewable", "hold_over_forks", "renew_after_fork"]


class Renewable(Protocol):
    """Knows what to do in the child of a fork, where only the thread that forked exists."""

    def start_anew(self) -> None:
        """Take new locks, and forget what belongs to threads of the parent."""
        ...


_RENEWED: WeakSet[Renewable] = WeakSet()
_HELD: WeakKeyDictionary[object, Lock] = WeakKeyDictionary()
_taken: list[Lock] = []


def renew_after_fork(thing: Renewable) -> None:
    """Call ``start_anew`` of an object, as long as it lives, in each forked child."""
    _RENEWED.add(thing)


def hold_over_forks(owner: object, lock: Lock) -> None:
    """Fork only while no thread is in what the lock guards, such as a library with locks of its own."""
    _HELD[owner] = lock


def _before() -> None:
    global _taken  # noqa: PLW0603 - what this fork has taken, for the two functions below
    # Not values(): another thread may just add one.
    owners = [reference() for reference in _HELD.keyrefs()]
    locks = [_HELD[owner] for owner in owners if owner is not None]
    for lock in locks:
        lock.acquire()
    _taken = locks


def _release() -> None:
    # Out of the variable first: as soon as the last one is free, another thread may begin its own fork.
    global _taken
    locks, _taken = _taken, []
    for lock in locks:
        lock.release()


def _in_child() -> None:
    _release()
    for thing in list(_RENEWED):
        thing.start_anew()


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(before=_before, after_in_parent=_release, after_in_child=_in_child)
