from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.retry import RetryPolicy, retry_after

SECONDS = st.floats(0, 1e6)
NOW = 1_800_000_000.0


def http_date(offset: float, start: float = NOW) -> str:
    return format_datetime(datetime.fromtimestamp(start, UTC) + timedelta(seconds=offset), usegmt=True)


@given(SECONDS, SECONDS, st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_backoff_is_full_jitter_below_a_doubling_bound_and_a_cap(
    base: float, cap: float, retry: int, chance: float
) -> None:
    policy = RetryPolicy(base=base, cap=cap)
    delay = policy.delay(retry, asked=None, chance=chance)
    bound = min(cap, base * 2.0 ** min(retry - 1, 60))
    assert 0 <= delay <= cap
    assert delay <= max(bound, 0) or retry > 60
    assert policy.delay(retry, asked=None, chance=0.0) == 0


def test_backoff_doubles_and_stops_at_the_cap() -> None:
    policy = RetryPolicy(base=0.5, cap=8)
    assert [policy.delay(retry, asked=None, chance=1.0) for retry in range(1, 8)] == [0.5, 1, 2, 4, 8, 8, 8]


@given(st.floats(0, 1e12), SECONDS)
def test_what_the_server_asks_for_is_waited_up_to_a_cap(asked: float, cap: float) -> None:
    assert RetryPolicy(retry_after_cap=cap).delay(1, asked=asked, chance=0.3) == min(asked, cap)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_idempotent_calls_are_repeated_after_these_statuses(status: int) -> None:
    assert RetryPolicy().may_retry(idempotent=True, status=status, reached=True)
    assert RetryPolicy().may_retry(idempotent=False, status=status, reached=True) == (status == 429)


@given(
    st.integers(100, 599).filter(lambda status: status not in {429, 500, 502, 503, 504} and not 200 <= status <= 299)
)
def test_no_call_is_repeated_after_any_other_status(status: int) -> None:
    assert not RetryPolicy().may_retry(idempotent=True, status=status, reached=True)
    assert not RetryPolicy().may_retry(idempotent=False, status=status, reached=True)


@pytest.mark.parametrize(
    ("idempotent", "reached", "allowed"),
    [(True, True, True), (True, False, True), (False, False, True), (False, True, False)],
)
def test_without_an_answer_only_what_is_safe_is_repeated(idempotent: bool, reached: bool, allowed: bool) -> None:
    assert RetryPolicy().may_retry(idempotent=idempotent, status=None, reached=reached) is allowed


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3.0),
        ("  7 ", 7.0),
        ("1.5", 1.5),
        ("0", None),
        ("-1", None),
        ("", None),
        ("soon", None),
        ("inf", None),
        ("nan", None),
        ("1e3", None),
        ("1_0", None),
        ("٣", None),
        (http_date(20), 20.0),
        (http_date(-20), None),
        (http_date(0), None),
        ("Mon, 99 Foo 2026 00:00:00 GMT", None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


def test_a_date_is_taken_relative_to_the_clock_of_the_server() -> None:
    headers = {"retry-after": http_date(20, NOW + 5000), "date": http_date(0, NOW + 5000)}
    assert retry_after(headers, NOW) == 20


def test_no_header_asks_for_nothing() -> None:
    assert retry_after({}, NOW) is None


@given(st.text())
def test_any_header_is_survived(value: str) -> None:
    seconds = retry_after({"retry-after": value, "date": value}, NOW)
    assert seconds is None or seconds > 0


def test_a_policy_does_not_change() -> None:
    policy = RetryPolicy()
    with pytest.raises(AttributeError):
        policy.cap = 3
    assert policy.with_max_retries(5).max_retries == 5
    assert policy.max_retries == 2


def test_a_subclass_keeps_its_own_parts_with_another_number() -> None:
    class Patient(RetryPolicy):
        def __init__(self, patience: float) -> None:
            super().__init__(1, base=3)
            self.patience = patience

        def delay(self, retry: int, *, asked: float | None, chance: float) -> float:
            return self.patience

    policy = Patient(9).with_max_retries(4)
    assert (policy.patience, policy.max_retries, policy.base) == (9, 4, 3)
    assert policy.delay(1, asked=None, chance=0) == 9


@pytest.mark.parametrize(
    "arguments",
    [
        {"base": -1},
        {"cap": float("nan")},
        {"budget": float("inf")},
        {"retry_after_cap": True},
        {"max_retries": -1},
        {"max_retries": True},
        {"max_retries": 1.0},
        {"base": "1"},
    ],
)
def test_wrong_numbers_are_refused(arguments: Any) -> None:
    with pytest.raises(ConfigurationError):
        RetryPolicy(**arguments)


def test_repr_shows_the_numbers() -> None:
    assert repr(RetryPolicy(1)) == "RetryPolicy(1, base=0.5, cap=8.0, retry_after_cap=60.0, budget=120.0)"
