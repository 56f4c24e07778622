"""What belongs to an end user: payouts, reports, documents, Bill Navigator."""

from datetime import timedelta
from typing import Any

import pytest

from .asking import NOWHERE, Asker

USER = "/v1/end_users/user_1"


def payouts(ask: Asker) -> list[dict[str, Any]]:
    return [payout for page in ask.pages(f"{USER}/earnings_stream/payouts", limit=4) for payout in page]


def test_payouts_that_were_made_are_paystubs(ask: Asker) -> None:
    account = ask.login().account_id
    found = payouts(ask)
    stubs = {stub["pay_date"]: stub for stub in ask("GET", f"/v1/accounts/{account}/paystubs").data}
    made = [payout for payout in found if payout["status"] == "processed"]
    assert len(made) == 4
    for payout in made:
        stub = stubs[payout["pay_date"]]
        assert payout["net_pay"] == {"amount": stub["net_pay_amount"], "currency": "USD"}
        days = [earning["date"] for earning in payout["earnings"]]
        assert days == sorted(days, reverse=True)
        assert all(stub["pay_period_start"] <= day <= stub["pay_period_end"] for day in days)
        assert sum(earning["net_pay"]["amount"] for earning in payout["earnings"]) == stub["net_pay_amount"]


def test_payouts_to_come_are_the_shifts_since(ask: Asker) -> None:
    ask.login()
    found = payouts(ask)
    to_come = [payout for payout in found if payout["status"] == "estimated"]
    assert [payout["pay_date"] for payout in found] == sorted((p["pay_date"] for p in found), reverse=True)
    assert [(payout["pay_date"], payout["net_pay"], len(payout["earnings"])) for payout in to_come] == [
        ("2025-07-08", None, 6)
    ]
    assert [earning["confidence_score"] for earning in to_come[0]["earnings"]] == [0.5, 0.9, 0.9, 0.9, 0.9, 0.9]
    ask.sandbox.clock.advance(timedelta(days=14))
    later = payouts(ask)
    assert [p["net_pay"]["amount"] for p in later if p["pay_date"] == "2025-07-08"] == [48000]


def test_payouts_span_accounts_that_are_connected(ask: Asker) -> None:
    one, two = ask.login().account_id, ask.login().account_id
    assert len(payouts(ask)) == 10
    ask("POST", f"/v1/accounts/{one}/disconnect")
    assert len(payouts(ask)) == 5
    ask("POST", f"/v1/accounts/{two}/disconnect")
    answer = ask("GET", f"{USER}/earnings_stream/payouts")
    assert answer.body["meta"] == {"refreshed_at": None, "updated_at": None, "count": 0, "next_cursor": None}


def test_payouts_of_the_first_form(ask: Asker) -> None:
    ask.login()
    old = ask("GET", f"{USER}/earnings_stream/payouts", version="2022-09-09").data
    assert {tuple(payout) for payout in old} == {("status", "pay_date", "earnings")}


def test_reports_are_what_the_account_says(ask: Asker) -> None:
    account = f"/v1/accounts/{ask.login().account_id}"
    voe, voie = (ask("GET", f"{USER}/verification_reports/{kind}").data for kind in ("voe", "voie"))
    identity, employment, income = (
        ask("GET", f"{account}/{kind}").data for kind in ("identity", "employment", "income")
    )
    stubs = [stub for page in ask.pages(f"{account}/paystubs", limit=100) for stub in page]
    assert (voe["report_type"], voie["report_type"]) == ("voe", "voie")
    assert voe["employee"] == voie["employee"]
    assert voe["employee"]["name"] == {
        "first_name": "Ash", "middle_name": "", "last_name": "Userton", "full_name": identity["full_name"]
    }  # fmt: skip
    [work], [paid] = voe["employments"], voie["employments"]
    assert {**work, "income": paid["income"]} == paid
    assert (work["employer_name"], work["start_date"]) == (employment["employer_name"], employment["start_date"])
    assert (work["employment_duration_months"], work["most_recent_pay_date"]) == (185, stubs[0]["pay_date"])
    assert paid["income"]["compensation_amount"] == income["compensation_amount"]
    assert [stub["id"] for stub in paid["income"]["paystubs"]] == [stub["id"] for stub in stubs[:2]]
    assert not {"taxes", "deductions", "time_off", "document"} & set(paid["income"]["paystubs"][0])
    for year in paid["income"]["annual_incomes"]:
        mine = [stub for stub in stubs if stub["pay_date"].startswith(year["year"])]
        assert year["gross_pay_ytd"] == sum(stub["gross_pay_amount"] for stub in mine) == mine[0]["gross_pay_ytd"]
        assert year["net_pay_ytd"] == mine[0]["net_pay_ytd"]
        assert year["total_taxes_ytd"] == sum(stub["total_taxes"] for stub in mine)
        assert sum(line["amount"] for line in year["earnings_ytds"]) == year["gross_pay_ytd"]
        assert year["gross_pay_ytd"] - year["total_taxes_ytd"] - year["total_deductions_ytd"] == year["net_pay_ytd"]
    again = ask("GET", f"{USER}/verification_reports/voe").data
    assert (again["id"], again["document"]["id"]) == (voe["id"], voe["document"]["id"])


def test_reports_need_data(ask: Asker) -> None:
    ask.token()
    assert ask("GET", f"{USER}/verification_reports/voe").status == 404
    assert ask("GET", "/v1/end_users/nobody/verification_reports/voie").status == 404


def test_documents(ask: Asker) -> None:
    account = f"/v1/accounts/{ask.login().account_id}"
    stub = ask("GET", f"{account}/paystubs", query={"limit": 1}).data[0]
    for kind in ("paystub", "w2", "1099", "direct_deposit_form"):
        ask.sandbox.add_document("user_1", kind, fraud_suspected=True)
        ask.sandbox.clock.advance(timedelta(seconds=1))
    found = ask("GET", f"{USER}/documents").data
    assert [document["document_type"] for document in found] == ["direct_deposit_form", "1099", "w2", "paystub"]
    parsed = found[3]["parsed_data"]
    assert (parsed["net_pay_amount"], parsed["pay_date"]) == (stub["net_pay_amount"], stub["pay_date"])
    assert found[2]["parsed_data"]["tax_year"] == "2024"
    assert [document["fraud"] for document in found] == [None, None, None, {"status": "suspected"}]
    [form] = ask("GET", f"{USER}/documents", query={"type": "direct_deposit_form"}).data
    one = ask("GET", f"{USER}/documents/{form['id']}").data
    assert one["document"]["download_url"] != form["document"]["download_url"]
    assert ask("GET", f"{USER}/documents", query={"type": "paystub"}).wrong_fields == {"type"}
    assert ask("GET", f"{USER}/documents/{NOWHERE}").status == 404
    ask.login(end_user_id="user_2")
    assert ask("GET", f"/v1/end_users/user_2/documents/{form['id']}").status == 404


def test_documents_of_nobody_known_and_of_no_kind(ask: Asker) -> None:
    ask.sandbox.add_document("somebody new", "paystub")
    [found] = ask("GET", "/v1/end_users/somebody%20new/documents").data
    assert (found["parsed_data"], found["fraud"]) == (None, {"status": "not_suspected"})
    with pytest.raises(ValueError, match="passport"):
        ask.sandbox.add_document("user_1", "passport")


def test_bill_navigator(ask: Asker) -> None:
    path = f"{USER}/bill_navigator/status"
    assert ask("PUT", path, body={"action": "terminated"}).status == 404
    ask.token()
    for action in ("deactivated", "terminate", "terminated", "deactivate"):
        assert ask("PUT", path, body={"action": action, "reason": "moved"}).status == 204
    assert ask("PUT", path, body={"action": "sleep"}).wrong_fields == {"action"}
    assert ask("PUT", path, body={}).wrong_fields == {"action"}
