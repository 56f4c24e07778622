import pytest
from pinwheel_api import JobErrorCode, JobErrorType
from pinwheel_overlays.job_errors import _BY_CODE, _BY_TYPE, Remedy, can_user_mend, remedy


@pytest.mark.parametrize(
    ("code", "what", "mends"),
    [
        ("systemError", Remedy.LATER, False),
        ("accountLocked", Remedy.USER_THEN_NEW_SESSION, True),
        ("changePasswordRequired", Remedy.USER_THEN_NEW_SESSION, True),
        ("accountNotActive", Remedy.NONE, False),
        ("changesTemporarilyDisabled", Remedy.LATER, False),
        ("maxAccounts", Remedy.USER_THEN_NEW_SESSION, True),
        ("challengeAnswerIncorrect", Remedy.USER_NOW, True),
        ("invalidCredentials", Remedy.USER_NOW, True),
        ("platformError", Remedy.LATER, False),
        ("sessionTimeout", Remedy.UNKNOWN, False),
        ("brandNew", Remedy.UNKNOWN, False),
        (None, Remedy.UNKNOWN, False),
    ],
)
def test_what_helps(code: str | None, what: Remedy, mends: bool) -> None:
    assert remedy(code) is what
    assert can_user_mend(code) is mends


def test_the_type_decides_where_the_code_says_nothing() -> None:
    assert remedy("brandNew", "userActionRequired") is Remedy.USER_THEN_NEW_SESSION
    assert remedy("dataNotAvailable", "platformError") is Remedy.LATER
    assert remedy(None, "invalidUserInput") is Remedy.USER_NOW
    assert remedy("brandNew", "brandNewType") is Remedy.UNKNOWN
    assert remedy("accountNotActive", "userActionRequired") is Remedy.NONE


def test_members_are_accepted_as_well_as_strings() -> None:
    assert can_user_mend(JobErrorCode.INVALID_CREDENTIALS, JobErrorType.INVALID_USER_INPUT)


def test_job_codes_are_open() -> None:
    assert JobErrorCode("new") == "new"
    assert JobErrorType("new") == "new"


def test_what_is_judged_is_what_the_spec_lists() -> None:
    assert set(_BY_CODE) <= {str(code) for code in JobErrorCode}
    assert set(_BY_TYPE) <= {str(kind) for kind in JobErrorType}
