"""Ash Userton, whom user_good logs in as: the values that Pinwheel's sandbox was recorded to give.

The employer is Acme Corporation whichever was picked in Link, as it is there. Where the recordings show nothing (the
employer's address, the bank accounts), the values are ours.
"""

from datetime import date

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
    PhoneType,
)

from pinwheel_sandbox.people.context import Reading


def identity(reading: Reading) -> Identity:
    """Who it is."""
    return Identity(
        id=reading.chance.uuid(),
        created_at=reading.at,
        updated_at=reading.at,
        account_id=reading.account_id,
        full_name="Ash Userton",
        emails=["user_good@example.com"],
        date_of_birth=date(1993, 8, 28),
        last_four_ssn="1234",
        address=_address("20429 Pinwheel Drive"),
        phone_numbers=[PhoneNumber(value="+12345556789")],
    )


def employment(reading: Reading) -> Employment:
    """Where she works."""
    return Employment(
        id=reading.chance.uuid(),
        created_at=reading.at,
        updated_at=reading.at,
        account_id=reading.account_id,
        status=EmploymentStatus.EMPLOYED,
        start_date=date(2010, 1, 1),
        employer_name="Acme Corporation",
        employer_address=_address("1 Acme Plaza"),
        employer_phone_number=PhoneNumber(value="+16126597057", type=PhoneType.WORK),
    )


def income(reading: Reading) -> Income:
    """What she earns: 10.00 dollars an hour, paid every other week."""
    return Income(
        id=reading.chance.uuid(),
        created_at=reading.at,
        updated_at=reading.at,
        account_id=reading.account_id,
        compensation_amount=1000,
        compensation_unit=CompensationUnit.HOURLY,
        currency=Currency.USD,
        pay_frequency=PayFrequency.BI_WEEKLY,
    )


def allocations(reading: Reading) -> DirectDepositAllocations:
    """Where her pay goes: 50 dollars to savings, the rest to checking."""
    return DirectDepositAllocations(
        id=reading.chance.uuid(),
        account_id=reading.account_id,
        created_at=reading.at,
        updated_at=reading.at,
        allocations=[
            DirectDepositAllocation(
                account_name="Rainy days",
                account_type=DepositAccountType.SAVINGS,
                allocation_type=AllocationType.AMOUNT,
                amount=5000,
                bank_name="Bank of Fernmoor",
                currency=Currency.USD,
                masked_account_number="4471",
                priority=1,
                routing_number="110000000",
            ),
            DirectDepositAllocation(
                account_name="Everyday",
                account_type=DepositAccountType.CHECKING,
                allocation_type=AllocationType.REMAINDER,
                bank_name="Bank of Fernmoor",
                currency=Currency.USD,
                masked_account_number="8120",
                priority=2,
                routing_number="110000000",
            ),
        ],
    )


def _address(street: str) -> Address:
    return Address(
        raw=f"{street}, New York City, NY 99999, US",
        line1=street,
        city="New York City",
        state="NY",
        postal_code="99999",
        country=Country.US,
    )
