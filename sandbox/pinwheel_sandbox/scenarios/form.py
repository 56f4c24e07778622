"""What a scenario file can say. A name that is not here is refused, so that a typing error is found."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Cents = Annotated[int, Meta(ge=0, le=10**12)]
Percent = Annotated[float, Meta(ge=0, le=100)]
Frequency = Literal["weekly", "bi-weekly", "semi-monthly", "monthly"]
Effect = Literal["good", "mfa", "error", "pending", "deposit_error", "card_error", "no_paystubs"]


class _Form(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """What all parts have in common."""


class AddressForm(_Form, frozen=True):
    """An address in the United States."""

    street: str = "1 Foundry Lane"
    city: str = "Fernmoor"
    state: str = "NY"
    postal_code: str = "99998"


class IncomeForm(_Form, frozen=True):
    """What is earned from a day on, until the next one begins."""

    amount: Cents
    unit: Literal["hourly", "annually"] = "hourly"
    since: date = date.min


class DeductionForm(_Form, frozen=True):
    """What is taken off each paystub."""

    name: str
    amount: Cents
    category: str = "other"
    type: Literal["pre_tax", "post_tax", "unknown"] = "unknown"


class ExtraForm(_Form, frozen=True):
    """A one-time earning: it is on the first paystub on or after its date."""

    date: date
    amount: Cents
    name: str = "Bonus"
    category: str = "bonus"


class TaxesForm(_Form, frozen=True):
    """Taxes in percent of the gross pay."""

    federal_income: Percent = 10.0
    social_security: Percent = 6.2
    medicare: Percent = 1.45
    state_income: Percent = 4.0
    local_income: Percent = 0.0


class PersonForm(_Form, frozen=True):
    """Someone who can log in."""

    username: Annotated[str, Meta(min_length=1, max_length=200)]
    full_name: Annotated[str, Meta(min_length=1)]
    incomes: Annotated[list[IncomeForm], Meta(min_length=1)]
    email: str | None = None
    date_of_birth: date = date(1990, 5, 17)
    ssn: Annotated[str, Meta(pattern=r"^[0-9]{3}-?[0-9]{2}-?[0-9]{4}$")] = "900-00-4321"
    phone: str = "+12025550123"
    address: AddressForm = AddressForm()
    employer: str = "Acme Corporation"
    title: str | None = None
    status: Literal["employed", "furloughed"] = "employed"
    start_date: date = date(2020, 1, 6)
    end_date: date | None = None
    """The last day of work; from the day after it the status is terminated."""
    pay_frequency: Frequency = "bi-weekly"
    hours_per_day: Annotated[float, Meta(gt=0, le=24)] = 8.0
    weekdays: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ("mon", "tue", "wed", "thu", "fri")
    """On which days there is a shift."""
    days_off: list[date] = []
    taxes: TaxesForm = TaxesForm()
    deductions: list[DeductionForm] = []
    extras: list[ExtraForm] = []
    history_months: Annotated[int, Meta(ge=0, le=60)] = 15
    """How far back the paystubs go at a login."""
    effect: Effect = "good"


class AccountForm(_Form, frozen=True):
    """An account that is connected already."""

    username: str
    end_user_id: Annotated[str, Meta(min_length=1, max_length=255)]
    employer: str | None = None
    """Name of an employer in the catalogue."""
    features: tuple[str, ...] = ("paystubs",)
    tags: dict[str, str] = {}


class DocumentForm(_Form, frozen=True):
    """A document that was handed in."""

    end_user_id: Annotated[str, Meta(min_length=1, max_length=255)]
    type: str
    fraud_suspected: bool = False


class Scenario(_Form, frozen=True):
    """A whole file."""

    people: list[PersonForm] = []
    accounts: list[AccountForm] = []
    documents: list[DocumentForm] = []
