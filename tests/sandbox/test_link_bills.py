"""Bills: what becomes of them in the state, and what the list of bills does not do."""

import pytest
from pinwheel_sandbox import Sandbox

from .asking import Asker
from .link_session import BILLS, MANAGER, TARGETS, Session, sdk


def managed(sandbox: Sandbox, version: str = "4.0.0") -> Session:
    session = Session(sandbox, sdk(version), **MANAGER)
    session.act("submit")
    session.act("submit", bank=0)
    session.act("poll")
    return session


def test_bills_become_webhooks_and_jobs(ask: Asker) -> None:
    sandbox = ask.sandbox
    session = managed(sandbox)
    bill = session.screen["bills"][0]
    session.act("open", id=bill["id"])
    session.act("switch")
    session.log_in()
    session.act("submit")
    session.act("poll")
    assert session.screen["bills"][0]["switched"] is True
    account = session.told["merchant_login_success"]["accountId"]
    assert session.told["bill_switch_success"]["accountId"] == account
    job = ask("GET", "/v1/jobs").data[0]
    assert (job["name"], job["outcome"], job["account_id"]) == ("bill_switch", "success", account)
    assert (job["params"]["bill_id"], job["params"]["is_integrated_switch"]) == (bill["id"], True)
    told = [event["name"] for event in ask("GET", "/_sandbox/events").data]
    assert told.count("bill.added") == 3
    assert told.count("bill.updated") == 1


def test_one_token_goes_to_several_merchants(sandbox: Sandbox) -> None:
    session = managed(sandbox)
    for place in (0, 1):
        session.act("open", id=session.screen["bills"][place]["id"])
        session.act("switch")
        session.log_in()
        session.act("submit")
        session.act("poll")
    assert len({account.id for account in sandbox.client().end_users.accounts.list("user_1")}) == 2
    again = Session(sandbox, token=session.token)
    assert again.screen["error"]["code"] == "usedLinkToken"


def test_a_login_that_fails_does_not_free_the_token(ask: Asker) -> None:
    for _ in range(24):
        ask.login()
    session = managed(ask.sandbox)
    for place in (0, 1):
        session.act("open", id=session.screen["bills"][place]["id"])
        session.act("switch")
        session.log_in()
        if place == 0:
            session.act("submit")
            session.act("poll")
    assert session.told["error"]["message"] == "This end user has 25 accounts already."
    assert Session(ask.sandbox, token=session.token).screen["error"]["code"] == "usedLinkToken"


def test_a_merchant_that_says_no_can_be_asked_again(sandbox: Sandbox) -> None:
    session = Session(sandbox, sdk("4.0.0"), **BILLS)
    session.pick("reelmoor")
    session.log_in("user_error")
    session.act("submit")
    session.act("poll")
    assert session.screen["kind"] == "job_error"
    session.act("retry")
    assert session.screen["kind"] == "card"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [({"amount": ""}, "amount"), ({"amount": "-1"}, "amount"), ({"amount": "1e9"}, "amount"), ({"due": "x"}, "due")],
)
def test_a_bill_that_is_none(sandbox: Sandbox, typed: dict[str, str], problem: str) -> None:
    session = managed(sandbox)
    session.act("add")
    good = {"platform": session.screen["merchants"][0]["id"], "amount": "5", "due": "2025-07-01"}
    session.act("submit", **{**good, "frequency": "weekly", **typed})
    assert (session.screen["kind"], list(session.screen["problems"])) == ("bill_form", [problem])


def test_bills_of_nobody_are_left_alone(sandbox: Sandbox) -> None:
    session = managed(sandbox)
    session.act("open", id="other")
    assert session.screen["kind"] == "bills"
    session.act("add")
    session.act("submit", platform="none", amount="5", due="2025-07-01", frequency="weekly")
    session.act("submit", platform=session.screen["merchants"][0]["id"], amount="5", due="2025-07-01", frequency="x")
    assert session.screen["kind"] == "bill_form"


@pytest.mark.parametrize(("before_4", "version"), [(True, "3.5.0"), (False, "4.0.0")])
def test_a_bill_that_is_removed_looked_like_a_switch_before_version_4(
    sandbox: Sandbox, before_4: bool, version: str
) -> None:
    session = managed(sandbox, version)
    session.act("open", id=session.screen["bills"][0]["id"])
    session.act("remove")
    assert ("isGuidedSwitch" in session.told["bill_removed"]) == before_4
    assert session.told["bill_removed"]["amountCents"] > 0


def test_a_switch_kit_does_what_the_platform_can(sandbox: Sandbox) -> None:
    kit = {**BILLS, "solution": "Switch Kit", "features": ["direct_deposit_switch", "bill_switch"]}
    pay = Session(sandbox, sdk("4.0.0"), **kit, allocation={"targets": TARGETS[:1]})
    pay.pick("acme")
    pay.log_in()
    assert pay.screen["kind"] == "amount"
    merchant = Session(sandbox, sdk("4.0.0"), **kit, allocation={"targets": TARGETS[:1]})
    merchant.pick("reelmoor")
    merchant.log_in()
    assert merchant.screen["kind"] == "card"


def test_a_card_goes_on_file_though_its_user_leaves(ask: Asker) -> None:
    session = managed(ask.sandbox)
    session.act("open", id=session.screen["bills"][0]["id"])
    session.act("switch")
    session.log_in()
    session.act("submit")
    session.act("close")
    session.act("exit")
    assert [job["name"] for job in ask("GET", "/v1/jobs").data] == ["bill_switch"]
    assert [event["name"] for event in ask("GET", "/_sandbox/events").data].count("bill.updated") == 1
