"""The published user names of the sandbox, and what logging in with each leads to."""

from collections.abc import Mapping

from pinwheel_sandbox.link_page.state import Failure
from pinwheel_sandbox.people.directory import person

# Some platforms know their users by number.
_ALIASES: Mapping[str, str] = {"12345678": "user_good", "123456789": "user_good"}

_EFFECTS: Mapping[str, str] = {"user_mfa": "mfa", "user_error": "error", "user_pending": "pending"}

_OUTCOMES: Mapping[str, Failure] = {
    "error": Failure(type="systemError", code="systemError", message="The job ended with an error."),
    "pending": Failure(
        type="systemError",
        code="systemError",
        message="The job could not be finished yet and is tried again.",
        pending=True,
    ),
}


def known(username: str) -> bool:
    """Whether anybody is called that."""
    return person(username) is not None or effect(username) != "good"


def account_name(username: str) -> str:
    """Whose data an account gets: the users who are there for an effect have that of user_good."""
    return username if person(username) is not None else "user_good"


def canonical(username: str) -> str:
    """The name that a user is known by everywhere else."""
    return _ALIASES.get(username, username)


def effect(username: str) -> str:
    """good, mfa, error or pending."""
    return _EFFECTS.get(username.partition("@")[0], "good")


def outcome(of: str) -> Failure:
    """What Link tells when the effect is error or pending."""
    return _OUTCOMES[of]
