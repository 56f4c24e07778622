"""The documented test users: what comes of logging in as each."""

from datetime import timedelta
from typing import Any

import pytest
from pinwheel_sandbox import LinkError

from .asking import Asker


def login(ask: Asker, username: str, **options: Any) -> str:
    return ask.sandbox.login(ask.token(**options), username=username).account_id


def outcomes(ask: Asker, account: str) -> dict[str, tuple[str, str | None, str | None]]:
    jobs = ask("GET", "/v1/jobs", query={"account_id": account, "limit": 100}).data
    return {job["name"]: (job["outcome"], job["error_type"], job["error_code"]) for job in jobs}


@pytest.mark.parametrize("username", ["user_good", "user_good@example.com", "12345678", "123456789", "user_mfa"])
def test_these_are_ash_userton(ask: Asker, username: str) -> None:
    account = login(ask, username)
    assert ask("GET", f"/v1/accounts/{account}/identity").data["full_name"] == "Ash Userton"


def test_second_factor(ask: Asker) -> None:
    token = ask.token()
    with pytest.raises(LinkError, match="invalidUserInput/challengeAnswerIncorrect"):
        ask.sandbox.login(token, username="user_mfa", mfa_code="000000")
    assert ask.sandbox.login(token, username="user_mfa", mfa_code="mfa_code").account_id


@pytest.mark.parametrize("wrong", [{"username": "nobody"}, {"password": "pass_bad"}, {"username": ""}])
def test_wrong_credentials(ask: Asker, wrong: dict[str, str]) -> None:
    with pytest.raises(LinkError, match="invalidUserInput/invalidCredentials"):
        ask.sandbox.login(ask.token(), **wrong)
    assert ask("GET", "/v1/accounts").data == []


def test_user_error_has_no_data(ask: Asker) -> None:
    account = login(ask, "user_error")
    found = outcomes(ask, account)
    assert set(found) == {"identity", "income", "employment", "paystubs", "shifts"}
    assert set(found.values()) == {("error", "systemError", "systemError")}
    assert ask("GET", f"/v1/accounts/{account}/income").status == 404
    assert ask("GET", f"/v1/accounts/{account}/paystubs").data == []


def test_user_pending_fails_after_a_minute(ask: Asker) -> None:
    account = login(ask, "user_pending")
    assert set(outcomes(ask, account).values()) == {("pending", None, None)}
    before = {job["id"] for job in ask("GET", "/v1/jobs").data}
    ask.sandbox.clock.advance(timedelta(seconds=59))
    assert set(outcomes(ask, account).values()) == {("pending", None, None)}
    assert ask("GET", "/v1/jobs", query={"outcome": "error"}).data == []
    ask.sandbox.clock.advance(timedelta(seconds=1))
    assert set(outcomes(ask, account).values()) == {("error", "systemError", "systemError")}
    assert ask("GET", "/v1/jobs", query={"outcome": "pending"}).data == []
    assert {job["id"] for job in ask("GET", "/v1/jobs").data} == before


SWITCH: dict[str, Any] = {
    "solution": "Deposit Switch",
    "features": ["direct_deposit_switch"],
    "allocation": {"targets": [{"name": "New", "account_number": "123456789"}]},
}


@pytest.mark.parametrize("username", ["user_error", "user_dd_error"])
def test_switch_that_fails_leaves_the_allocations(ask: Asker, username: str) -> None:
    account = login(ask, username, **SWITCH)
    found = outcomes(ask, account)
    assert found["direct_deposit_switch"] == ("error", "systemError", "systemError")
    assert found["income"][0] == "success"
    lines = ask("GET", f"/v1/accounts/{account}/direct_deposit_allocations").data["allocations"]
    assert [line["account_name"] for line in lines] == ["Rainy days", "Everyday"]


def test_pending_switch_fails_after_a_minute(ask: Asker) -> None:
    account = login(ask, "user_pending", **SWITCH)
    assert outcomes(ask, account)["direct_deposit_switch"][0] == "pending"
    ask.sandbox.clock.advance(timedelta(seconds=60))
    assert outcomes(ask, account)["direct_deposit_switch"][0] == "error"


def test_reports_without_any_paystub(ask: Asker) -> None:
    account = login(ask, "voe_and_voie_available_no_paystubs")
    assert outcomes(ask, account)["paystubs"] == ("error", "platformError", "dataNotAvailable")
    reports = "/v1/end_users/user_1/verification_reports"
    assert ask("GET", f"{reports}/voe").data["employments"][0]["most_recent_pay_date"] is None
    income = ask("GET", f"{reports}/voie").data["employments"][0]["income"]
    assert (income["paystubs"], income["annual_incomes"]) == ([], [])


def test_one_end_user_has_twenty_five_accounts_at_most(ask: Asker) -> None:
    for _ in range(25):
        ask.login()
    with pytest.raises(LinkError, match="systemError"):
        ask.login()
    assert ask.login(end_user_id="user_2").end_user_id == "user_2"
