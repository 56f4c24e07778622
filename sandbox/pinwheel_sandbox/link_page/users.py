"""What becomes of a job that a user sets off in Link, by who the user is."""

from pinwheel_sandbox.link_page.state import Failure
from pinwheel_sandbox.people.person import CARD_ERROR, DEPOSIT_ERROR, ERROR, PENDING

# The jobs besides those that fail for somebody whatever they do.
_FAILING = {DEPOSIT_ERROR: "direct_deposit_switch", CARD_ERROR: "card_switch"}

_FAILED = Failure(type="systemError", code="systemError", message="The job ended with an error.")
_HUNG = Failure(
    type="systemError",
    code="systemError",
    message="The job could not be finished yet and is tried again.",
    pending=True,
)

# Some platforms know their users by number.
_NUMBERS = frozenset({"12345678", "123456789"})


def canonical(username: str) -> str:
    """The name that a user is known by everywhere else."""
    return "user_good" if username in _NUMBERS else username


def failure(effect: str, job: str) -> Failure | None:
    """What Link tells when a job of this user fails or hangs; nothing when it succeeds."""
    if effect == PENDING:
        return _HUNG
    return _FAILED if effect == ERROR or _FAILING.get(effect) == job else None
