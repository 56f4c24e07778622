"""The rules by themselves."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pinwheel_overlays.rate_window import LEASE, Pace, Window

from .policies import SlidingLog, SmallBucket


def send(window: Window, now: float) -> tuple[float, int]:
    """Take a permit as soon as there is one; returns when that was, and the permit."""
    while (seconds := window.wait(now)) > 0:
        now += seconds
    return now, window.take(now)


def test_a_first_request_is_not_held_up() -> None:
    assert Window(Pace(50)).wait(123.0) == 0


def test_after_a_pause_two_requests_go_at_once_and_the_next_ones_evenly() -> None:
    window = Window(Pace(50))
    times = []
    now = 10.0
    for _ in range(5):
        now, permit = send(window, now)
        window.give(permit, now)
        times.append(round(now - 10, 6))
    assert times == [0, 0, 0.02, 0.04, 0.06]


def test_lateness_is_made_up_for_up_to_one_distance() -> None:
    window = Window(Pace(50))
    now = 0.0
    for _ in range(4):
        now, _ = send(window, now)
    assert now == pytest.approx(0.04)
    times = []
    for late in (0.015, 0.0, 0.0, 0.050, 0.0, 0.0, 0.0):
        due = now + window.wait(now)
        now, _ = send(window, due + late)
        times.append(round(now, 6))
    assert times == [0.075, 0.08, 0.1, 0.17, 0.17, 0.19, 0.21]


def test_a_permit_comes_back_one_second_after_the_answer() -> None:
    window = Window(Pace(1))
    _, permit = send(window, 0.0)
    window.give(permit, 5.0)
    assert window.wait(5.0) == pytest.approx(window.pace.hold)
    assert 1 < window.pace.hold < 1.02


def test_with_all_permits_out_it_says_when_to_ask_again() -> None:
    window = Window(Pace(1))
    _, permit = send(window, 0.0)
    assert window.wait(2.0) == window.pace.hold
    window.give(permit, 2.5)
    assert window.wait(2.0 + window.pace.hold) == pytest.approx(0.5)


def test_a_request_that_is_never_reported_loses_its_permit_for_a_while_only() -> None:
    window = Window(Pace(1))
    _, permit = send(window, 0.0)
    now, _ = send(window, 0.0)
    assert now == pytest.approx(LEASE + window.pace.hold)
    window.give(permit, now)
    assert window.wait(now) > 0, "a report that comes after that does not free the other's permit"


def test_a_report_that_comes_twice_counts_once() -> None:
    window = Window(Pace(2))
    _, permit = send(window, 0.0)
    window.give(permit, 0.0)
    window.give(permit, 0.0)
    assert window.wait(0.5) == 0


@pytest.mark.parametrize(("rate", "permits", "interval", "hold"), [(50, 50, 0.02, 1), (0.5, 1, 2, 2), (2.5, 2, 0.4, 1)])
def test_a_rate_in_permits_and_seconds(rate: float, permits: int, interval: float, hold: float) -> None:
    pace = Pace(rate)
    assert (pace.permits, pace.interval) == (permits, interval)
    assert pace.hold == pytest.approx(hold, abs=0.02)


@given(
    rate=st.integers(1, 60),
    delays=st.lists(st.tuples(st.floats(0, 0.4), st.floats(0, 3)), min_size=1, max_size=200),
    pauses=st.lists(st.floats(0, 1.5), max_size=20),
)
def test_no_second_ever_holds_more_than_the_rate(
    rate: int, delays: list[tuple[float, float]], pauses: list[float]
) -> None:
    """Whatever a request takes until it is counted and until it is answered."""
    window, now = Window(Pace(rate)), 50.0
    answers: list[tuple[float, int]] = []
    arrivals: list[float] = []
    for number, (there, back) in enumerate(delays):
        now += pauses[number] if number < len(pauses) else 0
        while True:
            for answer in sorted(each for each in answers if each[0] <= now):
                window.give(answer[1], answer[0])
                answers.remove(answer)
            seconds = window.wait(now)
            if seconds <= 0:
                break
            # Answers on the way are reported when they arrive.
            now = min([now + seconds, *(at for at, _ in answers)])
        permit = window.take(now)
        arrivals.append(now + there)
        answers.append((now + there + back, permit))
    policy = SlidingLog(rate)
    assert all(policy.admits(arrival) for arrival in sorted(arrivals))


@given(seed=st.integers(0, 1000), jitter=st.floats(0, 0.03), late=st.floats(0, 0.03))
def test_a_bucket_of_five_never_overflows(seed: int, jitter: float, late: float) -> None:
    """With up to 30 ms of jitter, and as much that the client wakes up late."""
    chance, window, now, arrivals = random.Random(seed), Window(Pace(50)), 0.0, []
    for _ in range(200):
        now, permit = send(window, now)
        now += chance.random() * late if chance.random() < 0.1 else 0
        window.give(permit, now)
        arrivals.append(now + chance.random() * jitter)
    policy = SmallBucket()
    assert all(policy.admits(arrival) for arrival in sorted(arrivals))
