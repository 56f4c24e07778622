"""Locks over a fork, whoever holds them at that moment."""

import gc
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from pinwheel_overlays import forks
from pinwheel_overlays.rate_limit import _lines

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]


class Thing:
    def __init__(self) -> None:
        self.lock: Any = threading.Lock()


class Renewed(Thing):
    def start_anew(self) -> None:
        self.lock = threading.Lock()


def status_of_child(do: Callable[[], bool]) -> int:
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # by default it ends the process
        status = 2
        try:
            status = 0 if do() else 1
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def held_by_another(lock: Any) -> Callable[[], None]:
    """Let a thread hold a lock; what is returned ends that."""
    inside, enough = threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            inside.set()
            enough.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait()

    def end() -> None:
        enough.set()
        thread.join()

    return end


def test_a_lock_that_was_held_is_a_new_one_in_the_child() -> None:
    renewed, plain = Renewed(), Thing()
    forks.renew_after_fork(renewed, Renewed.start_anew)
    ends = [held_by_another(each.lock) for each in (renewed, plain)]
    assert status_of_child(lambda: renewed.lock.acquire(timeout=5)) == 0
    # What is told nowhere stays as it was: the test would not notice otherwise.
    assert status_of_child(lambda: not plain.lock.acquire(timeout=0.1)) == 0
    for end in ends:
        end()


def test_the_rate_limit_of_a_process_survives_a_fork() -> None:
    end = held_by_another(_lines._lock)
    assert status_of_child(lambda: _lines._lock.acquire(timeout=5)) == 0
    end()


def test_a_fork_waits_for_what_must_not_be_interrupted() -> None:
    thing = Thing()
    forks.hold_over_forks(thing, thing.lock)
    end = held_by_another(thing.lock)
    ended: list[bool] = []

    def later() -> None:
        time.sleep(0.2)
        ended.append(True)
        end()

    thread = threading.Thread(target=later)
    thread.start()
    # The child is a copy of the moment after.
    assert status_of_child(lambda: bool(ended) and thing.lock.acquire(timeout=5)) == 0
    thread.join()
    assert thing.lock.acquire(timeout=5)


def test_nothing_is_kept_alive() -> None:
    renewed, held = Renewed(), Thing()
    forks.renew_after_fork(renewed, Renewed.start_anew)
    forks.hold_over_forks(held, held.lock)
    before = len(forks._RENEWED), len(forks._HELD)
    del renewed, held
    gc.collect()
    assert (len(forks._RENEWED), len(forks._HELD)) == (before[0] - 1, before[1] - 1)
