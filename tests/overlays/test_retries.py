"""Retries in whole calls: what is sent again, after how long, and what the final error tells."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pinwheel_overlays.errors import (
    APIConnectionError,
    APITimeoutError,
    BadRequestError,
    RateLimitError,
    ResponseDecodeError,
    ServerError,
    ServiceUnavailableError,
)
from pinwheel_overlays.retry import RetryPolicy
from pinwheel_overlays.wire import TransportError

from .harness import REQUEST_ID, Bench, Clock, answer, refusal, widget

BROKEN = TransportError("connection broke", "broken")
UNREACHED = TransportError("no connection", "connect")
TIMEOUT = TransportError("timeout", "timeout")
HTML = answer(b"<html>Bad gateway</html>", status=502, headers={"content-type": "text/html"})
CUT_OFF = answer(b'{"data":{"id":"w1",')

TRANSIENT = [BROKEN, UNREACHED, TIMEOUT, HTML, CUT_OFF, *(refusal(status) for status in (429, 500, 502, 503, 504))]


@pytest.mark.parametrize("trouble", TRANSIENT, ids=str)
@pytest.mark.parametrize("call", ["get", "touch"])
def test_an_idempotent_call_is_repeated(bench: Bench, trouble: Any, call: str) -> None:
    client = bench.client(trouble, trouble, answer(widget()))
    bench.do(getattr(client.widgets, call)("w1"))
    assert len(bench.script.requests) == 3
    assert bench.clock.slept == [0.5, 1.0]


@pytest.mark.parametrize("trouble", [BROKEN, TIMEOUT, HTML, CUT_OFF, refusal(500), refusal(503)], ids=str)
def test_another_call_is_not_repeated_when_it_may_have_been_processed(bench: Bench, trouble: Any) -> None:
    client = bench.client(trouble)
    with pytest.raises((APIConnectionError, ServerError, ResponseDecodeError)):
        bench.do(client.widgets.create(name="box", nick="n"))
    assert len(bench.script.requests) == 1


@pytest.mark.parametrize("trouble", [UNREACHED, ConnectionRefusedError(), refusal(429)], ids=str)
def test_another_call_is_repeated_when_it_surely_was_not_processed(bench: Bench, trouble: Any) -> None:
    client = bench.client(trouble, answer(widget()))
    bench.do(client.widgets.create(name="box", nick="n"))
    first, second = bench.script.requests
    assert first.body == second.body


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 422, 501, 505])
def test_other_statuses_are_final(bench: Bench, status: int) -> None:
    client = bench.client(refusal(status))
    with pytest.raises(Exception, match=str(status)):
        bench.do(client.widgets.get("w1"))
    assert bench.clock.slept == []


def test_an_answer_of_another_shape_is_final(bench: Bench) -> None:
    with pytest.raises(ResponseDecodeError):
        bench.do(bench.client(answer([])).widgets.get("w1"))


@pytest.mark.parametrize("number", [0, 1, 5])
def test_the_number_of_retries(bench: Bench, number: int) -> None:
    client = bench.client(*[refusal(500)] * 6, max_retries=number)
    with pytest.raises(ServerError) as caught:
        bench.do(client.widgets.get("w1"))
    assert len(bench.script.requests) == len(caught.value.attempts) == number + 1


def test_the_final_error_lists_every_attempt(bench: Bench) -> None:
    client = bench.client(TIMEOUT, refusal(429, headers={"retry-after": "7"}), refusal(503))
    with pytest.raises(ServiceUnavailableError) as caught:
        bench.do(client.widgets.get("w1"))
    first, second, third = caught.value.attempts
    assert (first.number, first.status, first.delay, first.request_id, first.cause) == (1, None, 0.5, None, "timeout")
    assert (second.number, second.status, second.delay, second.request_id, second.cause) == (
        2,
        429,
        7.0,
        REQUEST_ID,
        "HTTP 429",
    )
    assert (third.number, third.status, third.delay, third.request_id, third.cause) == (
        3,
        503,
        0.0,
        REQUEST_ID,
        "HTTP 503",
    )
    assert "3 attempts: timeout, HTTP 429, HTTP 503" in str(caught.value)


def test_a_single_attempt_is_listed_too(bench: Bench) -> None:
    with pytest.raises(BadRequestError) as caught:
        bench.do(bench.client(refusal(400)).widgets.get("w1"))
    assert [attempt.number for attempt in caught.value.attempts] == [1]


def test_retry_after_in_seconds_as_a_date_and_capped(bench: Bench) -> None:
    later = datetime.fromtimestamp(bench.clock.time + 1_700_000_000 + 30, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    client = bench.client(
        refusal(429, headers={"retry-after": "2"}),
        refusal(503, headers={"retry-after": later}),
        refusal(429, headers={"retry-after": "3600"}),
        refusal(429, headers={"retry-after": "Mon, 01 Jan 2001 00:00:00 GMT"}),
        answer(widget()),
        retry=RetryPolicy(4, retry_after_cap=50),
    )
    bench.do(client.widgets.get("w1"))
    assert bench.clock.slept == [2.0, 28.0, 50.0, 4.0]


def test_the_time_budget_ends_the_attempts(bench: Bench) -> None:
    client = bench.client(*[refusal(429, headers={"retry-after": "20"})] * 9, retry=RetryPolicy(8, budget=50))
    with pytest.raises(RateLimitError) as caught:
        bench.do(client.widgets.get("w1"))
    assert bench.clock.slept == [20.0, 20.0]
    assert len(caught.value.attempts) == 3


def test_time_spent_in_attempts_counts_for_the_budget(bench: Bench) -> None:
    def slow(request: Any) -> Any:
        bench.clock.time += 40
        return refusal(500)

    client = bench.client(slow, slow, slow, retry=RetryPolicy(8, budget=60))
    with pytest.raises(ServerError):
        bench.do(client.widgets.get("w1"))
    assert len(bench.script.requests) == 2


def test_jitter_is_drawn_for_each_wait() -> None:
    for asynchronous in (False, True):
        bench = Bench(asynchronous=asynchronous, clock=Clock(chance=0.25))
        client = bench.client(refusal(500), refusal(500), answer(widget()))
        bench.do(client.widgets.get("w1"))
        assert bench.clock.slept == [0.125, 0.25]
        bench.close()


def test_a_policy_of_the_user_decides(bench: Bench) -> None:
    class Stubborn(RetryPolicy):
        def may_retry(self, *, idempotent: bool, status: int | None, reached: bool) -> bool:
            return status == 404

        def delay(self, retry: int, *, asked: float | None, chance: float) -> float:
            return -5.0

    client = bench.client(refusal(404), answer(widget()), refusal(500), retry=Stubborn())
    bench.do(client.widgets.get("w1"))
    assert bench.clock.slept == [0.0]
    with pytest.raises(ServerError):
        bench.do(client.widgets.get("w1"))


def test_what_this_side_refuses_to_send_is_not_tried_again(bench: Bench) -> None:
    client = bench.client(TransportError("not sent", "refused"))
    with pytest.raises(APIConnectionError) as caught:
        bench.do(client.widgets.get("w1"))
    assert not caught.value.reached


@pytest.mark.parametrize(
    ("trouble", "kind", "reached"),
    [
        (BROKEN, APIConnectionError, True),
        (UNREACHED, APIConnectionError, False),
        (TIMEOUT, APITimeoutError, True),
        (TransportError("timeout while connecting", "connect", timeout=True), APITimeoutError, False),
        (ConnectionRefusedError("x"), APIConnectionError, False),
        (ConnectionResetError("x"), APIConnectionError, True),
        (TimeoutError("x"), APITimeoutError, True),
        (OSError("x"), APIConnectionError, True),
    ],
    ids=str,
)
def test_failures_without_an_answer(bench: Bench, trouble: Exception, kind: type, reached: bool) -> None:
    client = bench.client(trouble, max_retries=0)
    with pytest.raises(APIConnectionError) as caught:
        bench.do(client.widgets.get("w1"))
    assert type(caught.value) is kind
    assert caught.value.reached is reached
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("bug", [ValueError("bug"), FileNotFoundError("ca.pem"), KeyError("x")])
def test_a_bug_of_a_transport_is_not_hidden(bench: Bench, bug: Exception) -> None:
    with pytest.raises(type(bug)) as caught:
        bench.do(bench.client(bug).widgets.get("w1"))
    assert caught.value is bug


def test_each_page_of_a_list_is_retried_on_its_own(bench: Bench) -> None:
    from .harness import ids, page

    client = bench.client(TIMEOUT, page("ab", "c1"), HTML, CUT_OFF, page("cd"))
    assert ids(bench.items(client.widgets.list())) == ["a", "b", "c", "d"]
