"""Bills: one merchant of a bill switch, and the list of Bill Manager with everything that can be done in it."""

from typing import Any

import pytest
from pinwheel_api import Card

from .user import User

CARD = Card(
    card_name="Everyday card",
    card_number="4111111111111111",
    cvc="123",
    expiration_date="12/29",
    name_on_card="Ash Userton",
    card_zip_code="99999",
)


def bill_token(user: User, solution: str = "Bill Switch") -> str:
    return user.token(solution=solution, features=["bill_switch"], cards=[CARD], skip_intro_screen=True)


def test_a_bill_switch_in_version_4(user: User) -> None:
    user.open(bill_token(user), version="4.0.0")
    user.sees("search")
    user.picks("Reelmoor")
    user.logs_in()
    user.sees("card")
    user.shoots("card")
    user.goes_on()
    user.sees("success")
    user.shoots("success-bill")
    told = dict(user.events)
    assert told["merchant_login_success"]["platformId"] == told["bill_switch_success"]["platformId"]
    assert told["user_activated"] == {"solutionName": "Bill Switch"}
    assert told["bill_switch_success"]["isIntegratedSwitch"] is True
    assert "isGuidedSwitch" not in told["bill_switch_success"]


def test_a_bill_switch_that_fails_in_version_3(user: User) -> None:
    user.open(bill_token(user), version="3.5.0")
    user.sees("search")
    user.picks("Reelmoor")
    user.logs_in("user_error")
    user.sees("card")
    user.goes_on()
    user.sees("job_error")
    assert dict(user.events)["bill_switch_failure"]["isGuidedSwitch"] is False


def test_a_card_switch_before_there_were_bills(user: User) -> None:
    user.open(bill_token(user), version="3.0.0")
    user.sees("search")
    user.picks("Reelmoor")
    user.logs_in()
    user.sees("card")
    user.goes_on()
    user.sees("success")
    assert dict(user.events)["card_switch_begin"] == {}
    assert user.got("onSuccess")[0]["job"] == "card_switch"
    assert not [name for name, _ in user.events if name.startswith("bill")]


def opens_bill(user: User, name: str) -> None:
    user.sees("bills")
    user.link.locator(".row", has_text=name).click()
    user.sees("bill")


@pytest.fixture
def manager(user: User) -> User:
    """At the list of the bills that a bank account showed."""
    user.open(bill_token(user, "Bill Manager"), version="4.0.0")
    user.sees("terms")
    user.shoots("bills-terms")
    user.clicks("Agree and continue")
    user.sees("bank")
    user.shoots("bills-bank")
    user.link.locator(".row", has_text="Larkmere Bank").click()
    user.sees("bills")
    return user


def test_bills_are_switched_and_cancelled(manager: User) -> None:
    user = manager
    user.shoots("bills-list")
    opens_bill(user, "Cablefen")
    user.shoots("bills-bill")
    user.clicks("Switch to another card")
    user.logs_in()
    user.sees("card")
    user.goes_on()
    opens_bill(user, "Coverquill Insurance")
    user.clicks("Cancel this subscription")
    user.logs_in()
    user.sees("bills")
    assert dict(user.events)["bill_cancel_success"]["platformName"] == "Coverquill Insurance"

    user.shoots("bills-list-done")
    names = [name for name, _ in user.events]
    assert names.index("customer_terms_accepted") < names.index("user_activated") < names.index("bill_switch_success")
    assert dict(user.events)["external_account_connected"] == {
        "institutionName": "Larkmere Bank",
        "accountName": "Everyday Checking",
    }
    jobs = sorted((str(job.name), str(job.outcome)) for job in user.sandbox.client().jobs.list())
    assert jobs == [("bill_cancellation", "success"), ("bill_switch", "success")]


def test_bills_are_changed(manager: User) -> None:
    user = manager
    opens_bill(user, "Gymgate")
    user.clicks("Edit this bill")
    user.sees("bill_form")
    assert user.link.locator("#amount").input_value() == "39.00"
    user.link.locator("#amount").fill("abc")
    user.clicks("Save")
    user.link.locator("#amount[aria-invalid]").wait_for()
    user.link.locator("#amount").fill("41.50")
    user.shoots("bills-form")
    user.clicks("Save")
    user.sees("bills").get_by_text("$41.50").wait_for()
    assert dict(user.events)["bill_edited"]["amountCents"] == 4150
    for action in ("I no longer pay this", "Remove from the list"):
        opens_bill(user, "Gymgate")
        user.clicks(action)
    user.sees("bills")
    user.link.locator(".row", has_text="Gymgate").wait_for(state="detached")
    user.clicks("Add a bill")
    user.sees("bill_form")
    user.link.locator("#platform").select_option(label="Papermere Daily")
    user.link.locator("#amount").fill("12")
    user.link.locator("#due").fill("2031-02-03")
    user.clicks("Save")
    user.sees("bills")
    added = dict(user.events)["bill_added"]
    assert (added["platformName"], added["amountCents"]) == ("Papermere Daily", 1200)
    assert (added["nextPaymentDate"], added["frequency"]) == ("2031-02-03", "monthly")


def test_bills_are_planned(manager: User) -> None:
    user = manager
    plans(user, "Reelmoor", "Tunebriar")
    plans(user, "Tunebriar")
    told = dict(user.events)
    assert [entry["name"] for entry in told["bill_switch_platforms_added"]["platforms"]] == ["Reelmoor", "Tunebriar"]
    assert [entry["name"] for entry in told["bill_switch_platforms_removed"]["platforms"]] == ["Tunebriar"]
    user.clicks("Add due dates to my calendar")
    user.sees("calendar")
    user.shoots("bills-calendar")
    user.link.get_by_text("Outlook").click()
    user.clicks("Add to calendar")
    user.sees("bills")
    assert dict(user.events)["calendar_sync"] == {"calendarType": "outlook"}
    user.clicks("Done")
    user.sees("success")
    user.shoots("success-bills")
    user.clicks("Done")
    user.is_back()


def plans(user: User, *names: str) -> None:
    """Tick or untick services."""
    user.sees("bills")
    user.clicks("Plan which services to switch")
    user.sees("services")
    for name in names:
        user.link.get_by_label(name).click()
    user.shoots("bills-services")
    user.clicks("Save")
    user.sees("bills")


def test_a_cancellation_that_fails(user: User) -> None:
    user.open(bill_token(user, "Bill Manager"), version="4.0.0")
    user.clicks("Agree and continue")
    user.sees("bank")
    user.link.locator(".row").first.click()
    opens_bill(user, "Gymgate")
    user.clicks("Cancel this subscription")
    user.logs_in("user_error")
    user.sees("job_error")
    failed: dict[str, Any] = dict(user.events)["bill_cancel_failure"]
    assert failed["platformName"] == "Gymgate"
    user.clicks("Try again")
    user.sees("bill")


def test_bills_can_be_typed_in_from_the_start(user: User) -> None:
    user.open(bill_token(user, "Bill Manager"), version="4.0.0")
    user.clicks("Agree and continue")
    user.clicks("Enter bills by hand")
    user.sees("bills")
    user.shoots("bills-empty")
    user.link.get_by_text("No bills yet").wait_for()
