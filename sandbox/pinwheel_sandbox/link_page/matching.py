"""Platform matching: who a user is, by the personal data that a Link token carries."""

from pinwheel_api import PlatformMatching
from sqlalchemy.orm import Session

from pinwheel_sandbox.people.finding import find_person

# The published user is known by these: the numbers that the sandbox's logins take, and those of the sample data.
_NUMBERS = frozenset({"123456789", "123451234"})
_LAST_FOUR = "1234"
_PHONE = "2345556789"


def who_matches(session: Session, matching: PlatformMatching) -> str | None:
    """The user name of the person, or nobody; an e-mail address can be that of any user."""
    email = matching.email or ""
    if email and find_person(session, email) is not None:
        return email
    known = (
        matching.social_security_number in _NUMBERS
        or matching.social_security_number_last_four == _LAST_FOUR
        or matching.mobile_phone_number == _PHONE
    )
    return "user_good" if known else None
