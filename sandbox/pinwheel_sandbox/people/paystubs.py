"""Paystubs: every other week back from today, with the gaps that Pinwheel's sandbox has.

On every stub the earnings add up to the gross pay, gross less taxes and deductions is net, and the check is the net pay
and the reimbursements. Year-to-date amounts run over the stubs of a calendar year, oldest first.
"""

from datetime import date, timedelta

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

# Days before today, batch by batch as they arrive: 28, 70 and 84 are missing in both recordings of the service.
BATCHES: tuple[tuple[int, ...], ...] = ((0,), (14,), (42, 56), tuple(range(98, 463, 14)))

_PERIOD = 14
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


class AshsPay:
    """A paystub every other week, counted from the day of the login."""

    def batches(self, anchor: date) -> list[list[date]]:
        """The pay dates of each batch, newest first."""
        return [[anchor - timedelta(days=days) for days in batch] for batch in BATCHES]

    def dates(self, anchor: date, after: date, until: date) -> list[date]:
        """Every fourteenth day since the login; the gaps before it are a thing of the past."""
        first = max(0, (after - anchor).days // _PERIOD + 1)
        last = (until - anchor).days // _PERIOD
        return [anchor + timedelta(days=_PERIOD * number) for number in range(last, first - 1, -1)]

    def stub(self, reading: Reading, pay_date: date, anchor: date) -> Paystub:
        """One of the two stubs that were recorded, in turns."""
        return _stub(reading, pay_date, _HOURS[(anchor - pay_date).days // _PERIOD % 2])


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
