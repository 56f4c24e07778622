"""One call from request to answer, without any input or output of its own.

The flow is a generator: it yields what it wants done (send this, sleep that long) and is resumed with what came of it.
``drive`` does these things for threads and for tasks, so both share every decision made here.
"""

from collections.abc import Generator
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from .error_types import Attempt
from .errors import CallError
from .hooks import RequestEvent, ResponseEvent, RetryEvent
from .logs import log_sending
from .operation import Operation
from .outcome import failure_error, redirect_error, status_error, unreadable_error
from .redirect import MOST_HOPS, redirect_target
from .retry import retry_after
from .settings import Settings
from .timing import Clocks
from .version import check_echo
from .wire import REQUEST_ID_HEADER, Sent, WireRequest, WireResponse

if TYPE_CHECKING:
    from .response import Response

__all__ = ["Call", "Effect", "Flow", "Send", "Sleep", "exchange"]

T = TypeVar("T")


class Send(NamedTuple):
    """Send this and resume with a ``Sent``. A rate limiter may hold it back first."""

    request: WireRequest


class Sleep(NamedTuple):
    """Resume after this many seconds."""

    seconds: float


Effect = Send | Sleep
Flow = Generator[Effect, Any, T]


class Call(NamedTuple):
    """What stays the same through all attempts of one call."""

    settings: Settings
    clocks: Clocks
    operation: Operation
    request: WireRequest
    model: Any
    """Class of the data, ``list[Class]``, or None where the call answers nothing."""
    state: dict[str, Any]
    """Handed to hooks."""


class Problem(NamedTuple):
    """Why one attempt did not count."""

    error: CallError
    cause: str
    asked: float | None = None
    """Seconds that the answer asks to wait."""
    reached: bool = True
    hopeless: bool = False
    """Whether another attempt could only end the same way."""


def exchange(call: Call) -> "Flow[Response[Any]]":
    """Send a request until it is answered, retries are used up, or repeating it would not be safe. Raises CallError."""
    attempts: list[Attempt] = []
    begun = call.clocks.monotonic()
    while True:
        number = len(attempts) + 1
        outcome = yield from _attempt(call, number)
        if not isinstance(outcome, Problem):
            return outcome
        error = outcome.error
        delay = _delay(call, outcome, number, begun)
        attempts.append(Attempt(number, error.status, delay or 0.0, error.request_id, outcome.cause))
        if delay is None:
            raise error.with_attempts(tuple(attempts))
        call.settings.hooks.retry(RetryEvent(call.operation, number, delay, outcome.cause, call.state))
        yield Sleep(delay)


def _delay(call: Call, problem: Problem, number: int, begun: float) -> float | None:
    """Return how long to wait before the next attempt, or None if there is to be none."""
    policy, status = call.settings.retry, problem.error.status
    if number > policy.max_retries or problem.hopeless:
        return None
    if not policy.may_retry(idempotent=call.operation.idempotent, status=status, reached=problem.reached):
        return None
    delay = max(0.0, policy.delay(number, asked=problem.asked, chance=call.clocks.chance()))
    return delay if call.clocks.monotonic() - begun + delay <= policy.budget else None


def _attempt(call: Call, number: int) -> "Flow[Response[Any] | Problem]":
    """Send once, and follow redirects that are safe."""
    settings, operation, request = call.settings, call.operation, call.request
    for hop in count():
        sent = yield from _send(call, request, number)
        response = sent.response
        if response is None:
            return _no_answer(call, sent)
        if not 300 <= response.status <= 399:
            return _answered(call, response)
        target, refusal = redirect_target(request.url, response)
        if hop == MOST_HOPS:
            target, refusal = None, f"more than {MOST_HOPS} redirects"
        if target is None:
            error = redirect_error(settings, operation, response, refusal)
            return Problem(error, f"HTTP {response.status}", hopeless=True)
        request = request.at(target)
    raise AssertionError


def _send(call: Call, request: WireRequest, number: int) -> Flow[Sent]:
    """Send one request, and tell log and hooks of it."""
    settings, operation = call.settings, call.operation
    settings.hooks.request(RequestEvent(operation, number, settings.base_url, call.state))
    sent: Sent = yield Send(request)
    status = request_id = None
    cause = sent.failure.cause if sent.failure else "no answer"
    if sent.response is not None:
        status, cause = sent.response.status, f"HTTP {sent.response.status}"
        request_id = sent.response.headers.get(REQUEST_ID_HEADER)
    log_sending(operation, number, cause, sent.seconds, request_id)
    settings.hooks.response(ResponseEvent(operation, number, status, cause, sent.seconds, request_id, call.state))
    return sent


def _no_answer(call: Call, sent: Sent) -> Problem:
    failure = sent.failure
    assert failure is not None  # noqa: S101 - a driver answers every Send with one of the two
    error = failure_error(call.settings, call.operation, failure)
    return Problem(error, failure.cause, reached=error.reached, hopeless=failure.kind == "refused")


def _answered(call: Call, response: WireResponse) -> "Response[Any] | Problem":
    settings, operation = call.settings, call.operation
    check_echo(settings.version, response.headers)
    if not 200 <= response.status <= 299:
        asked = retry_after(response.headers, call.clocks.now())
        return Problem(status_error(settings, operation, response), f"HTTP {response.status}", asked)
    # Not before the first answer: decoding loads attrs, msgspec and the models.
    from .answer import read_answer  # noqa: PLC0415
    from .decode import Unreadable  # noqa: PLC0415

    try:
        return read_answer(settings, operation, response, call.model)
    except Unreadable as problem:
        cause = "answer is not JSON" if problem.damaged else "answer has another shape"
        error = unreadable_error(settings, operation, response, problem)
        return Problem(error, cause, hopeless=not problem.damaged)
