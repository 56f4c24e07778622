"""Waiting for the data of an account: its webhook, or what Pinwheel answers when it is asked, whichever comes first."""

from collections import deque
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any, Literal, NamedTuple, cast

from pinwheel_overlays.errors import (
    APIConnectionError,
    CallError,
    ConfigurationError,
    InvalidInputError,
    PinwheelError,
    RateLimitError,
    ServerError,
)
from pinwheel_overlays.waiting import ReadyWhen, Waiting

from .steps import Flow, Step

__all__ = ["JobFailedError", "Ready", "WaitTimeoutError", "waiting"]

_TICK = 0.05  # how soon a webhook is noticed
_FIRST, _GROWTH, _LONGEST = 1.0, 1.5, 10.0  # seconds between questions
_BESIDE_A_RECEIVER = 30.0
_PASSING = (APIConnectionError, ServerError, RateLimitError)


class Ready(NamedTuple):
    """The data is there."""

    account_id: str
    data: str
    at: datetime | None
    """When Pinwheel had it; None if it does not say."""
    told_by: Literal["webhook", "polling"]


class WaitTimeoutError(PinwheelError, TimeoutError):
    """The data was not there in time.

    Its cause, if there is one, is the error of the last attempt to ask.
    """


class JobFailedError(PinwheelError):
    """The job that should have brought the data ended with an error.

    ``error_type`` and ``error_code`` are as Pinwheel sent them; ``can_user_mend`` says whether the user can help.
    """

    def __init__(self, account_id: str, data: str, error_type: str | None, error_code: str | None) -> None:
        super().__init__(account_id, data, error_type, error_code)
        self.account_id = account_id
        self.data = data
        self.error_type = error_type
        self.error_code = error_code

    def __str__(self) -> str:
        what = " ".join(filter(None, (self.error_type, self.error_code))) or "no reason given"
        return f"the job {self.data} of account {self.account_id} failed: {what}"


class _Wish(NamedTuple):
    account_id: str
    data: str
    since: datetime | None

    def is_new(self, at: object) -> bool:
        """Whether a moment counts; a moment that is none does where nothing was asked for."""
        if self.since is None:
            return True
        return isinstance(at, datetime) and at.tzinfo is not None and at > self.since


def waiting(client: Waiting, account_id: str, data: str, timeout: float, since: datetime | None) -> Flow[Ready]:
    """Make the steps of a wait. Times are those of the client's clock."""
    plan = _checked(client.ready_when, timeout, since)
    wish = _Wish(account_id, data, since)
    timing = client._core.timing  # pyright: ignore[reportPrivateUsage] - one thing in two files
    receiver = client._receiver  # pyright: ignore[reportPrivateUsage]
    start: float = timing.monotonic()
    deadline, ask_at, pause, asked = start + timeout, start, _FIRST, 0
    trouble: CallError | None = None
    # Looking out for the webhook begins before the first question, so that it cannot slip between the two.
    with nullcontext(deque[Any]()) if receiver is None else receiver.watches.watch() as events:
        while True:
            while events:
                found = _told(events.popleft(), wish)
                if found is not None:
                    return found
            now: float = timing.monotonic()
            if now >= ask_at:
                try:
                    found = yield from _ask(client, plan, wish)
                except _PASSING as error:
                    found, trouble = None, error
                if found is not None:
                    return found
                asked += 1
                now = timing.monotonic()
                ask_at = now + (_BESIDE_A_RECEIVER if receiver is not None and asked > 1 else pause)
                pause = min(pause * _GROWTH, _LONGEST)
            if now >= deadline:
                raise _too_late(wish, timeout, asked) from trouble
            wake = min(ask_at, deadline, now + _TICK if receiver is not None else deadline)
            yield Step(timing.sleep, (max(wake - now, 0.001),), blocking=False)


def _checked(plan: ReadyWhen | None, timeout: float, since: datetime | None) -> ReadyWhen:
    if plan is None:
        raise ConfigurationError("wait_for needs a client of pinwheel_api: this one knows no calls")
    if not 0 <= timeout < float("inf"):
        raise InvalidInputError("timeout", "must be a number of seconds, not below 0")
    if since is not None and since.tzinfo is None:
        raise InvalidInputError("since", "needs a time zone", "datetime.now(UTC)")
    return plan


def _ask(client: Waiting, plan: ReadyWhen, wish: _Wish) -> Flow[Ready | None]:
    """Ask for the account, whose times say what is there, and for its jobs, which also say what failed."""
    account = yield Step(attrgetter(plan.account)(client), (wish.account_id,), blocking=False)
    at = _times_of(account, plan).get(wish.data)
    if at is not None and wish.is_new(at):
        return _ready(wish, at, "polling")
    kinds = {plan.kinds: [wish.data] if plan.several else wish.data}
    listing = partial(attrgetter(f"with_response.{plan.jobs}")(client), account_id=wish.account_id, **kinds)
    answer = yield Step(listing, (), blocking=False)
    jobs = [job for job in answer.data if job.name == wish.data and wish.is_new(job.timestamp)]
    outcomes = {str(job.outcome) for job in jobs}
    if "success" in outcomes:
        return _ready(wish, max((job.timestamp for job in jobs if job.outcome == "success"), key=str), "polling")
    for job in jobs:
        if job.outcome == "error":
            raise JobFailedError(wish.account_id, wish.data, job.error_type, job.error_code)
    return None


def _times_of(account: Any, plan: ReadyWhen) -> Mapping[str, Any]:
    times = getattr(account, plan.times, None)
    names: tuple[str, ...] = getattr(cast("Any", type(times)), "__slots__", ())
    return {name: getattr(times, name) for name in names if not name.startswith("_")}


def _told(event: Any, wish: _Wish) -> Ready | None:
    """What an event means for a wish: events of jobs say which, on which account, and how it ended."""
    payload = event.payload
    said: Any = cast("Any", payload).get if isinstance(payload, dict) else partial(_attribute, payload)
    if (said("account_id"), said("name")) != (wish.account_id, wish.data) or not wish.is_new(said("timestamp")):
        return None
    if said("outcome") == "error":
        raise JobFailedError(wish.account_id, wish.data, said("error_type"), said("error_code"))
    return _ready(wish, said("timestamp"), "webhook") if said("outcome") == "success" else None


def _attribute(payload: object, name: str) -> Any:
    return getattr(payload, name, None)


def _ready(wish: _Wish, at: object, told_by: Literal["webhook", "polling"]) -> Ready:
    return Ready(wish.account_id, wish.data, at if isinstance(at, datetime) else None, told_by)


def _too_late(wish: _Wish, timeout: float, asked: int) -> WaitTimeoutError:
    return WaitTimeoutError(
        f"account {wish.account_id} had no {wish.data} within {timeout:g} s (asked {asked} times); the job may still "
        "be running: wait longer, or let a webhook handler take it from here"
    )
