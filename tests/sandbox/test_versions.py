"""Nine versions over one state: the same flow in each, and each in its own words."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from pinwheel_api import VERSIONS
from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.core import ROUTES
from pinwheel_sandbox.faces.face import CHANGES, DATES

from .asking import Asker
from .contract import document, operations

BODIES: dict[str, dict[str, Any]] = {
    "2021-04-29": {"org_name": "Acme Bank", "job": "paystubs", "end_user_id": "user_1"},
    "2021-07-28": {"org_name": "Acme Bank", "required_jobs": ["paystubs"], "end_user_id": "user_1"},
    "2025-07-08": {"org_name": "Acme Bank", "solution": "Verify", "features": ["paystubs"], "end_user_id": "user_1"},
}


def body(version: str) -> dict[str, Any]:
    return BODIES[max(date for date in BODIES if date <= version)]


@pytest.fixture(params=DATES)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_sandbox_knows_every_version() -> None:
    assert tuple(known.date for known in VERSIONS) == DATES
    assert len(DATES) >= 9


def test_flow_by_http(sandbox: Sandbox, version: str) -> None:
    ask = Asker(sandbox, version)
    token = ask("POST", "/v1/link_tokens", body=body(version)).data
    login = sandbox.login(token["token"])
    account = f"/v1/accounts/{login.account_id}"
    for path in ("", "/employment", "/identity", "/income", "/direct_deposit_allocations"):
        assert ask("GET", account + path).headers["pinwheel-version"] == version
    stubs, shifts = ask("GET", f"{account}/paystubs"), ask("GET", f"{account}/shifts")
    paged = version >= "2022-03-02"
    assert (len(stubs.data), len(shifts.data)) == ((25, 25) if paged else (31, 90))
    assert set(stubs.body["meta"]) == ({"refreshed_at", "count", "next_cursor"} if paged else {"count"})
    ask("GET", f"{account}/paystubs/{stubs.data[0]['id']}")
    for path in ("/v1/accounts", "/v1/employers", "/v1/platforms", "/v1/jobs"):
        assert ask("GET", path).data
    assert ask("GET", "/v1/search", query={"q": "acme"}).data
    users = ask("GET", "/v1/end_users/user_1/accounts")
    assert users.status == (404 if version == "2021-04-29" else 200)


def test_flow_by_client(sandbox: Sandbox, version: str) -> None:
    pinwheel: Any = sandbox.client(version)
    token = pinwheel.link_tokens.create(**body(version))
    login = sandbox.login(token.token)
    account = pinwheel.accounts.get(login.account_id)
    assert (account.id, account.end_user_id) == (login.account_id, "user_1")
    assert pinwheel.accounts.employment.get(account.id).employer_name == "Acme Corporation"
    assert pinwheel.accounts.identity.get(account.id).full_name == "Ash Userton"
    assert str(pinwheel.accounts.income.get(account.id).compensation) == "10.00 USD"
    stubs = list(pinwheel.accounts.paystubs.list(account.id))
    assert len(stubs) == 31
    assert str(stubs[0].net_pay) == "460.00 USD"
    assert pinwheel.accounts.paystubs.get(account.id, stubs[0].id).pay_date == stubs[0].pay_date
    assert len(list(pinwheel.accounts.shifts.list(account.id))) == 90
    assert pinwheel.with_response.accounts.income.get(account.id).version == version


def test_flow_by_async_client(sandbox: Sandbox, version: str) -> None:
    async def flow() -> tuple[str, int]:
        async with sandbox.async_client(version) as pinwheel:
            token = await pinwheel.link_tokens.create(**body(version))
            login = sandbox.login(token.token)
            income = await pinwheel.accounts.income.get(login.account_id)
            stubs = [stub async for stub in pinwheel.accounts.paystubs.list(login.account_id)]
            return str(income.compensation), len(stubs)

    assert asyncio.run(flow()) == ("10.00 USD", 31)


def test_versions_see_one_state(sandbox: Sandbox) -> None:
    logins = [sandbox.login(Asker(sandbox, v)("POST", "/v1/link_tokens", body=body(v)).data["token"]) for v in DATES]
    expected = {login.account_id for login in logins}
    for version in DATES:
        assert {account["id"] for account in Asker(sandbox, version)("GET", "/v1/accounts").data} == expected
        stub = Asker(sandbox, version)("GET", f"/v1/accounts/{logins[0].account_id}/paystubs").data[0]
        assert (stub["pay_date"], stub["net_pay_amount"]) == ("2025-06-24", 46000)


def test_token_answer_of_the_first_version(sandbox: Sandbox) -> None:
    old = Asker(sandbox, "2021-04-29")("POST", "/v1/link_tokens", body=body("2021-04-29")).data
    new = Asker(sandbox, "2021-07-28")("POST", "/v1/link_tokens", body=body("2021-07-28")).data
    assert list(old) == ["mode", "id", "token_id", "token", "expires", "smart_branch_url"]
    assert old["token_id"] == old["id"]
    assert old["expires"] == int(datetime.fromisoformat(new["expires"]).timestamp())


def test_paystubs_of_the_first_versions_lack_what_came_later(sandbox: Sandbox, version: str) -> None:
    login = Asker(sandbox).login()
    stub = Asker(sandbox, version)("GET", f"/v1/accounts/{login.account_id}/paystubs").data[0]
    later = {"time_off", "employer_name", "external_paystub_id"}
    assert later & set(stub) == (later if version >= "2022-03-02" else set())


def test_params_of_a_switch(sandbox: Sandbox, version: str) -> None:
    ask = Asker(sandbox)
    ask.login(
        features=["direct_deposit_switch"],
        allocation={"type": "amount", "value": 50, "targets": [{"account_number": "123456"}]},
    )
    jobs = Asker(sandbox, version)("GET", "/v1/jobs").data
    [params] = [job["params"] for job in jobs if job["name"] == "direct_deposit_switch"]
    if version >= "2023-11-22":
        assert (params["action"], params["allocation"]["value"]) == ("partial_switch", 50)
        assert "amount" not in params
    else:
        assert params["amount"] == 50
        assert not {"action", "allocation", "card_name"} & set(params)


def test_job_filter_had_another_name(sandbox: Sandbox) -> None:
    Asker(sandbox).login()
    old, new = Asker(sandbox, "2021-07-28"), Asker(sandbox, "2022-03-02")
    assert len(old("GET", "/v1/jobs", query={"job_type": "paystubs"}).data) == 4
    assert len(new("GET", "/v1/jobs", query={"job_types": "paystubs"}).data) == 4
    assert len(old("GET", "/v1/jobs", query={"limit": 3}).data) == 3
    assert len(old("GET", "/v1/jobs", query={"outcome": "error"}).data) == 11


def test_body_is_read_by_the_rules_of_its_version(sandbox: Sandbox) -> None:
    newest, middle, first = Asker(sandbox), Asker(sandbox, "2023-11-22"), Asker(sandbox, "2022-09-09")
    alone = {"org_name": "Acme Bank"}
    assert first("POST", "/v1/link_tokens", body=alone).status == 200
    missing = middle("POST", "/v1/link_tokens", body=alone).wrong_fields
    assert missing == {"required_jobs", "end_user_id"}
    assert middle("POST", "/v1/link_tokens", body={**alone, "features": ["paystubs"]}).wrong_fields == missing
    assert newest("POST", "/v1/link_tokens", body=body("2023-11-22")).wrong_fields == {"solution"}
    card_switch = {**alone, "required_jobs": ["card_switch", "payout_cards"]}
    token = first("POST", "/v1/link_tokens", body=card_switch).data["token"]
    assert sandbox.login(token).platform_name == "Cablefen"
    assert (
        middle("POST", "/v1/link_tokens", body={**body("2023-11-22"), "required_jobs": ["bill_switch"]}).status == 400
    )


def test_errors_name_what_was_sent(sandbox: Sandbox) -> None:
    first = Asker(sandbox, "2022-03-02")
    wrong = {"org_name": "Acme Bank", "routing_number": "12345678x"}
    assert first("POST", "/v1/link_tokens", body=wrong).wrong_fields == {"routing_number"}
    middle = Asker(sandbox, "2022-09-09")
    wrong = {"org_name": "Acme Bank", "allocation": {"targets": [{"account_number": "1234"}]}}
    assert middle("POST", "/v1/link_tokens", body=wrong).wrong_fields == {"allocation.targets[0].account_number"}
    below = {"org_name": "Acme Bank", "amount": 1, "account_name": "x"}
    assert first("POST", "/v1/link_tokens", body=below).status == 200


def test_calls_that_a_version_lacks_are_not_found(sandbox: Sandbox) -> None:
    account = Asker(sandbox).login().account_id
    assert Asker(sandbox, "2021-07-28")("POST", f"/v1/accounts/{account}/disconnect").status == 404
    assert Asker(sandbox, "2022-03-02")("POST", f"/v1/accounts/{account}/disconnect").status == 204


def test_routes_are_those_of_the_documents(version: str) -> None:
    documented = {(operation, method, path) for operation, method, path in operations(version)}
    served = {
        (route.operation, route.method, route.template) for route in ROUTES if route.since <= version <= route.until
    }
    assert served == documented


def test_required_groups_are_those_of_the_documents(version: str) -> None:
    schemas = document(version)["components"]["schemas"]
    rules = [c.needs_one_of for c in CHANGES if "link_tokens.create" in c.operations and c.version <= version]
    stated = next((rule for rule in reversed(rules) if rule), ())
    assert [list(group) for group in stated] == schemas["LinkTokenCreate"].get("x-one-of-required", [])


def test_every_change_tells_customers_what_it_is() -> None:
    for change in CHANGES:
        assert type(change).__doc__
        assert change.version in DATES[1:]
        assert change.operations <= {route.operation for route in ROUTES}
    assert [change.version for change in CHANGES] == sorted(change.version for change in CHANGES)
    assert CHANGES[-1].version in DATES
