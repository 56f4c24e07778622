"""The sandbox's own rate limit, in its three ways of counting."""

from __future__ import annotations

import pytest
from pinwheel_api import Pinwheel, RateLimitError, RetryPolicy
from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.errors import ApiError
from pinwheel_sandbox.rate import RateLimit, RatePolicy
from pinwheel_sandbox.settings import Settings


def admitted(policy: RatePolicy, moments: list[float], rate: int = 50) -> int:
    time = iter(moments)
    limit = RateLimit(rate, policy, lambda: next(time))
    count = 0
    for _ in moments:
        try:
            limit.check("a secret")
        except ApiError:
            continue
        count += 1
    return count


@pytest.mark.parametrize(
    ("policy", "at_once", "across_a_second", "evenly"),
    [("sliding", 50, 50, 100), ("fixed", 50, 100, 100), ("bucket", 5, 10, 100)],
)
def test_what_each_policy_admits(policy: RatePolicy, at_once: int, across_a_second: int, evenly: int) -> None:
    assert admitted(policy, [10.0] * 60) == at_once
    # 50 just before the clock's second ends and 50 just after it
    assert admitted(policy, [10.9] * 50 + [11.1] * 50) == across_a_second
    assert admitted(policy, [10.0 + number * 0.02001 for number in range(100)]) == evenly


def test_a_rate_of_0_admits_everything() -> None:
    assert admitted("sliding", [1.0] * 1_000, rate=0) == 1_000


def test_secrets_are_counted_apart() -> None:
    limit = RateLimit(1, "sliding", lambda: 5.0)
    limit.check("one")
    limit.check("two")
    with pytest.raises(ApiError):
        limit.check("one")


def test_the_client_gets_its_error() -> None:
    with Sandbox(settings=Settings(rate=3)) as sandbox, sandbox.client(retry=RetryPolicy(0)) as client:
        assert isinstance(client, Pinwheel)
        for _ in range(3):
            client.platforms.list().first()
        with pytest.raises(RateLimitError) as caught:
            client.platforms.list().first()
    assert caught.value.status == 429
    assert caught.value.code == "TOO_MANY_REQUESTS"
