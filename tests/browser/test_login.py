"""Logging in: wrong credentials, the second factor, users whose jobs fail, tokens that open nothing."""

from datetime import timedelta

import pytest
from pinwheel_api import Allocation, AllocationTarget

from .test_income import employer_of
from .user import User


@pytest.fixture
def at_login(user: User) -> User:
    acme = employer_of(user, "Acme Corporation")
    user.open(user.token(employer_id=acme.id, skip_intro_screen=True))
    user.sees("login")
    return user


def test_wrong_credentials_can_be_corrected(at_login: User) -> None:
    user = at_login
    user.logs_in(password="wrong")
    user.link.get_by_text("Username or password is wrong.").wait_for()
    user.shoots("login-wrong")
    assert user.link.locator("#password").input_value() == ""
    expected = {"type": "invalidUserInput", "code": "invalidCredentials", "pendingRetry": False}
    assert expected.items() <= user.got("onError")[0].items()
    user.logs_in()
    user.sees("success")
    user.shoots("success")
    assert [name for name, _ in user.events].count("login_attempt") == 1


def test_empty_fields_are_pointed_at(at_login: User) -> None:
    at_login.goes_on()
    at_login.link.get_by_text("Please fill this in.").first.wait_for()
    assert at_login.got("onError") == []


def test_the_second_factor(at_login: User) -> None:
    user = at_login
    user.logs_in("user_mfa")
    user.sees("mfa")
    user.shoots("mfa")
    user.link.locator("#code").fill("000000")
    user.goes_on()
    user.link.get_by_text("This code is wrong.").wait_for()
    assert user.got("onError")[0]["code"] == "challengeAnswerIncorrect"
    user.link.locator("#code").fill("mfa_code")
    user.goes_on()
    user.sees("success")


@pytest.mark.parametrize("username", ["user_error", "user_pending"])
def test_what_is_only_read_goes_on_in_the_background(at_login: User, username: str) -> None:
    user = at_login
    user.logs_in(username)
    user.sees("processing")
    user.shoots("processing")
    user.sees("success")
    assert user.got("onSuccess")[0]["job"] == "login"
    outcomes = {str(job.outcome) for job in user.sandbox.client().jobs.list() if job.name == "income"}
    assert outcomes == {username.removeprefix("user_")}


def test_a_used_token(user: User) -> None:
    token = user.token()
    user.sandbox.login(token)
    user.open(token)
    user.sees("fatal")
    user.shoots("token-used")
    error = user.got("onError")[0]
    assert (error["type"], error["code"]) == ("invalidLinkToken", "usedLinkToken")
    user.goes_on()
    user.is_back()
    assert user.got("onExit") == [error]


def test_a_token_used_while_link_was_open(at_login: User) -> None:
    token = at_login.token(employer_id=employer_of(at_login, "Acme Corporation").id)
    at_login.open(token)
    at_login.goes_on()
    at_login.sandbox.login(token)
    at_login.logs_in()
    at_login.sees("fatal")
    assert at_login.got("onError")[0]["code"] == "usedLinkToken"


def test_an_expired_token(user: User) -> None:
    token = user.token()
    user.sandbox.clock.advance(timedelta(hours=1, seconds=1))
    user.open(token)
    user.sees("fatal")
    assert user.got("onError")[0]["type"] == "invalidLinkToken"


def test_a_forged_token(user: User) -> None:
    head, _, _ = user.token().rpartition(".")
    user.open(f"{head}.AAAA")
    user.sees("fatal")
    assert user.got("onError")[0]["code"] == "invalidLinkTokenSignature"


HOSTILE = "<img src=x onerror=alert(1)>\"'><b>&amp;{org}"


def test_names_are_never_markup(user: User) -> None:
    """Whatever a customer, a user or a file is called is shown as it is."""
    targets = [{**_ACCOUNT, "name": HOSTILE[:30]}, {**_ACCOUNT, "name": "Other"}]
    user.open(
        user.switch_token(
            org_name=HOSTILE[:30],
            skip_intro_screen=True,
            document_uploads="fallback",
            deposit_forms="fallback",
            allocation=Allocation(targets=[AllocationTarget(**target) for target in targets]),
        )
    )
    user.sees("search")
    user.clicks("Upload documents instead")
    user.link.locator("#file").set_input_files(
        [{"name": f"{HOSTILE}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}]
    )
    user.link.get_by_text(f"{HOSTILE}.pdf").wait_for()
    user.clicks("Back")
    user.clicks("Get a direct deposit form")
    user.sees("deposit_form").get_by_text(HOSTILE[:30]).wait_for()
    for key in ("full_name", "employer_name", "street", "city", "state", "zip"):
        user.link.locator(f"#{key}").fill(HOSTILE)
    user.goes_on()
    user.sees("form_ready")
    assert user.link.locator("img, b:not(.hint b)").count() == 0


_ACCOUNT = {"type": "checking", "routing_number": "110000000", "account_number": "000123456789"}


def test_what_was_typed_is_never_markup(user: User) -> None:
    user.open(user.token(skip_intro_screen=True, org_name="<b>Bank</b>"))
    user.sees("search")
    user.link.locator("#query").fill("<img src=x onerror=alert(1)>")
    user.link.get_by_text("Nothing found").wait_for()
    assert user.link.locator("img, b").count() == 0
