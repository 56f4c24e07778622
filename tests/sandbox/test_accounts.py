"""Accounts: lists, filters, pages, and how they end."""

from datetime import timedelta

import pytest

from .asking import NOWHERE, Asker


def test_lists_are_newest_first_and_paged(ask: Asker) -> None:
    made: list[str] = []
    for _ in range(7):
        made.append(ask.login().account_id)
        ask.sandbox.clock.advance(timedelta(seconds=1))
    pages = ask.pages("/v1/accounts", limit=3)
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [account["id"] for page in pages for account in page] == made[::-1]
    assert [a["id"] for a in ask("GET", "/v1/end_users/user_1/accounts").data] == made[::-1]
    assert [a["id"] for page in ask.pages("/v1/end_users/user_1/accounts", limit=5) for a in page] == made[::-1]


def test_accounts_made_at_one_moment_are_all_listed(ask: Asker) -> None:
    made = {ask.login().account_id for _ in range(5)}
    assert {account["id"] for page in ask.pages("/v1/accounts", limit=2) for account in page} == made


def test_account_that_arrives_between_pages_disturbs_nothing(ask: Asker) -> None:
    made = [ask.login().account_id for _ in range(4)]
    first = ask("GET", "/v1/accounts", query={"limit": 2})
    ask.sandbox.clock.advance(timedelta(seconds=1))
    ask.login()
    second = ask("GET", "/v1/accounts", query={"limit": 2, "cursor": first.body["meta"]["next_cursor"]})
    assert {account["id"] for account in [*first.data, *second.data]} == set(made)


def test_disconnect_is_for_good_and_keeps_the_data(ask: Asker) -> None:
    login = ask.login()
    account = f"/v1/accounts/{login.account_id}"
    assert ask("POST", f"{account}/disconnect").status == 204
    data = ask("GET", account).data
    assert (data["connected"], data["monitoring_status"]) == (False, "unavailable")
    assert ask("GET", f"{account}/income").status == 200
    assert ask("POST", f"{account}/disable_monitoring").status == 204
    assert ask("GET", account).data["monitoring_status"] == "unavailable"


def test_filters(ask: Asker) -> None:
    active, silent, gone = (ask.login().account_id for _ in range(3))
    ask("POST", f"/v1/accounts/{silent}/disable_monitoring")
    ask("POST", f"/v1/accounts/{gone}/disconnect")

    def found(**query: str) -> set[str]:
        return {account["id"] for account in ask("GET", "/v1/accounts", query=query).data}

    assert found() == {active, silent, gone}
    assert found(connected="true") == {active, silent}
    assert found(connected="false") == {gone}
    assert found(monitoring_status="customer_disabled") == {silent}
    assert found(monitoring_status="active", connected="true") == {active}


def test_sandbox_update(ask: Asker) -> None:
    account = ask.login().account_id
    changed = ask("PATCH", f"/v1/sandbox/accounts/{account}", body={"monitoring_status": "user_action_required"})
    assert changed.data["monitoring_status"] == "user_action_required"
    assert ask("PATCH", f"/v1/sandbox/accounts/{account}", body={}).data == changed.data
    refused = ask("PATCH", f"/v1/sandbox/accounts/{account}", body={"monitoring_status": "active"})
    assert refused.wrong_fields == {"monitoring_status"}


def test_tags_come_back(ask: Asker) -> None:
    login = ask.login(tags={"branch": "north"})
    assert ask("GET", f"/v1/accounts/{login.account_id}").data["tags"] == {"branch": "north"}


def test_ids_are_found_in_either_case(ask: Asker) -> None:
    account = ask.login().account_id
    assert ask("GET", f"/v1/accounts/{account.upper()}").data["id"] == account


@pytest.mark.parametrize("account", [NOWHERE, "not-a-uuid", "x%2Fy", "%00", "'; DROP TABLE accounts --"])
@pytest.mark.parametrize(
    ("method", "rest"),
    [
        ("GET", ""),
        ("GET", "/employment"),
        ("GET", "/identity"),
        ("GET", "/income"),
        ("GET", "/direct_deposit_allocations"),
        ("GET", "/paystubs"),
        ("GET", f"/paystubs/{NOWHERE}"),
        ("GET", "/shifts"),
        ("POST", "/disconnect"),
        ("POST", "/disable_monitoring"),
    ],
)
def test_unknown_accounts_are_not_found(ask: Asker, method: str, rest: str, account: str) -> None:
    answer = ask(method, f"/v1/accounts/{account}{rest}")
    assert (answer.status, answer.error["type"]) == (404, "RECORD_NOT_FOUND")


def test_unknown_end_user_is_not_found(ask: Asker) -> None:
    assert ask("GET", "/v1/end_users/nobody/accounts").status == 404


def test_end_user_ids_may_hold_anything(ask: Asker) -> None:
    for name, encoded in (("a/b", "a%2Fb"), ("ünï 😀", "%C3%BCn%C3%AF%20%F0%9F%98%80"), ("100%", "100%25")):
        ask.login(end_user_id=name)
        [account] = ask("GET", f"/v1/end_users/{encoded}/accounts").data
        assert account["end_user_id"] == name
