"""Paystubs: every other week back from today, with the gaps that Pinwheel's sandbox has.

On every stub the earnings add up to the gross pay, gross less taxes and deductions is net, and the check is the net pay
and the reimbursements. Year-to-date amounts run over the stubs of a calendar year, oldest first.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from pinwheel_api import (
    Currency,
    Deduction,
    DeductionCategory,
    DeductionType,
    Document,
    Earning,
    EarningCategory,
    Paystub,
    Tax,
    TaxCategory,
    TimeOff,
    TimeOffCategory,
)

from pinwheel_sandbox.people.context import Reading
from pinwheel_sandbox.records import changed

# Days before today, batch by batch as they arrive: 28, 70 and 84 are missing in both recordings of the service.
BATCHES: tuple[tuple[int, ...], ...] = ((0,), (14,), (42, 56), tuple(range(98, 463, 14)))

_RATE = 5000
# The two stubs that were recorded, in turns: 10.0 and 10.4 hours.
_HOURS = (10.0, 10.4)
_TAXES = (
    ("Federal Income Tax", TaxCategory.FEDERAL_INCOME, 0),
    ("Social Security", TaxCategory.SOCIAL_SECURITY, 3100),
    ("Medicare", TaxCategory.MEDICARE, 725),
    ("State Income Tax", TaxCategory.STATE_INCOME, 0),
    ("Local Income Tax", TaxCategory.LOCAL_INCOME, 0),
)
_DEDUCTION = 175
# All stubs share one file with the all-zero id, as they do in Pinwheel's sandbox.
_FILE = "00000000-0000-0000-0000-000000000000"


def pay_dates(today: date) -> list[list[date]]:
    """The pay dates of each batch, newest first."""
    return [[today - timedelta(days=days) for days in batch] for batch in BATCHES]


def paystubs(readings: Sequence[Reading]) -> list[list[Paystub]]:
    """The stubs of each batch; a reading says when its batch arrives."""
    batches = [
        [_stub(reading, day, _HOURS[days // 14 % 2]) for day, days in zip(dates, batch, strict=True)]
        for reading, dates, batch in zip(readings, pay_dates(readings[0].today), BATCHES, strict=True)
    ]
    totals = {stub.id: stub for stub in _with_year_to_date([stub for batch in batches for stub in batch])}
    return [[totals[stub.id] for stub in batch] for batch in batches]


def _stub(reading: Reading, pay_date: date, hours: float) -> Paystub:
    gross = round(_RATE * hours)
    taxes = [Tax(name=name, category=category, amount=amount) for name, category, amount in _TAXES]
    total_taxes = sum(tax.amount for tax in taxes)
    net = gross - total_taxes - _DEDUCTION
    return Paystub(
        id=reading.chance.uuid(),
        created_at=reading.at,
        account_id=reading.account_id,
        pay_date=pay_date,
        pay_period_start=pay_date - timedelta(days=19),
        pay_period_end=pay_date - timedelta(days=6),
        currency=Currency.USD,
        gross_pay_amount=gross,
        net_pay_amount=net,
        check_amount=net,
        total_taxes=total_taxes,
        total_deductions=_DEDUCTION,
        total_reimbursements=0,
        taxes=taxes,
        deductions=[
            Deduction(name="Dental", category=DeductionCategory.DENTAL, amount=_DEDUCTION, type=DeductionType.UNKNOWN)
        ],
        earnings=[Earning(name="Regular", category=EarningCategory.HOURLY, amount=gross, rate=_RATE, hours=hours)],
        time_off=[
            TimeOff(name="PTO", category=TimeOffCategory.PTO, available_hours=64.5, earned_hours=3.08, used_hours=0.0),
            TimeOff(
                name="Sick Leave", category=TimeOffCategory.SICK, available_hours=40.0, earned_hours=1.5, used_hours=0.0
            ),
        ],
        document=Document(id=_FILE),
    )


def _with_year_to_date(stubs: Sequence[Paystub]) -> Iterator[Paystub]:
    in_order = sorted(stubs, key=lambda stub: stub.pay_date)
    for _, year in groupby(in_order, key=lambda stub: stub.pay_date.year):
        gross = net = 0
        for stub in year:
            gross += stub.gross_pay_amount or 0
            net += stub.net_pay_amount
            yield changed(stub, gross_pay_ytd=gross, net_pay_ytd=net)
