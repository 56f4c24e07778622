"""Errors of jobs: what ``error_type`` and ``error_code`` of a job or a webhook mean, and who can do something about it.

They are not API errors (whose codes are UPPER_SNAKE): a job error says why reading or changing a payroll account
failed.
"""

from enum import StrEnum

from .enums import OpenEnum

__all__ = ["JobErrorCode", "JobErrorType", "Remedy", "can_user_mend", "remedy"]


class JobErrorType(OpenEnum):
    """Kinds of job errors; Pinwheel may add more."""

    INVALID_ACCOUNTS_CONFIGURATION = "invalidAccountsConfiguration"
    INVALID_USER_INPUT = "invalidUserInput"
    PLATFORM_ERROR = "platformError"
    SYSTEM_ERROR = "systemError"
    USER_ACTION_REQUIRED = "userActionRequired"


class JobErrorCode(OpenEnum):
    """Job errors; Pinwheel may add more."""

    ACCOUNT_LOCKED = "accountLocked"
    """The payroll account is locked; the employer's HR must open it."""
    ACCOUNT_NOT_ACTIVE = "accountNotActive"
    """The account is inactive, for example after leaving the employer."""
    CHALLENGE_ANSWER_INCORRECT = "challengeAnswerIncorrect"
    """A security question or code was answered wrongly."""
    CHANGE_PASSWORD_REQUIRED = "changePasswordRequired"  # noqa: S105 - a code, no password
    """The provider wants a new password first."""
    CHANGES_TEMPORARILY_DISABLED = "changesTemporarilyDisabled"
    """An earlier change is still pending at the provider."""
    DATA_NOT_AVAILABLE = "dataNotAvailable"
    """The platform has no such data for this account."""
    DIRECT_DEPOSIT_VALIDATION_FAILED = "directDepositValidationFailed"
    """Seen, not documented."""
    INVALID_CREDENTIALS = "invalidCredentials"
    """Wrong user name or password."""
    MAX_ACCOUNTS = "maxAccounts"
    """The provider allows no further deposit account."""
    PLATFORM_ERROR = "platformError"
    """The payroll platform failed."""
    SESSION_TIMEOUT = "sessionTimeout"
    """Seen, not documented."""
    SYSTEM_ERROR = "systemError"
    """Pinwheel's integration failed."""


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
    JobErrorCode.ACCOUNT_LOCKED: Remedy.USER_THEN_NEW_SESSION,
    JobErrorCode.ACCOUNT_NOT_ACTIVE: Remedy.NONE,
    JobErrorCode.CHALLENGE_ANSWER_INCORRECT: Remedy.USER_NOW,
    JobErrorCode.CHANGE_PASSWORD_REQUIRED: Remedy.USER_THEN_NEW_SESSION,
    JobErrorCode.CHANGES_TEMPORARILY_DISABLED: Remedy.LATER,
    JobErrorCode.INVALID_CREDENTIALS: Remedy.USER_NOW,
    JobErrorCode.MAX_ACCOUNTS: Remedy.USER_THEN_NEW_SESSION,
    JobErrorCode.PLATFORM_ERROR: Remedy.LATER,
    JobErrorCode.SYSTEM_ERROR: Remedy.LATER,
}
# A code that is not documented can still be judged by its type.
_BY_TYPE = {
    JobErrorType.INVALID_USER_INPUT: Remedy.USER_NOW,
    JobErrorType.USER_ACTION_REQUIRED: Remedy.USER_THEN_NEW_SESSION,
    JobErrorType.PLATFORM_ERROR: Remedy.LATER,
    JobErrorType.SYSTEM_ERROR: Remedy.LATER,
}


def remedy(code: str | None, error_type: str | None = None) -> Remedy:
    """Return what helps against a job error.

    ``code`` decides; where nothing is documented about the code, ``error_type`` does.
    """
    by_code = _BY_CODE.get(JobErrorCode(code)) if code else None
    if by_code is not None:
        return by_code
    return _BY_TYPE.get(JobErrorType(error_type), Remedy.UNKNOWN) if error_type else Remedy.UNKNOWN


def can_user_mend(code: str | None, error_type: str | None = None) -> bool:
    """Whether the user can do something about it, now or at the provider."""
    return remedy(code, error_type) in {Remedy.USER_NOW, Remedy.USER_THEN_NEW_SESSION}
