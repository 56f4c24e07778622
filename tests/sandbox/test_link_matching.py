"""Users whom platform matching knows, and switches that a partner makes for them."""

from datetime import timedelta
from typing import Any

import pytest
from pinwheel_sandbox import Sandbox

from .link_session import SWITCH, TARGETS, Session, sdk

MATCHED: dict[str, Any] = {
    **SWITCH,
    "skip_intro_screen": False,
    "end_user": {"platform_matching": {"mobile_phone_number": "2345556789"}},
}


def test_a_partner_switches_for_a_user_who_was_matched(sandbox: Sandbox) -> None:
    session = Session(sandbox, **MATCHED)
    assert (session.screen["match"]["name"], session.screen["partner"]) == ("Acme Corporation", True)
    session.act("continue")
    session.act("poll")
    assert session.screen["kind"] == "confirm"
    session.act("submit")
    session.act("poll")
    nothing = {"action": None, "allocation": None}
    assert session.told["input_allocation"] == nothing
    assert session.told["success"]["params"] == nothing
    assert "login_attempt" not in session.told
    sandbox.clock.advance(timedelta(seconds=1))
    client = sandbox.client()
    account = client.accounts.get(session.told["login"]["accountId"])
    lines = client.accounts.direct_deposit_allocations.get(account.id).allocations
    assert [(line.account_name, str(line.allocation_type)) for line in lines] == [("Everyday", "remainder")]


def test_version_2_has_no_partners(sandbox: Sandbox) -> None:
    session = Session(sandbox, sdk("2.3.12"), **MATCHED)
    assert session.screen["partner"] is False
    session.act("continue")
    assert session.screen["kind"] == "login"


def test_a_user_who_was_matched_wrongly_searches(sandbox: Sandbox) -> None:
    session = Session(sandbox, **MATCHED)
    session.act("another")
    assert session.screen["kind"] == "search"
    assert session.events[0] == "incorrect_platform_given"
    session.act("continue")
    assert session.screen["kind"] == "search"


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"email": "user_mfa@example.com"}, True),
        ({"email": "nobody@example.com"}, False),
        ({"social_security_number": "123456789"}, True),
        ({"social_security_number_last_four": "1234"}, True),
        ({"social_security_number_last_four": "9999"}, False),
        ({"first_name": "Ash"}, False),
    ],
)
def test_whom_platform_matching_finds(sandbox: Sandbox, known: dict[str, str], found: bool) -> None:
    session = Session(sandbox, **{**MATCHED, "end_user": {"platform_matching": known}})
    assert (session.screen["match"] is not None) == found


def test_a_partner_asks_only_where_the_pay_is_to_go(sandbox: Sandbox) -> None:
    session = Session(sandbox, **{**MATCHED, "allocation": {"targets": TARGETS}})
    session.act("continue")
    session.act("poll")
    assert (session.screen["kind"], session.screen["kinds"]) == ("amount", [])
    session.act("submit", target="1")
    session.act("submit")
    session.act("poll")
    sandbox.clock.advance(timedelta(seconds=1))
    client = sandbox.client()
    account_id = session.told["login"]["accountId"]
    assert client.accounts.direct_deposit_allocations.get(account_id).allocations[0].account_name == "Rainy days"
