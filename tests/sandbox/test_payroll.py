"""Payroll data: the recorded values, filters and order."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from .asking import NOWHERE, Asker
from .conftest import RECORDED

TODAY = RECORDED.date()


@pytest.fixture
def account(ask: Asker) -> str:
    return f"/v1/accounts/{ask.login().account_id}"


def all_of(ask: Asker, path: str, **query: Any) -> list[Any]:
    return [item for page in ask.pages(path, limit=100, **query) for item in page]


def days_before_today(day: str) -> int:
    return (TODAY - date.fromisoformat(day)).days


def test_identity_as_recorded(ask: Asker, account: str) -> None:
    answer = ask("GET", f"{account}/identity")
    found = answer.data
    assert (found["full_name"], found["date_of_birth"], found["last_four_ssn"]) == ("Ash Userton", "1993-08-28", "1234")
    assert found["emails"] == ["user_good@example.com"]
    assert found["phone_numbers"] == [{"value": "+12345556789", "type": None}]
    assert found["address"]["raw"] == "20429 Pinwheel Drive, New York City, NY 99999, US"
    assert found["address"]["line2"] is None
    assert answer.body["meta"] == {"refreshed_at": "2025-06-24T22:04:33.547000+00:00"}
    assert list(answer.body) == ["data", "meta"]


def test_employment_as_recorded(ask: Asker, account: str) -> None:
    found = ask("GET", f"{account}/employment").data
    assert (found["employer_name"], found["status"], found["start_date"]) == (
        "Acme Corporation",
        "employed",
        "2010-01-01",
    )
    assert (found["title"], found["termination_date"]) == (None, None)
    assert found["employer_phone_number"] == {"value": "+16126597057", "type": "work"}


def test_income_as_recorded(ask: Asker, account: str) -> None:
    found = ask("GET", f"{account}/income").data
    assert (found["compensation_amount"], found["compensation_unit"]) == (1000, "hourly")
    assert (found["currency"], found["pay_frequency"]) == ("USD", "bi-weekly")


def test_paystubs_have_the_recorded_pay_dates(ask: Asker, account: str) -> None:
    stubs = all_of(ask, f"{account}/paystubs")
    expected = [0, 14, 42, 56, *range(98, 463, 14)]
    assert [days_before_today(stub["pay_date"]) for stub in stubs] == expected
    assert len(stubs) == 31


def test_newest_paystub_as_recorded(ask: Asker, account: str) -> None:
    stub = ask("GET", f"{account}/paystubs", query={"limit": 1}).data[0]
    assert (stub["gross_pay_amount"], stub["net_pay_amount"], stub["check_amount"]) == (50000, 46000, 46000)
    assert {tax["category"]: tax["amount"] for tax in stub["taxes"]} == {
        "federal_income": 0,
        "social_security": 3100,
        "medicare": 725,
        "state_income": 0,
        "local_income": 0,
    }
    assert stub["deductions"][0]["amount"] == stub["total_deductions"] == 175
    assert stub["deductions"][0]["type"] == "unknown"
    assert stub["earnings"][0] == {
        "name": "Regular",
        "category": "hourly",
        "amount": 50000,
        "rate": 5000,
        "hours": 10.0,
    }
    assert [item["name"] for item in stub["time_off"]] == ["PTO", "Sick Leave"]
    assert (stub["employer_name"], stub["external_paystub_id"]) == (None, None)


def test_paystub_file_has_a_new_address_at_each_reading(ask: Asker, account: str) -> None:
    stub = ask("GET", f"{account}/paystubs", query={"limit": 1}).data[0]
    again = ask("GET", f"{account}/paystubs/{stub['id']}").data
    assert stub["document"]["id"] == again["document"]["id"] == "00000000-0000-0000-0000-000000000000"
    assert stub["document"]["download_url"] != again["document"]["download_url"]
    assert stub["document"]["download_url_expiration"] == "2025-06-24T22:19:33.547000+00:00"
    without = {name: value for name, value in stub.items() if name != "document"}
    assert without == {name: value for name, value in again.items() if name != "document"}


def test_single_paystub_has_no_meta_and_belongs_to_its_account(ask: Asker, account: str) -> None:
    stub = ask("GET", f"{account}/paystubs", query={"limit": 1}).data[0]
    assert list(ask("GET", f"{account}/paystubs/{stub['id']}").body) == ["data"]
    other = f"/v1/accounts/{ask.login().account_id}"
    assert ask("GET", f"{other}/paystubs/{stub['id']}").status == 404
    assert ask("GET", f"{account}/paystubs/{NOWHERE}").status == 404


def test_pay_date_bounds_count_themselves_in(ask: Asker, account: str) -> None:
    first, last = TODAY - timedelta(days=98), TODAY - timedelta(days=14)
    stubs = all_of(ask, f"{account}/paystubs", from_pay_date=first, to_pay_date=last)
    assert [days_before_today(stub["pay_date"]) for stub in stubs] == [14, 42, 56, 98]
    assert all_of(ask, f"{account}/paystubs", from_pay_date=last, to_pay_date=first) == []


def test_default_page_holds_twenty_five(ask: Asker, account: str) -> None:
    answer = ask("GET", f"{account}/shifts")
    assert answer.body["meta"]["count"] == len(answer.data) == 25
    assert answer.body["meta"]["next_cursor"]
    assert answer.body["meta"]["refreshed_at"] == "2025-06-24T22:04:33.547000+00:00"
    assert list(answer.body) == ["meta", "data"]
    assert list(answer.body["meta"]) == ["refreshed_at", "count", "next_cursor"]


def test_shifts_as_recorded(ask: Asker, account: str) -> None:
    shifts = all_of(ask, f"{account}/shifts")
    assert [days_before_today(shift["end_date"]) for shift in shifts] == list(range(90))
    assert shifts[0]["timestamps"] == [{"from": "2025-06-24T09:00:00-04:00", "to": "2025-06-24T17:00:00-04:00"}]
    assert (shifts[0]["timezone"], shifts[0]["type"]) == ("America/New_York", "shift")
    assert shifts[0]["earnings"] == [
        {"name": "Regular", "category": "hourly", "amount": 15000, "rate": 1000, "hours": 15.0}
    ]


def test_shifts_follow_daylight_saving(ask: Asker) -> None:
    ask.sandbox.clock.set(RECORDED.replace(month=4))
    account = f"/v1/accounts/{ask.login().account_id}"
    offsets = [shift["timestamps"][0]["from"][-6:] for shift in all_of(ask, f"{account}/shifts")]
    assert [here for here, there in pairwise(offsets) if here != there] == ["-04:00"]
    assert (offsets[0], offsets[-1]) == ("-04:00", "-05:00")


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("from_start_date", [0, 1, 2, 3]),
        ("from_end_date", [0, 1, 2, 3]),
        ("to_start_date", list(range(3, 90))),
        ("to_end_date", list(range(3, 90))),
    ],
)
def test_shift_bounds_count_themselves_in(ask: Asker, account: str, bound: str, expected: list[int]) -> None:
    shifts = all_of(ask, f"{account}/shifts", **{bound: TODAY - timedelta(days=3)})
    assert [days_before_today(shift["end_date"]) for shift in shifts] == expected


def test_allocations_agree_with_themselves(ask: Asker, account: str) -> None:
    lines = ask("GET", f"{account}/direct_deposit_allocations").data["allocations"]
    assert [line["priority"] for line in lines] == [1, 2]
    assert [line["allocation_type"] for line in lines] == ["amount", "remainder"]
    assert lines[1]["amount"] is None


def test_data_differs_between_accounts_only_in_ids(ask: Asker, account: str) -> None:
    other = f"/v1/accounts/{ask.login().account_id}"
    one, two = (ask("GET", f"{path}/income").data for path in (account, other))
    assert one["id"] != two["id"]
    assert {**one, "id": 0, "account_id": 0} == {**two, "id": 0, "account_id": 0}
