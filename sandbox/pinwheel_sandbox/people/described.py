"""People whom a scenario describes: their data follows from the description and the day on which it is read."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import attrs
from pinwheel_api import (
    Address,
    AllocationType,
    CompensationUnit,
    Country,
    Currency,
    DepositAccountType,
    DirectDepositAllocation,
    DirectDepositAllocations,
    Employment,
    EmploymentStatus,
    Identity,
    Income,
    PayFrequency,
    PhoneNumber,
    Shift,
    ShiftEarning,
    ShiftTimestamp,
    ShiftType,
)
from pinwheel_api import EarningCategory as Earned

from pinwheel_sandbox.people.context import Reading
from pinwheel_sandbox.people.described_pay import DescribedPay, hours_of, income_on
from pinwheel_sandbox.people.person import Person
from pinwheel_sandbox.scenarios.form import AddressForm, PersonForm

_ZONE = "America/New_York"


def described(form: PersonForm) -> Person:
    """The person that a scenario describes."""
    them = _Described(form)
    return Person(
        identity=them.identity,
        employment=them.employment,
        income=them.income,
        allocations=them.allocations,
        pay=DescribedPay(form),
        work=DescribedWork(form),
        ssn=form.ssn,
        effect=form.effect,
    )


@attrs.frozen
class DescribedWork:
    """Shifts on the weekdays that the description names, while employed."""

    form: PersonForm

    def works(self, day: date) -> bool:
        """Whether there is a shift on a day."""
        return hours_of(self.form, day) > 0

    def shift(self, reading: Reading, day: date) -> Shift:
        """The shift of a day: from nine o'clock on, paid by the hour where the income is."""
        income = income_on(self.form, day)
        hours = hours_of(self.form, day)
        rate = income.amount if income.unit == "hourly" else None
        zone = ZoneInfo(_ZONE)
        begin = datetime.combine(day, time(9 if hours <= 15 else 0), zone)
        return Shift(
            id=reading.chance.uuid(),
            created_at=reading.at,
            account_id=reading.account_id,
            start_date=day,
            end_date=day,
            type=ShiftType.SHIFT,
            timezone=_ZONE,
            timestamps=[ShiftTimestamp(from_=begin, to=min(begin + timedelta(hours=hours), _last(day, zone)))],
            currency=Currency.USD,
            earnings=[
                ShiftEarning(
                    name="Regular",
                    category=Earned.HOURLY if rate is not None else Earned.SALARY,
                    amount=round(rate * hours) if rate is not None else None,
                    rate=rate,
                    hours=hours,
                )
            ],
        )


def _last(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 59, 59), zone)


@attrs.frozen
class _Described:
    form: PersonForm

    def identity(self, reading: Reading) -> Identity:
        """Who it is."""
        form = self.form
        return Identity(
            id=reading.chance.uuid(),
            created_at=reading.at,
            updated_at=reading.at,
            account_id=reading.account_id,
            full_name=form.full_name,
            emails=[form.email or f"{form.username.partition('@')[0]}@example.com"],
            date_of_birth=form.date_of_birth,
            last_four_ssn=form.ssn[-4:],
            address=_address(form.address),
            phone_numbers=[PhoneNumber(value=form.phone)],
        )

    def employment(self, reading: Reading) -> Employment:
        """Where they work, or worked."""
        form = self.form
        left = form.end_date is not None and form.end_date < reading.today
        return Employment(
            id=reading.chance.uuid(),
            created_at=reading.at,
            updated_at=reading.at,
            account_id=reading.account_id,
            status=EmploymentStatus.TERMINATED if left else EmploymentStatus(form.status),
            start_date=form.start_date,
            termination_date=form.end_date if left else None,
            employer_name=form.employer,
            employer_address=_address(AddressForm(street="1 Acme Plaza")),
            title=form.title,
        )

    def income(self, reading: Reading) -> Income:
        """What they earn on the day of the reading."""
        income = income_on(self.form, reading.today)
        return Income(
            id=reading.chance.uuid(),
            created_at=reading.at,
            updated_at=reading.at,
            account_id=reading.account_id,
            compensation_amount=income.amount,
            compensation_unit=CompensationUnit(income.unit),
            currency=Currency.USD,
            pay_frequency=PayFrequency(self.form.pay_frequency),
        )

    def allocations(self, reading: Reading) -> DirectDepositAllocations:
        """Where the pay goes: all of it to one account."""
        return DirectDepositAllocations(
            id=reading.chance.uuid(),
            account_id=reading.account_id,
            created_at=reading.at,
            updated_at=reading.at,
            allocations=[
                DirectDepositAllocation(
                    account_name="Everyday",
                    account_type=DepositAccountType.CHECKING,
                    allocation_type=AllocationType.REMAINDER,
                    bank_name="Bank of Fernmoor",
                    currency=Currency.USD,
                    masked_account_number="8120",
                    priority=1,
                    routing_number="110000000",
                )
            ],
        )


def _address(form: AddressForm) -> Address:
    return Address(
        raw=f"{form.street}, {form.city}, {form.state} {form.postal_code}, US",
        line1=form.street,
        city=form.city,
        state=form.state,
        postal_code=form.postal_code,
        country=Country.US,
    )
