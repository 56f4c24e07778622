"""What is said at a login: what the user gives, and what comes of it."""

import msgspec

PASSWORD = "pass_good"  # noqa: S105 - published, and the same for everyone in Pinwheel's sandbox


MFA_CODE = "mfa_code"
"""The right answer to a second factor, published too."""


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What the user types into Link, and what the user picks there."""

    username: str = "user_good"
    password: str = PASSWORD
    mfa_code: str = MFA_CODE
    employer_id: str | None = None
    platform_id: str | None = None


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """An account that was logged in to, as Link's onLogin tells it and a little more."""

    account_id: str
    platform_id: str
    platform_name: str
    link_token_id: str
    end_user_id: str | None
    employer_id: str | None


class CompanyLogin(msgspec.Struct, frozen=True, kw_only=True):
    """A company connection that somebody logged in for."""

    company_connection_id: str
    platform_id: str
    link_token_id: str
