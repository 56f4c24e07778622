"""On Demand Updates, deposit switches, and data that takes its time."""

from datetime import UTC, timedelta
from decimal import Decimal

import pytest
from pinwheel_sandbox import Clock, LinkError, Sandbox, Settings

from .asking import Asker
from .conftest import RECORDED

TARGET = {"name": "Acme savings", "type": "savings", "routing_number": "110000000", "account_number": "000123456789"}


def test_update_of_an_active_account_asks_for_nothing(ask: Asker) -> None:
    first = ask.login()
    ask.sandbox.clock.advance(timedelta(days=1))
    token = ask.token(account_id=first.account_id, end_user_id=None, features=None)
    again = ask.sandbox.login(token, username="nobody")
    assert again.account_id == first.account_id
    account = ask("GET", f"/v1/accounts/{first.account_id}").data
    assert account["link_token_id"] == first.link_token_id
    assert account["data_updated_at"]["income"] == "2025-06-24T22:04:33.547000+00:00"
    assert account["data_refreshed_at"]["income"] == "2025-06-25T22:04:33.547000+00:00"
    assert len(ask.pages(f"/v1/accounts/{first.account_id}/paystubs", limit=100)[0]) == 31


def test_update_of_a_lost_account_needs_the_user(ask: Asker) -> None:
    account = ask.login().account_id
    ask("PATCH", f"/v1/sandbox/accounts/{account}", body={"monitoring_status": "user_action_required"})
    token = ask.token(account_id=account)
    with pytest.raises(LinkError, match="invalidCredentials"):
        ask.sandbox.login(token, password="wrong")
    ask.sandbox.login(token)
    assert ask("GET", f"/v1/accounts/{account}").data["monitoring_status"] == "active"


def test_update_of_a_disconnected_account_fails(ask: Asker) -> None:
    account = ask.login().account_id
    token = ask.token(account_id=account)
    ask("POST", f"/v1/accounts/{account}/disconnect")
    with pytest.raises(LinkError, match="accountDisconnected"):
        ask.sandbox.login(token)


def switched(ask: Asker, **options: object) -> tuple[list[dict[str, object]], dict[str, object]]:
    login = ask.login(
        solution="Deposit Switch", features=["direct_deposit_switch"], allocation={"targets": [TARGET], **options}
    )
    lines = ask("GET", f"/v1/accounts/{login.account_id}/direct_deposit_allocations").data["allocations"]
    [job] = ask("GET", "/v1/jobs", query={"job_types": "direct_deposit_switch"}).data
    return lines, job["params"]


def test_full_switch_replaces_the_allocations(ask: Asker) -> None:
    [line], params = switched(ask)
    assert (line["allocation_type"], line["amount"], line["masked_account_number"]) == ("remainder", None, "6789")
    assert params["action"] == "full_switch"
    assert params["allocation"] == {
        "type": "remainder",
        "value": None,
        "target": {"account_name": "Acme savings", "account_type": "savings", "last_four_account_number": "6789"},
    }


def test_partial_switch_goes_first(ask: Asker) -> None:
    lines, params = switched(ask, type="amount", value=123.45)
    assert [line["priority"] for line in lines] == [1, 2, 3]
    assert (lines[0]["amount"], lines[0]["account_name"]) == (12345, "Acme savings")
    assert params["action"] == "partial_switch"


def test_switch_on_a_connected_account_changes_what_is_there(ask: Asker) -> None:
    account = ask.login().account_id
    path = f"/v1/accounts/{account}/direct_deposit_allocations"
    before = ask("GET", path).data
    ask.sandbox.clock.advance(timedelta(hours=1))
    token = ask.token(account_id=account, features=["direct_deposit_switch"], allocation={"targets": [TARGET]})
    ask.sandbox.login(token)
    after = ask("GET", path)
    assert (after.data["id"], after.data["created_at"]) == (before["id"], before["created_at"])
    assert after.data["updated_at"] > before["updated_at"]
    assert len(after.data["allocations"]) == 1
    ages = ask("GET", f"/v1/accounts/{account}").data["data_updated_at"]
    assert ages["direct_deposit_allocations"] == after.body["meta"]["refreshed_at"] > ages["income"]


def test_amounts_of_older_versions_are_dollars_too(sandbox: Sandbox) -> None:
    pinwheel = sandbox.client("2022-03-02")
    token = pinwheel.link_tokens.create(
        org_name="Acme Bank",
        required_jobs=["direct_deposit_switch"],
        account_number="000123456789",
        routing_number="110000000",
        account_type="checking",
        account_name="Acme checking",
        amount=Decimal(250),
    )
    login = sandbox.login(token.token)
    lines = pinwheel.accounts.direct_deposit_allocations.get(login.account_id).allocations
    assert (lines[0].amount, str(lines[0].money)) == (25000, "250.00 USD")
    [job] = [job for job in pinwheel.jobs.list() if job.name == "direct_deposit_switch"]
    assert job.params is not None
    assert job.params.amount == 250


def test_data_can_arrive_at_the_recorded_pace() -> None:
    with Sandbox(clock=Clock(RECORDED.astimezone(UTC)), settings=Settings(pace=1)) as sandbox:
        ask = Asker(sandbox)
        account = f"/v1/accounts/{ask.login().account_id}"
        seen: list[tuple[float, int, int, int, int]] = []
        for seconds in (0, 1.0, 1.0, 1.0, 1.0, 1.5, 2.0):
            sandbox.clock.advance(timedelta(seconds=seconds))
            seen.append(
                (
                    (sandbox.clock.now() - RECORDED).total_seconds(),
                    ask("GET", f"{account}/income").status,
                    len(ask("GET", f"{account}/paystubs", query={"limit": 100}).data),
                    len(ask("GET", f"{account}/shifts", query={"limit": 100}).data),
                    ask("GET", f"{account}/employment").status,
                )
            )
        assert seen == [
            (0.0, 404, 0, 0, 404),
            (1.0, 200, 0, 0, 404),
            (2.0, 200, 1, 7, 404),
            (3.0, 200, 2, 7, 404),
            (4.0, 200, 4, 7, 404),
            (5.5, 200, 31, 30, 404),
            (7.5, 200, 31, 90, 200),
        ]
        assert ask("GET", account).data["data_updated_at"]["employment"] == "2025-06-24T22:04:40.937000+00:00"
