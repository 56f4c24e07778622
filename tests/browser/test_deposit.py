"""A deposit switch: every kind of share, several accounts, fixed amounts, forms, and what it does to the account."""

from typing import Any

import pytest
from pinwheel_api import Allocation

from .test_income import employer_of
from .user import CHECKING, TWO_TARGETS, User


def through_login(user: User, username: str = "user_good", *, version: str = "3.0.0", **options: Any) -> None:
    acme = employer_of(user, "Acme Corporation")
    user.open(user.switch_token(employer_id=acme.id, skip_intro_screen=True, **options), version=version)
    user.logs_in(username)


def chooses(user: User, kind: str, value: str | None = None) -> None:
    user.sees("amount")
    user.link.locator(f"input[value={kind}]").check()
    if value is not None:
        user.link.locator("#value").fill(value)


def allocations(user: User) -> list[tuple[str | None, str, Any]]:
    client = user.sandbox.client()
    (account,) = client.end_users.accounts.list("user_1")
    lines = client.accounts.direct_deposit_allocations.get(account.id).allocations
    return [(line.account_name, str(line.allocation_type), line.amount or line.percentage) for line in lines]


def test_all_of_the_pay(user: User) -> None:
    through_login(user)
    user.sees("amount")
    user.shoots("amount")
    user.goes_on()
    user.sees("confirm")
    user.shoots("confirm")
    user.goes_on()
    user.sees("success")
    user.shoots("success-deposit")
    assert user.screens == ["LOGIN", "DD_AMOUNT_SELECTION", "DD_CONFIRMATION", "JOB_SUCCESS"]
    assert dict(user.events)["input_allocation"] == {"action": "full_switch"}
    (result,) = user.got("onSuccess")
    assert (result["job"], result["params"]) == ("direct_deposit_switch", {"action": "full_switch"})
    assert allocations(user) == [("Everyday", "remainder", None)]
    jobs = [job for job in user.sandbox.client().jobs.list() if job.name == "direct_deposit_switch"]
    assert [(job.outcome, job.params.action) for job in jobs] == [("success", "full_switch")]


@pytest.mark.parametrize(
    ("kind", "typed", "value", "stored"),
    [("amount", "250.50", 250.5, ("amount", 25050)), ("percentage", "40", 40, ("percentage", 40.0))],
)
def test_a_share(user: User, kind: str, typed: str, value: float, stored: tuple[str, Any]) -> None:
    through_login(user)
    chooses(user, kind, typed)
    user.shoots(f"amount-{kind}")
    user.goes_on()
    user.sees("confirm")
    user.goes_on()
    user.sees("success")
    target = {"accountName": "Everyday", "accountType": "checking"}
    told = {"action": "partial_switch", "allocation": {"type": kind, "value": value, "target": target}}
    assert dict(user.events)["input_allocation"] == told
    assert user.got("onSuccess")[0]["params"] == told
    assert "input_amount" not in dict(user.events)
    assert allocations(user)[0][1:] == stored


def test_the_remainder_into_the_second_account(user: User) -> None:
    through_login(user, allocation=TWO_TARGETS)
    chooses(user, "remainder")
    user.link.get_by_text("Rainy days").click()
    user.shoots("amount-targets")
    user.goes_on()
    user.sees("confirm")
    user.goes_on()
    user.sees("success")
    target = {"accountName": "Rainy days", "accountType": "savings"}
    told = {"action": "partial_switch", "allocation": {"type": "remainder", "target": target}}
    assert dict(user.events)["input_allocation"] == told
    assert allocations(user)[-1] == ("Rainy days", "remainder", None)


@pytest.mark.parametrize("typed", ["", "0", "-5", "abc", "1.234", "1e99"])
def test_amounts_that_are_none(user: User, typed: str) -> None:
    through_login(user)
    chooses(user, "amount", typed)
    user.goes_on()
    user.link.locator("[aria-invalid]").wait_for()
    assert user.link.locator("input[value=amount]").is_checked()


def test_a_fixed_amount_is_only_confirmed(user: User) -> None:
    through_login(user, allocation=Allocation(type="amount", value=900, targets=[CHECKING]))
    user.sees("confirm")
    assert "DD_AMOUNT_SELECTION" not in user.screens
    assert dict(user.events)["input_allocation"]["allocation"]["value"] == 900


def test_without_splitting_it_is_all(user: User) -> None:
    through_login(user, disable_direct_deposit_splitting=True)
    user.sees("confirm")
    assert dict(user.events)["input_allocation"] == {"action": "full_switch"}


def test_a_token_without_an_account_asks_for_one(user: User) -> None:
    through_login(user, allocation=Allocation())
    user.sees("bank_account")
    user.link.locator("#routing_number").fill("12")
    user.goes_on()
    user.link.get_by_text("A routing number has 9 digits.").wait_for()
    user.shoots("bank-account")
    user.link.locator("#routing_number").fill("110000000")
    user.link.locator("#account_number").fill("000123456789")
    user.goes_on()
    user.sees("amount")


def test_version_2_tells_the_amount_too(user: User) -> None:
    through_login(user, version="2.3.12")
    chooses(user, "amount", "100")
    user.goes_on()
    user.sees("confirm")
    user.goes_on()
    user.sees("success")
    names = [name for name, _ in user.events]
    assert names.index("input_amount") + 1 == names.index("input_allocation")
    assert dict(user.events)["input_amount"] == {"value": 100, "unit": "$"}
    assert user.got("onSuccess")[0]["params"] == {"amount": {"value": 100, "unit": "$"}}


@pytest.mark.parametrize(("username", "outcomes"), [("user_error", ["error"]), ("user_pending", ["pending"])])
def test_a_switch_that_does_not_succeed(user: User, username: str, outcomes: list[str]) -> None:
    through_login(user, username)
    user.sees("amount")
    user.goes_on()
    user.sees("confirm")
    user.goes_on()
    user.sees("job_error")
    assert user.screens[-1] == "JOB_ERROR"
    assert user.got("onError")[0]["pendingRetry"] is (username == "user_pending")
    assert user.got("onSuccess") == []
    jobs = [job.outcome for job in user.sandbox.client().jobs.list() if job.name == "direct_deposit_switch"]
    assert jobs == outcomes
    user.shoots(username)
    if username == "user_error":
        user.clicks("Try again")
        user.sees("amount")
    else:
        user.clicks("Done")
        user.is_back()
        assert user.got("onExit") == user.got("onError")
