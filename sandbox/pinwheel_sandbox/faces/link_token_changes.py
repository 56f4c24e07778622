"""Breaking changes of Link tokens, oldest first."""

from datetime import datetime
from typing import Any, ClassVar

from pinwheel_sandbox.faces.change import Change, Json

_CREATE = frozenset({"link_tokens.create"})
# Hosted Link pages took the same body and gave a like answer, as long as there were any.
_BOTH = _CREATE | {"sites.create"}

_FLAT_TARGET = {
    "account_name": "name",
    "account_type": "type",
    "routing_number": "routing_number",
    "account_number": "account_number",
}


class LinkTokenExpiryIsADate(Change):
    """`expires` is an ISO 8601 date and time, no longer a number of seconds; `token_id` is gone, use `id`."""

    version = "2021-07-28"
    operations = _BOTH

    def older_answer(self, answer: Json) -> Json:
        """Count the seconds since 1970, and give the id twice."""
        data: Json = answer["data"]
        expires: datetime = data["expires"]
        return {**answer, "data": {**data, "token_id": data["id"], "expires": int(expires.timestamp())}}


class LinkTokenTakesSeveralJobs(Change):
    """The single `job` is gone: name one or more jobs in `required_jobs`."""

    version = "2022-03-02"
    operations = _BOTH

    def newer_body(self, body: Json) -> Json:
        """Put the job first in the list."""
        job: str | None = body.pop("job", None)
        jobs: list[str] = body.get("required_jobs", [])
        return {**body, "required_jobs": [job, *jobs]} if job and job not in jobs else body


class LinkTokenHasAllocation(Change):
    """The flat bank account and `amount` are gone in favour of `allocation`.

    Put the account into `allocation.targets`, where several can be offered, and the amount, in dollars, into
    `allocation.value` with `allocation.type` "amount".
    """

    version = "2022-09-09"
    operations = _BOTH
    older_names: ClassVar = {
        "allocation.value": "amount",
        **{f"allocation.targets[0].{new}": old for old, new in _FLAT_TARGET.items()},
    }

    def newer_body(self, body: Json) -> Json:
        """Gather the flat properties into one allocation."""
        target = {new: body.pop(old) for old, new in _FLAT_TARGET.items() if old in body}
        # The name of an account had no limits yet; it is for display only.
        name = target.pop("name", "")[:30]
        if len(name) > 1:
            target["name"] = name
        amount = body.pop("amount", None)
        allocation: Json = {}
        if amount is not None:
            allocation |= {"type": "amount", "value": amount}
        if target:
            allocation["targets"] = [target]
        return {**body, "allocation": allocation} if allocation else body


class LinkTokenNamesItsUser(Change):
    """A Link token needs your `end_user_id` and `required_jobs`; the `card` of a card switch is gone.

    Both may be left out where `account_id` names an account that is connected already.
    """

    version = "2023-11-22"
    operations = _CREATE
    needs_one_of = (("required_jobs", "account_id"), ("end_user_id", "account_id"))

    def newer_body(self, body: Json) -> Json:
        """Drop the card."""
        body.pop("card", None)
        return body


class LinkTokenHasSolution(Change):
    """Name the product in `solution`, and the jobs in `features` instead of `required_jobs`.

    Card switches are bill switches now, and payout cards can no longer be asked for.
    """

    version = "2025-07-08"
    operations = _CREATE
    needs_one_of = (("features", "account_id"), ("end_user_id", "account_id"))
    older_names: ClassVar = {"features": "required_jobs"}

    def newer_body(self, body: Json) -> Json:
        """Choose the solution that the jobs belong to."""
        jobs: list[Any] = body.pop("required_jobs", [])
        features = ["bill_switch" if job == "card_switch" else job for job in jobs if job != "payout_cards"]
        solution = "Verify"
        if any(job.startswith("direct_deposit_") and job != "direct_deposit_allocations" for job in features):
            solution = "Deposit Switch"
        elif "bill_switch" in features:
            solution = "Bill Switch"
        return {**body, "solution": solution, "features": features}


CHANGES = (
    LinkTokenExpiryIsADate(),
    LinkTokenTakesSeveralJobs(),
    LinkTokenHasAllocation(),
    LinkTokenNamesItsUser(),
    LinkTokenHasSolution(),
)
