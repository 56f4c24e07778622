"""The pay of people whom a scenario describes: a calendar of pay days, and paystubs that are worth the work done."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

import attrs
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
)

from pinwheel_sandbox.people.context import Reading
from pinwheel_sandbox.scenarios.form import IncomeForm, PersonForm

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PER_YEAR = {"weekly": 52, "bi-weekly": 26, "semi-monthly": 24, "monthly": 12}
# A Friday: weekly pay days are Fridays, and every other one of them is bi-weekly.
_FRIDAY = date(2020, 1, 3)
# Pay comes five days after the period that it is for.
_DELAY = timedelta(days=5)
_TAX_NAMES = {
    TaxCategory.FEDERAL_INCOME: "Federal Income Tax",
    TaxCategory.SOCIAL_SECURITY: "Social Security",
    TaxCategory.MEDICARE: "Medicare",
    TaxCategory.STATE_INCOME: "State Income Tax",
    TaxCategory.LOCAL_INCOME: "Local Income Tax",
}


def income_on(form: PersonForm, day: date) -> IncomeForm:
    """The income that counts on a day; before the first one begins, that one."""
    in_order = sorted(form.incomes, key=lambda income: income.since)
    begun = [income for income in in_order if income.since <= day]
    return begun[-1] if begun else in_order[0]


def hours_of(form: PersonForm, day: date) -> float:
    """The hours that are worked on a day."""
    employed = form.start_date <= day and (form.end_date is None or day <= form.end_date)
    off = day in form.days_off or _WEEKDAYS[day.weekday()] not in form.weekdays
    return form.hours_per_day if employed and not off else 0.0


@attrs.frozen
class DescribedPay:
    """The pay calendar and the paystubs of a description."""

    form: PersonForm

    def batches(self, anchor: date) -> list[list[date]]:
        """One, one, two, and all the others, as after every login."""
        dates = self.dates(anchor, anchor - timedelta(days=self.form.history_months * 365 // 12), anchor)
        return [dates[:1], dates[1:2], dates[2:4], dates[4:]]

    def dates(self, anchor: date, after: date, until: date) -> list[date]:  # noqa: ARG002 - the calendar is fixed
        """The pay dates, newest first, of periods in which something was earned."""
        found: list[date] = []
        day = until
        while day > after:
            if self._is_pay_day(day) and any(hours_of(self.form, worked) for worked in _days(*self._period(day))):
                found.append(day)
            day -= timedelta(days=1)
        return found

    def stub(self, reading: Reading, pay_date: date, anchor: date) -> Paystub:  # noqa: ARG002 - as above
        """The paystub of a pay date."""
        first, last = self._period(pay_date)
        earnings = [*self._regular(first, last), *self._extras(pay_date)]
        gross = sum(earning.amount for earning in earnings)
        taxes = self._taxes(gross)
        deductions = self._deductions(gross - sum(tax.amount for tax in taxes))
        total_taxes = sum(tax.amount for tax in taxes)
        total_deductions = sum(line.amount or 0 for line in deductions)
        net = gross - total_taxes - total_deductions
        return Paystub(
            id=reading.chance.uuid(),
            created_at=reading.at,
            account_id=reading.account_id,
            pay_date=pay_date,
            pay_period_start=first,
            pay_period_end=last,
            currency=Currency.USD,
            gross_pay_amount=gross,
            net_pay_amount=net,
            check_amount=net,
            total_taxes=total_taxes,
            total_deductions=total_deductions,
            total_reimbursements=0,
            employer_name=self.form.employer,
            taxes=taxes,
            deductions=deductions,
            earnings=earnings,
            time_off=[],
            document=Document(id=reading.chance.uuid()),
        )

    def _is_pay_day(self, day: date) -> bool:
        frequency = self.form.pay_frequency
        if frequency in {"weekly", "bi-weekly"}:
            return (day - _FRIDAY).days % (7 if frequency == "weekly" else 14) == 0
        last = day.day == calendar.monthrange(day.year, day.month)[1]
        return last or (frequency == "semi-monthly" and day.day == 15)

    def _period(self, pay_date: date) -> tuple[date, date]:
        """The days that a pay date pays for: those since the period before, up to some days ago."""
        before = pay_date - timedelta(days=1)
        while not self._is_pay_day(before):
            before -= timedelta(days=1)
        return before - _DELAY + timedelta(days=1), pay_date - _DELAY

    def _regular(self, first: date, last: date) -> Iterator[Earning]:
        """A line for each income that counted in the period."""
        worked: dict[date, float] = {day: hours_of(self.form, day) for day in _days(first, last)}
        whole = sum(1 for day in worked if worked[day] > 0)
        for income in sorted(self.form.incomes, key=lambda income: income.since):
            days = [day for day in worked if worked[day] > 0 and income_on(self.form, day) is income]
            if not days:
                continue
            if income.unit == "hourly":
                # Each shift is rounded by itself, so that shifts and paystub are worth the same.
                amount = sum(round(income.amount * worked[day]) for day in days)
                yield Earning(
                    name="Regular",
                    category=EarningCategory.HOURLY,
                    amount=amount,
                    rate=income.amount,
                    hours=sum(worked[day] for day in days),
                )
            else:
                share = income.amount * len(days) // (_PER_YEAR[self.form.pay_frequency] * whole)
                yield Earning(name="Salary", category=EarningCategory.SALARY, amount=share)

    def _extras(self, pay_date: date) -> Iterator[Earning]:
        before = pay_date - timedelta(days=1)
        while not self._is_pay_day(before):
            before -= timedelta(days=1)
        for extra in self.form.extras:
            if before < extra.date <= pay_date:
                yield Earning(name=extra.name, category=EarningCategory(extra.category), amount=extra.amount)

    def _taxes(self, gross: int) -> list[Tax]:
        return [
            Tax(name=name, category=category, amount=round(gross * getattr(self.form.taxes, category.value) / 100))
            for category, name in _TAX_NAMES.items()
        ]

    def _deductions(self, left: int) -> list[Deduction]:
        """What is taken off; never more than there is."""
        lines: list[Deduction] = []
        for wanted in self.form.deductions:
            amount = max(0, min(wanted.amount, left))
            left -= amount
            lines.append(
                Deduction(
                    name=wanted.name,
                    category=DeductionCategory(wanted.category),
                    amount=amount,
                    type=DeductionType(wanted.type),
                )
            )
        return lines


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
