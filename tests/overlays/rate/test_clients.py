"""What `rate_limit=` means to a client."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.rate_limit import RATES

from tests.overlays.harness import Bench, answer, refusal, widget


def calls(bench: Bench, number: int, **options: Any) -> float:
    """Make some calls; returns how long the client held them back."""
    begun = bench.clock.time
    client = bench.client(*(answer(widget()) for _ in range(number)), **options)
    for _ in range(number):
        bench.do(client.widgets.get("w1"))
    return bench.clock.time - begun


def test_by_default_it_is_fifty_a_second_in_each_mode(bench: Bench) -> None:
    assert set(RATES.values()) == {50.0}
    for mode in RATES:
        assert calls(bench, 101, mode=mode, rate_limit=...) == pytest.approx(2, abs=0.05)


@pytest.mark.parametrize(("rate", "seconds"), [(10, 2), (2.0, 10), (None, 0), (False, 0)])
def test_another_number_or_none(bench: Bench, rate: Any, seconds: float) -> None:
    assert calls(bench, 21, rate_limit=rate) == pytest.approx(seconds, abs=0.6)


@pytest.mark.parametrize("rate", [0, -1, float("nan"), float("inf"), True, "50", object()])
def test_what_is_no_rate_is_refused(bench: Bench, rate: Any) -> None:
    with pytest.raises(ConfigurationError, match="rate_limit must be"):
        bench.client(rate_limit=rate)
    with pytest.raises(ConfigurationError, match="rate_limit must be"):
        bench.client().with_options(rate_limit=rate)


def test_with_options_changes_it_or_leaves_it(bench: Bench) -> None:
    client = bench.client(*(answer(widget()) for _ in range(40)), rate_limit=10)
    begun = bench.clock.time
    for number in range(20):
        bench.do((client if number % 2 else client.with_options(max_retries=0)).widgets.get("w1"))
    assert bench.clock.time - begun == pytest.approx(1.9, abs=0.2), "one allowance"
    begun = bench.clock.time
    for _ in range(20):
        bench.do(client.with_options(rate_limit=None).widgets.get("w1"))
    assert bench.clock.time == begun


def test_each_repetition_waits_for_its_turn(bench: Bench) -> None:
    steps = (refusal(429, headers={"retry-after": "1"}), refusal(503), answer(widget()))
    client = bench.client(*steps, rate_limit=0.1)
    bench.do(client.widgets.get("w1"))
    waits = [seconds for seconds in bench.clock.slept if seconds > 8]
    assert waits == pytest.approx([9, 9], abs=0.2), "what Retry-After and backoff took counts"


def test_an_object_of_the_users_own() -> None:
    entered: list[str] = []

    class Own:
        @contextmanager
        def _slot(self) -> Iterator[None]:
            entered.append("in")
            yield
            entered.append("out")

        def slot(self) -> AbstractContextManager[None]:
            return self._slot()

    bench = Bench(asynchronous=False)
    client = bench.client(refusal(503), answer(widget()), rate_limit=Own())
    client.widgets.get("w1")
    assert entered == ["in", "out", "in", "out"]
