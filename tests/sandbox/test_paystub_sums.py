"""The numbers on paystubs agree with each other, whichever day it is."""

from datetime import UTC, date, datetime
from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st
from pinwheel_api import Paystub
from pinwheel_sandbox.chance import Chance
from pinwheel_sandbox.people.context import Reading
from pinwheel_sandbox.people.paystubs import BATCHES, AshsPay
from pinwheel_sandbox.people.person import first_paystubs

days = st.dates(min_value=date(2003, 1, 1), max_value=date(2090, 12, 31))


def made_on(today: date) -> list[Paystub]:
    at = datetime(today.year, today.month, today.day, tzinfo=UTC)
    reading = Reading(account_id="account", today=today, at=at, chance=Chance(1))
    return [stub for batch in first_paystubs(AshsPay(), [reading] * len(BATCHES), today) for stub in batch]


@given(days)
def test_each_stub_adds_up(today: date) -> None:
    for stub in made_on(today):
        assert sum(line.amount for line in stub.earnings or []) == stub.gross_pay_amount
        assert sum(line.amount for line in stub.taxes) == stub.total_taxes
        assert sum(line.amount for line in stub.deductions or []) == stub.total_deductions
        assert stub.gross_pay_amount == stub.net_pay_amount + stub.total_taxes + stub.total_deductions
        assert stub.check_amount == stub.net_pay_amount + stub.total_reimbursements
        for line in stub.earnings or []:
            assert line.rate is not None
            assert line.hours is not None
            assert round(line.rate * line.hours) == line.amount


@given(days)
def test_year_to_date_runs_over_the_year(today: date) -> None:
    stubs = made_on(today)
    assert [stub.pay_date for stub in stubs] == sorted({stub.pay_date for stub in stubs}, reverse=True)
    for _, year in groupby(reversed(stubs), key=lambda stub: stub.pay_date.year):
        gross = net = 0
        for stub in year:
            gross += stub.gross_pay_amount or 0
            net += stub.net_pay_amount
            assert (stub.gross_pay_ytd, stub.net_pay_ytd) == (gross, net)


@given(days)
def test_periods_come_before_their_pay_date_and_do_not_overlap(today: date) -> None:
    stubs = made_on(today)
    for newer, older in pairwise(stubs):
        assert older.pay_period_end is not None
        assert newer.pay_period_start is not None
        assert older.pay_period_end < newer.pay_period_start
    for stub in stubs:
        assert stub.pay_period_start is not None
        assert stub.pay_period_end is not None
        assert (stub.pay_period_end - stub.pay_period_start).days == 13
        assert stub.pay_period_end < stub.pay_date
