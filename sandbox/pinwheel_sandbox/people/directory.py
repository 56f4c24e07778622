"""The published users of the sandbox: all of them Ash Userton, with different luck."""

import attrs

from pinwheel_sandbox.people import ash_userton
from pinwheel_sandbox.people.paystubs import AshsPay
from pinwheel_sandbox.people.person import (
    CARD_ERROR,
    DEPOSIT_ERROR,
    ERROR,
    GOOD,
    MFA,
    NO_PAYSTUBS,
    PENDING,
    Person,
)
from pinwheel_sandbox.people.shifts import AshsWork

_ASH = Person(
    identity=ash_userton.identity,
    employment=ash_userton.employment,
    income=ash_userton.income,
    allocations=ash_userton.allocations,
    pay=AshsPay(),
    work=AshsWork(),
    ssn="123-45-1234",
)

_EFFECTS = {
    "user_good": GOOD,
    # Platforms that know their users by number take these for user_good.
    "12345678": GOOD,
    "123456789": GOOD,
    "user_mfa": MFA,
    "user_error": ERROR,
    "user_pending": PENDING,
    "user_dd_error": DEPOSIT_ERROR,
    "user_card_error": CARD_ERROR,
    "voe_and_voie_available_no_paystubs": NO_PAYSTUBS,
}

# Every user name has an e-mail address as its twin.
_PEOPLE = {
    f"{name}{ending}": attrs.evolve(_ASH, effect=effect)
    for name, effect in _EFFECTS.items()
    for ending in ("", "@example.com")
}


def person(username: str) -> Person | None:
    """The person behind a published user name."""
    return _PEOPLE.get(username)
