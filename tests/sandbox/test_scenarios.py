"""Scenario files: people as they are described, and the same ones every time."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pinwheel_api import Paystub
from pinwheel_sandbox import Clock, Sandbox
from pinwheel_sandbox.chance import Chance
from pinwheel_sandbox.people.context import Reading
from pinwheel_sandbox.people.described import described
from pinwheel_sandbox.people.person import first_paystubs
from pinwheel_sandbox.scenarios.form import DeductionForm, ExtraForm, IncomeForm, PersonForm
from pinwheel_sandbox.scenarios.reading import ScenarioError

from .asking import Asker
from .conftest import RECORDED

FILE = """
people:
  - username: robin
    full_name: Robin Alderfen
    employer: Copperquill Diners
    pay_frequency: weekly
    start_date: 2023-02-01
    incomes:
      - {amount: 2000}
      - {amount: 2350, since: 2025-03-03}
    deductions:
      - {name: Union, amount: 1200, category: union_dues, type: post_tax}
    extras:
      - {date: 2025-05-28, amount: 50000}
  - username: sam
    full_name: Sam Birchwater
    pay_frequency: monthly
    incomes:
      - {amount: 6600000, unit: annually}
    end_date: 2025-04-15
accounts:
  - username: robin
    end_user_id: user_1
    employer: Acme Corporation
    features: [paystubs, tax_forms]
    tags: {tier: gold}
  - {username: sam, end_user_id: user_1}
  - {username: user_good, end_user_id: user_2}
documents:
  - {end_user_id: user_1, type: paystub, fraud_suspected: true}
"""


ONE = "people:\n- username: a\n  full_name: A\n  incomes: [{amount: 1}]\n"


def stubs_of(ask: Asker, account: str) -> list[dict[str, Any]]:
    return [stub for page in ask.pages(f"/v1/accounts/{account}/paystubs", limit=100) for stub in page]


def test_people_are_as_described(ask: Asker) -> None:
    robin, sam, ash = ask.sandbox.load(FILE)
    assert ask("GET", f"/v1/accounts/{robin.account_id}").data["tags"] == {"tier": "gold"}
    assert ask("GET", f"/v1/accounts/{robin.account_id}/identity").data["full_name"] == "Robin Alderfen"
    income = ask("GET", f"/v1/accounts/{robin.account_id}/income").data
    assert (income["compensation_amount"], income["pay_frequency"]) == (2350, "weekly")
    work = ask("GET", f"/v1/accounts/{sam.account_id}/employment").data
    assert (work["status"], work["termination_date"]) == ("terminated", "2025-04-15")
    assert ask("GET", f"/v1/accounts/{ash.account_id}/identity").data["full_name"] == "Ash Userton"
    [document] = ask("GET", "/v1/end_users/user_1/documents").data
    assert document["fraud"] == {"status": "suspected"}
    assert ask.sandbox.login(ask.token(), username="robin").end_user_id == "user_1"


def test_histories_have_raises_extras_and_ends(ask: Asker) -> None:
    robin, sam, _ = ask.sandbox.load(FILE)
    stubs = stubs_of(ask, robin.account_id)
    assert {date.fromisoformat(stub["pay_date"]).weekday() for stub in stubs} == {4}
    rates = [earning["rate"] for stub in reversed(stubs) for earning in stub["earnings"] if earning["rate"]]
    assert rates == sorted(rates)
    assert set(rates) == {2000, 2350}
    bonus = [stub["pay_date"] for stub in stubs if any(line["name"] == "Bonus" for line in stub["earnings"])]
    assert bonus == ["2025-05-30"]
    assert {stub["deductions"][0]["amount"] for stub in stubs} == {1200}
    assert stubs_of(ask, sam.account_id)[0]["pay_date"] == "2025-04-30"
    assert [f["year"] for f in ask("GET", f"/v1/accounts/{robin.account_id}/tax_forms").data] == [2024]


def test_time_goes_on_for_them(ask: Asker) -> None:
    robin, *_ = ask.sandbox.load(FILE)
    before = len(stubs_of(ask, robin.account_id))
    ask.sandbox.clock.set(RECORDED.replace(month=7, day=24))
    stubs = stubs_of(ask, robin.account_id)
    assert len(stubs) == before + 4
    assert all(newer["pay_period_start"] > older["pay_period_end"] for newer, older in pairwise(stubs))
    payouts = ask("GET", "/v1/end_users/user_1/earnings_stream/payouts").data
    assert payouts[0]["status"] == "estimated"


def test_the_same_seed_gives_the_same_everything() -> None:
    def told(seed: int) -> list[Any]:
        with Sandbox(clock=Clock(RECORDED), seed=seed) as sandbox:
            ask = Asker(sandbox)
            logins = sandbox.load(FILE)
            return [stubs_of(ask, login.account_id)[0]["id"] for login in logins] + ask("GET", "/v1/accounts").data

    assert told(7) == told(7)
    assert told(7) != told(8)


def test_a_file_on_disk(ask: Asker, tmp_path: Any) -> None:
    path = tmp_path / "robin.yaml"
    path.write_text(FILE)
    assert len(ask.sandbox.load(path)) == 3
    assert len(ask.sandbox.load(str(path))) == 3


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("people: [", "The scenario"),
        ("peple: []\n", "unknown field `peple`"),
        ("people:\n- {username: a, full_name: A, incomes: []}\n", "length >= 1"),
        ("people:\n- {username: a, full_name: A, incomes: [{amount: -1}]}\n", "amount"),
        (f"{ONE}  deductions: [{{name: x, amount: 1, category: y}}]\n", "y is not known"),
        (f"{ONE}  extras: [{{date: 2025-01-01, amount: 1, category: z}}]\n", "z is not known"),
        (f"{ONE}  start_date: 2025-01-01\n  end_date: 2024-01-01\n", "end_date is before"),
        ("accounts:\n- {username: ghost, end_user_id: user_1}\n", "nobody is called ghost"),
        ("accounts:\n- {username: user_good, end_user_id: u, employer: Nowhere}\n", "employer Nowhere"),
        ("accounts:\n- {username: user_good, end_user_id: u, features: [dancing]}\n", "feature dancing"),
        ("documents:\n- {end_user_id: u, type: passport}\n", "document type passport"),
        ("- 1\n", "Expected `object`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(ask: Asker, text: str, complaint: str) -> None:
    with pytest.raises(ScenarioError, match=complaint):
        ask.sandbox.load(text + "\n")
    answer = ask("POST", "/_sandbox/scenarios", body={"yaml": text})
    assert (answer.status, answer.wrong_fields) == (400, {"yaml"})


people = st.builds(
    PersonForm,
    username=st.just("x"),
    full_name=st.just("X Y"),
    pay_frequency=st.sampled_from(["weekly", "bi-weekly", "semi-monthly", "monthly"]),
    hours_per_day=st.sampled_from([0.75, 4.0, 7.5, 8.0, 12.0]),
    start_date=st.dates(min_value=date(2024, 1, 1), max_value=date(2025, 3, 1)),
    incomes=st.lists(
        st.builds(
            IncomeForm,
            amount=st.integers(0, 20_000),
            unit=st.sampled_from(["hourly", "annually"]),
            since=st.dates(min_value=date(2024, 1, 1), max_value=date(2025, 6, 1)),
        ),
        min_size=1,
        max_size=3,
    ),
    deductions=st.lists(st.builds(DeductionForm, name=st.just("D"), amount=st.integers(0, 99_999)), max_size=2),
    extras=st.lists(
        st.builds(ExtraForm, date=st.dates(date(2025, 1, 1), date(2025, 6, 1)), amount=st.integers(0, 9)), max_size=2
    ),
    history_months=st.integers(0, 15),
)  # fmt: skip


def made(form: PersonForm, today: date) -> list[Paystub]:
    reading = Reading(account_id="a", today=today, at=RECORDED, chance=Chance(1))
    return [stub for batch in first_paystubs(described(form).pay, [reading] * 4, today) for stub in batch]


@settings(max_examples=40, deadline=None)
@given(people)
def test_numbers_agree_whoever_it_is(form: PersonForm) -> None:
    today = RECORDED.date()
    person = described(form)
    reading = Reading(account_id="a", today=today, at=RECORDED, chance=Chance(1))
    for stub in made(form, today):
        assert sum(line.amount for line in stub.earnings or []) == stub.gross_pay_amount
        assert sum(line.amount for line in stub.taxes) == stub.total_taxes
        assert sum(line.amount or 0 for line in stub.deductions or []) == stub.total_deductions
        assert stub.gross_pay_amount == stub.net_pay_amount + stub.total_taxes + stub.total_deductions
        assert stub.net_pay_amount >= 0
        assert stub.pay_period_start
        assert stub.pay_period_end
        days = [
            date.fromordinal(number)
            for number in range(stub.pay_period_start.toordinal(), stub.pay_period_end.toordinal() + 1)
        ]
        shifts = [person.work.shift(reading, day) for day in days if person.work.works(day)]
        hourly = sum(line.amount for line in stub.earnings or [] if line.rate is not None)
        assert sum(line.amount or 0 for shift in shifts for line in shift.earnings) == hourly
