"""Who can log in."""

from collections.abc import Callable, Mapping

import attrs
from pinwheel_api import DirectDepositAllocations, Employment, Identity, Income

from pinwheel_sandbox.people import ash_userton
from pinwheel_sandbox.people.context import Reading


@attrs.frozen(kw_only=True)
class Person:
    """Someone with a payroll account, as makers of their data."""

    identity: Callable[[Reading], Identity]
    employment: Callable[[Reading], Employment]
    income: Callable[[Reading], Income]
    allocations: Callable[[Reading], DirectDepositAllocations]


_ASH = Person(
    identity=ash_userton.identity,
    employment=ash_userton.employment,
    income=ash_userton.income,
    allocations=ash_userton.allocations,
)

# Every user name has an e-mail address as its twin.
_PEOPLE: Mapping[str, Person] = {"user_good": _ASH, "user_good@example.com": _ASH}


def person(username: str) -> Person | None:
    """The person behind a user name."""
    return _PEOPLE.get(username)
