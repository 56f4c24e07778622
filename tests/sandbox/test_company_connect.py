"""Company Connect: from a connection that waits to the data of everybody."""

from datetime import timedelta
from itertools import pairwise

import pytest
from pinwheel_sandbox import Clock, LinkError, Sandbox, Settings

from .asking import NOWHERE, Asker
from .conftest import RECORDED


def connection(ask: Asker) -> str:
    return str(ask("POST", "/v1/company_connections", body={"company_name": "Fernmoor Foundry"}).data["id"])


def token(ask: Asker, company: str | None) -> str:
    body = {"org_name": "Acme Bank", **({"company_connect": {"company_connection_id": company}} if company else {})}
    return str(ask("POST", "/v1/company_connect/link_tokens", body=body).data["token"])


def test_it_waits_for_a_login(ask: Asker) -> None:
    company = connection(ask)
    found = ask("GET", f"/v1/company_connections/{company}").data
    assert (found["status"], found["company_name"]) == ("ready_to_connect", "Fernmoor Foundry")
    for kind in ("census", "employments", "incomes"):
        assert ask("GET", f"/v1/company_connections/{company}/{kind}").data == []
    assert ask("GET", f"/v1/company_connections/{company}/paystubs/E1001").status == 404
    assert ask("GET", f"/v1/company_connections/{NOWHERE}/census").status == 404


def test_everybody_is_in_every_list(ask: Asker) -> None:
    company = connection(ask)
    login = ask.sandbox.login_to_company(token(ask, company))
    assert login.company_connection_id == company
    path = f"/v1/company_connections/{company}"
    numbers = [
        [one["employee_external_id"] for page in ask.pages(f"{path}/{kind}", limit=7) for one in page]
        for kind in ("census", "employments", "incomes")
    ]
    assert numbers[0] == numbers[1] == numbers[2]
    assert len(set(numbers[0])) == 30
    for number in numbers[0][:3]:
        stubs = ask("GET", f"{path}/paystubs/{number}").data
        assert len(stubs) == 8
        assert all(newer["pay_date"] > older["pay_date"] for newer, older in pairwise(stubs))
        for stub in stubs:
            left = stub["gross_pay_amount"] - stub["total_taxes"] - stub["total_deductions"]
            assert left == stub["net_pay_amount"]
        year = [stub for stub in stubs if stub["pay_date"][:4] == stubs[0]["pay_date"][:4]]
        assert stubs[0]["gross_pay_ytd"] == sum(stub["gross_pay_amount"] for stub in year)
        bounds = {"from_pay_date": stubs[4]["pay_date"], "to_pay_date": stubs[2]["pay_date"]}
        assert ask("GET", f"{path}/paystubs/{number}", query=bounds).data == stubs[2:5]


def test_status_follows_the_data() -> None:
    with Sandbox(clock=Clock(RECORDED), settings=Settings(pace=1)) as sandbox:
        ask = Asker(sandbox)
        company = connection(ask)
        sandbox.login_to_company(token(ask, company))
        seen: list[tuple[str, int]] = []
        for seconds in (0, 3, 6):
            sandbox.clock.advance(timedelta(seconds=seconds))
            status = ask("GET", f"/v1/company_connections/{company}").data["status"]
            seen.append(
                (status, len(ask("GET", f"/v1/company_connections/{company}/census", query={"limit": 100}).data))
            )
        assert seen == [("processing", 0), ("processing", 30), ("data_available", 30)]


def test_login_that_fails(ask: Asker) -> None:
    company = connection(ask)
    ask.sandbox.login_to_company(token(ask, company), username="user_error")
    assert ask("GET", f"/v1/company_connections/{company}").data["status"] == "connection_failed"
    ask.sandbox.login_to_company(token(ask, company))
    assert ask("GET", f"/v1/company_connections/{company}").data["status"] == "data_available"
    ask.sandbox.login_to_company(token(ask, company), username="user_error")
    assert ask("GET", f"/v1/company_connections/{company}").data["status"] == "reconnect_needed"


def test_tokens_are_for_one_login_and_one_kind(ask: Asker) -> None:
    once = token(ask, connection(ask))
    ask.sandbox.login_to_company(once)
    for wrong, code in (
        (once, "usedLinkToken"),
        (ask.token(), "sandboxForgottenLinkToken"),
        (token(ask, None), "noCompanyConnection"),
        ("nonsense", "invalidLinkTokenSignature"),
    ):
        with pytest.raises(LinkError, match=code):
            ask.sandbox.login_to_company(wrong)
    with pytest.raises(LinkError, match="sandboxForgottenLinkToken"):
        ask.sandbox.login(token(ask, connection(ask)))
    late = token(ask, connection(ask))
    ask.sandbox.clock.advance(timedelta(hours=1))
    with pytest.raises(LinkError, match="sandboxExpiredLinkToken"):
        ask.sandbox.login_to_company(late)


def test_tokens_for_what_is_not_there(ask: Asker) -> None:
    body = {"org_name": "Acme Bank"}
    path = "/v1/company_connect/link_tokens"
    assert ask("POST", path, body={**body, "platform_id": NOWHERE}).status == 404
    assert ask("POST", path, body={**body, "company_connect": {"company_connection_id": NOWHERE}}).status == 404
    assert ask("POST", path, body={**body, "required_jobs": ["paystubs"]}).status == 400
