"""Errors of jobs: what ``error_type`` and ``error_code`` of a job or a webhook mean, and who can do something about it.

They are not API errors (whose codes are UPPER_SNAKE): a job error says why reading or changing a payroll account
failed. The codes themselves are the generated enums ``JobErrorCode`` and ``JobErrorType``; here stands what helps.
"""

from enum import StrEnum

__all__ = ["Remedy", "can_user_mend", "remedy"]


class Remedy(StrEnum):
    """Who can do something about a job error, and when."""

    USER_NOW = "user_now"
    """The user, in the same Link session."""
    USER_THEN_NEW_SESSION = "user_then_new_session"
    """The user, at the provider; then start a new Link session."""
    LATER = "later"
    """Nobody; try again later."""
    NONE = "none"
    """Nobody; trying again will not help."""
    UNKNOWN = "unknown"
    """Not documented."""


_BY_CODE = {
    "accountLocked": Remedy.USER_THEN_NEW_SESSION,
    "accountNotActive": Remedy.NONE,
    "challengeAnswerIncorrect": Remedy.USER_NOW,
    "changePasswordRequired": Remedy.USER_THEN_NEW_SESSION,
    "changesTemporarilyDisabled": Remedy.LATER,
    "invalidCredentials": Remedy.USER_NOW,
    "maxAccounts": Remedy.USER_THEN_NEW_SESSION,
    "platformError": Remedy.LATER,
    "systemError": Remedy.LATER,
}
# A code that is not documented can still be judged by its type.
_BY_TYPE = {
    "invalidUserInput": Remedy.USER_NOW,
    "userActionRequired": Remedy.USER_THEN_NEW_SESSION,
    "platformError": Remedy.LATER,
    "systemError": Remedy.LATER,
}


def remedy(code: str | None, error_type: str | None = None) -> Remedy:
    """Return what helps against a job error.

    ``code`` decides; where nothing is documented about the code, ``error_type`` does.
    """
    by_code = _BY_CODE.get(code) if code else None
    if by_code is not None:
        return by_code
    return _BY_TYPE.get(error_type, Remedy.UNKNOWN) if error_type else Remedy.UNKNOWN


def can_user_mend(code: str | None, error_type: str | None = None) -> bool:
    """Whether the user can do something about it, now or at the provider."""
    return remedy(code, error_type) in {Remedy.USER_NOW, Remedy.USER_THEN_NEW_SESSION}
