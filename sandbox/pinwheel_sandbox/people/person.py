"""What somebody with a payroll account is made of: makers of their data, and what happens when they log in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Protocol

import attrs
from pinwheel_api import DirectDepositAllocations, Employment, Identity, Income, Paystub, Shift

from pinwheel_sandbox.people.context import Reading
from pinwheel_sandbox.records import changed

# What comes of a login.
GOOD = "good"
MFA = "mfa"
ERROR = "error"
PENDING = "pending"
DEPOSIT_ERROR = "deposit_error"
CARD_ERROR = "card_error"
NO_PAYSTUBS = "no_paystubs"

# How many days back the shifts are that come first, second and third.
SHIFT_BATCHES: tuple[range, ...] = (range(7), range(7, 30), range(30, 90))


class Pay(Protocol):
    """Somebody's pay calendar, and the paystub for each of its days. `anchor` is the day of the login."""

    def batches(self, anchor: date) -> Sequence[Sequence[date]]:
        """The pay dates up to the login, newest first, in the four batches in which they arrive."""
        ...

    def dates(self, anchor: date, after: date, until: date) -> Sequence[date]:
        """The pay dates after one day and up to another, newest first."""
        ...

    def stub(self, reading: Reading, pay_date: date, anchor: date) -> Paystub:
        """The paystub of a pay date, without year-to-date amounts."""
        ...


class Work(Protocol):
    """Somebody's shifts."""

    def works(self, day: date) -> bool:
        """Whether there is a shift on a day."""
        ...

    def shift(self, reading: Reading, day: date) -> Shift:
        """The shift of a day."""
        ...


@attrs.frozen(kw_only=True)
class Person:
    """Someone with a payroll account."""

    identity: Callable[[Reading], Identity]
    employment: Callable[[Reading], Employment]
    income: Callable[[Reading], Income]
    allocations: Callable[[Reading], DirectDepositAllocations]
    pay: Pay
    work: Work
    ssn: str
    """The whole number, which only a W-2 shows."""
    effect: str = GOOD


def first_paystubs(pay: Pay, readings: Sequence[Reading], anchor: date) -> list[list[Paystub]]:
    """The stubs of a login, batch by batch; a reading says when its batch arrives."""
    batches = [
        [pay.stub(reading, day, anchor) for day in dates]
        for reading, dates in zip(readings, pay.batches(anchor), strict=True)
    ]
    totals = {stub.id: stub for stub in with_year_to_date(stub for batch in batches for stub in batch)}
    return [[totals[stub.id] for stub in batch] for batch in batches]


def with_year_to_date(stubs: Iterable[Paystub], before: Sequence[Paystub] = ()) -> Iterator[Paystub]:
    """The stubs with year-to-date amounts that run on from those of the stubs before them."""
    in_order = sorted(stubs, key=lambda stub: stub.pay_date)
    for number, year in groupby(in_order, key=lambda stub: stub.pay_date.year):
        earlier = [stub for stub in before if stub.pay_date.year == number]
        gross = sum(stub.gross_pay_amount or 0 for stub in earlier)
        net = sum(stub.net_pay_amount for stub in earlier)
        for stub in year:
            gross += stub.gross_pay_amount or 0
            net += stub.net_pay_amount
            yield changed(stub, gross_pay_ytd=gross, net_pay_ytd=net)
