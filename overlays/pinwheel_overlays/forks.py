"""Objects with locks, over a fork: a lock that a thread of the parent holds would stay locked in the child for ever."""

import os
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

__all__ = ["hold_over_forks", "renew_after_fork"]

T = TypeVar("T")

_RENEWED: WeakKeyDictionary[Any, Callable[[Any], object]] = WeakKeyDictionary()
_HELD: WeakKeyDictionary[object, Lock] = WeakKeyDictionary()
_taken: list[Lock] = []


def renew_after_fork(owner: T, renew: Callable[[T], object]) -> None:
    """Call a function with an object, as long as that lives, in each forked child, where only one thread exists.

    It takes new locks, and forgets what belongs to threads of the parent. It must not refer to the object itself.
    """
    _RENEWED[owner] = renew


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
    for owner, renew in list(_RENEWED.items()):
        renew(owner)


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(before=_before, after_in_parent=_release, after_in_child=_in_child)
