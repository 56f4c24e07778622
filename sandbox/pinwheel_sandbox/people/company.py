"""The employees of an invented company, and what a payroll platform tells about them.

Everything follows from the connection's id, so that a company is the same whenever and wherever it is read.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import attrs
from pinwheel_api import (
    Address,
    CompanyEmployee,
    CompanyEmployment,
    CompanyIncome,
    CompanyPaystub,
    CompensationUnit,
    Country,
    Currency,
    EmploymentStatus,
    EmploymentType,
    PayFrequency,
    PhoneNumber,
    PhoneType,
)

from pinwheel_sandbox.records import changed

SIZE = 30
_STUBS = 8
_FIRST = ("Ash", "Blair", "Casey", "Devon", "Emery", "Finley", "Gray", "Harper", "Indigo", "Jules", "Kit", "Lane")
_LAST = ("Alderfen", "Birchwater", "Cobbleby", "Dunmarrow", "Elderglen", "Fernhollow", "Gorseby", "Hazelmere")
_JOBS = (
    ("Accountant", "Finance", CompensationUnit.ANNUALLY, 6_800_000),
    ("Analyst", "Operations", CompensationUnit.ANNUALLY, 7_150_000),
    ("Clerk", "Stores", CompensationUnit.HOURLY, 1850),
    ("Driver", "Logistics", CompensationUnit.HOURLY, 2200),
    ("Engineer", "Product", CompensationUnit.ANNUALLY, 9_900_000),
)
_HOURS = 80


@attrs.frozen(kw_only=True)
class Member:
    """All that is told about one employee."""

    number: str
    employee: CompanyEmployee
    employment: CompanyEmployment
    income: CompanyIncome
    paystubs: list[CompanyPaystub]
    """Newest first."""


def members(connection_id: str, company_name: str, at: datetime) -> Iterator[Member]:
    """The employees of a company, as they are read at a moment."""
    dice = random.Random(connection_id)  # noqa: S311 - invents people, guards nothing
    for place in range(SIZE):
        number = f"E{1001 + place}"
        first, last = dice.choice(_FIRST), dice.choice(_LAST)
        title, department, unit, pay = dice.choice(_JOBS)
        start = date(2012, 1, 2) + timedelta(days=dice.randrange(4000))
        left = place % 10 == 9
        yield Member(
            number=number,
            employee=_employee(dice, number, first, last, at),
            employment=CompanyEmployment(
                created_at=at,
                employee_external_id=number,
                status=EmploymentStatus.TERMINATED if left else EmploymentStatus.EMPLOYED,
                employment_type=EmploymentType.FULL_TIME,
                start_date=start,
                termination_date=at.date() - timedelta(days=200) if left else None,
                employer_name=company_name,
                title=title,
                department=department,
                manager_external_id="E1001" if place else None,
                employer_address=_address(1),
            ),
            income=CompanyIncome(
                created_at=at,
                employee_external_id=number,
                compensation_amount=pay,
                compensation_unit=unit,
                currency=Currency.USD,
                pay_frequency=PayFrequency.BI_WEEKLY,
            ),
            paystubs=_paystubs(
                connection_id, number, company_name, at, gross=_gross(unit, pay), gap=210 if left else 0
            ),
        )


def _employee(dice: random.Random, number: str, first: str, last: str, at: datetime) -> CompanyEmployee:
    return CompanyEmployee(
        created_at=at,
        employee_external_id=number,
        date_of_birth=date(1960, 1, 1) + timedelta(days=dice.randrange(16_000)),
        emails=[f"{first}.{last}.{number}@example.com".lower()],
        first_name=first,
        middle_name=None,
        last_name=last,
        full_name=f"{first} {last}",
        last_four_ssn=f"{dice.randrange(10_000):04}",
        address=_address(dice.randrange(10, 20_000)),
        phone_numbers=[PhoneNumber(value=f"+1202555{dice.randrange(100, 200):04}", type=PhoneType.MOBILE)],
    )


def _gross(unit: CompensationUnit, pay: int) -> int:
    return pay // 26 if unit == CompensationUnit.ANNUALLY else pay * _HOURS


def _paystubs(
    connection_id: str, number: str, company_name: str, at: datetime, *, gross: int, gap: int
) -> list[CompanyPaystub]:
    taxes, deductions = gross * 22 // 100, gross * 3 // 100
    net = gross - taxes - deductions
    dates = [at.date() - timedelta(days=gap + 14 * place) for place in range(_STUBS)]
    stubs = [
        CompanyPaystub(
            created_at=at,
            employee_external_id=number,
            pay_date=day,
            pay_period_start=day - timedelta(days=18),
            pay_period_end=day - timedelta(days=5),
            currency=Currency.USD,
            gross_pay_amount=gross,
            net_pay_amount=net,
            check_amount=net,
            total_taxes=taxes,
            total_deductions=deductions,
            total_reimbursements=0,
            employer_name=company_name,
            id=str(uuid.uuid5(uuid.UUID(connection_id), f"{number} {day}")),
        )
        for day in dates
    ]
    # Year-to-date amounts run over the stubs that there are.
    return [
        changed(
            stub,
            gross_pay_ytd=sum(s.gross_pay_amount for s in stubs if _counts(s, stub)),
            net_pay_ytd=sum(s.net_pay_amount for s in stubs if _counts(s, stub)),
        )
        for stub in stubs
    ]


def _counts(earlier: CompanyPaystub, stub: CompanyPaystub) -> bool:
    return earlier.pay_date <= stub.pay_date and earlier.pay_date.year == stub.pay_date.year


def _address(number: int) -> Address:
    street = f"{number} Foundry Lane"
    return Address(
        raw=f"{street}, Fernmoor, NY 99998, US",
        line1=street,
        city="Fernmoor",
        state="NY",
        postal_code="99998",
        country=Country.US,
    )
