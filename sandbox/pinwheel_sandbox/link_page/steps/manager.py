"""The list of bills of Bill Manager: found in a bank account or typed in, edited, switched and cancelled."""

from collections.abc import Mapping
from datetime import date

from pinwheel_sandbox.catalogue.entries import PlatformEntry
from pinwheel_sandbox.link_page import bill_news, events
from pinwheel_sandbox.link_page.state import Bill
from pinwheel_sandbox.link_page.steps import bills
from pinwheel_sandbox.link_page.visit import Given, Handler, Visit

# Invented banks, each with the account that its customer connects.
BANKS = (("Larkmere Bank", "Everyday Checking"), ("Stonebridge Credit Union", "Share Draft"), ("Tidewell", "Spending"))
CALENDARS = ("google", "outlook")
# What a connected bank account shows: so many bills, of kinds that most people have.
_FOUND = 3
_MOST_CENTS = 100_000_00


def begin(visit: Visit) -> None:
    """Ask for agreement first."""
    visit.go("terms")


def agree(visit: Visit, given: Given) -> None:  # noqa: ARG001 - every handler has this form
    """The user agreed to the terms."""
    visit.tell("customer_terms_accepted")
    bills.activate(visit)
    visit.go("bank")


def banks(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user wants to connect another bank."""
    visit.go("bank")


def connect(visit: Visit, given: Given) -> None:
    """The user picked the bank whose payments are looked through."""
    visit.state.bank = given.index("bank", len(BANKS))
    visit.process("bank")


def connected(visit: Visit) -> None:
    """The processing screen asked for the bank."""
    visit.state.doing = None
    institution, account = BANKS[visit.state.bank]
    visit.tell("external_account_connected", {"institutionName": institution, "accountName": account})
    known = {bill.platform_id for bill in visit.state.bills}
    common = [merchant for merchant in merchants(visit) if merchant.merchant_category in bill_news.USUAL]
    for platform in [merchant for merchant in common if merchant.id not in known][:_FOUND]:
        bill_news.add(visit, bill_news.usual(visit, platform.id, found="external_plaid"))
    visit.go("bills")


def merchants(visit: Visit) -> list[PlatformEntry]:
    """Everybody whom bills can come from."""
    return [platform for platform in visit.world.catalogue.platforms.values() if platform.type == "merchant"]


def overview(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """To the list."""
    visit.state.bill, visit.state.cancelling = None, False
    visit.go("bills")


def look(visit: Visit, given: Given) -> None:
    """The user opened one of the bills."""
    if any(bill.id == given.text("id") for bill in visit.state.bills):
        visit.state.bill = given.text("id")
        visit.go("bill")


def edit(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user wants to type in what a bill is, or a new one."""
    visit.go("bill_form")


def save(visit: Visit, given: Given) -> None:
    """The user typed in what a bill is."""
    bill = opened(visit)
    amount, due, frequency = given.number("amount"), _day(given.text("due")), given.text("frequency")
    platform = bill.platform_id if bill else given.text("platform")
    problems: dict[str, str] = {}
    if amount is None or not 0 < round(amount * 100) <= _MOST_CENTS:
        problems["amount"] = "amountRange" if amount else "required"
    if due is None:
        problems["due"] = "date"
    visit.state.problems = problems
    known = any(merchant.id == platform for merchant in merchants(visit))
    if amount is None or due is None or problems or not known or frequency not in bill_news.FREQUENCIES:
        return
    new = Bill(
        id=bill.id if bill else visit.world.chance.uuid(),
        platform_id=platform,
        cents=round(amount * 100),
        due=due.isoformat(),
        frequency=frequency,
    )
    if bill:
        changed = bill_news.replace(visit, bill, cents=new.cents, due=new.due, frequency=frequency)
        _tell(visit, "bill_edited", changed)
    else:
        bill_news.add(visit, new)
        _tell(visit, "bill_added", new)
    overview(visit, given)


def retire(visit: Visit, given: Given) -> None:
    """The user does not pay this any more."""
    if bill := opened(visit):
        _tell(visit, "bill_marked_inactive", bill_news.replace(visit, bill, active=False))
        overview(visit, given)


def remove(visit: Visit, given: Given) -> None:
    """The user does not want to see it."""
    if bill := opened(visit):
        bill_news.remove(visit, bill)
        _tell(visit, "bill_removed", bill)
        overview(visit, given)


def switch(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user wants to pay it with a card of the token."""
    _at_merchant(visit, cancelling=False)


def cancel(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user wants to be rid of the contract."""
    _at_merchant(visit, cancelling=True)


def plan(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user wants to say which services are to be switched."""
    visit.go("services")


def choose(visit: Visit, given: Given) -> None:
    """The user said which."""
    before, sent = visit.state.services, given.texts("chosen")
    after = [merchant.id for merchant in merchants(visit) if merchant.id in sent]
    visit.state.services = after
    for event, listed in (
        ("bill_switch_platforms_added", [key for key in after if key not in before]),
        ("bill_switch_platforms_removed", [key for key in before if key not in after]),
    ):
        if listed:
            visit.tell(event, {"platforms": [{"id": key, "name": _name(visit, key)} for key in listed]})
    overview(visit, given)


def remind(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user wants the bills in a calendar."""
    visit.go("calendar")


def sync(visit: Visit, given: Given) -> None:
    """The user said which."""
    visit.tell("calendar_sync", {"calendarType": CALENDARS[given.index("calendar", len(CALENDARS))]})
    overview(visit, given)


def finish(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user is done."""
    visit.go("success")


def opened(visit: Visit) -> Bill | None:
    """The bill that the user is at."""
    return next((bill for bill in visit.state.bills if bill.id == visit.state.bill), None)


def _at_merchant(visit: Visit, *, cancelling: bool) -> None:
    """What is done at the merchant's needs a login there, once."""
    state, bill = visit.state, opened(visit)
    if bill is None or not bill.active:
        return
    state.platform_id, state.employer_id, state.cancelling, state.form = bill.platform_id, None, cancelling, 0
    if bill.platform_id in state.accounts:
        state.account_id = state.accounts[bill.platform_id]
        bills.go_on(visit)
    else:
        visit.go("login")


def _tell(visit: Visit, event: str, bill: Bill) -> None:
    visit.tell(event, events.bill(visit.state.sdk, bill, _name(visit, bill.platform_id)))


def _name(visit: Visit, platform_id: str) -> str:
    return visit.world.catalogue.platforms[platform_id].name


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("terms", "submit"): agree,
    ("bank", "submit"): connect,
    ("bank", "skip"): overview,
    ("bills", "open"): look,
    ("bills", "add"): edit,
    ("bills", "services"): plan,
    ("bills", "calendar"): remind,
    ("bills", "bank"): banks,
    ("bills", "done"): finish,
    ("bill", "edit"): edit,
    ("bill", "inactive"): retire,
    ("bill", "remove"): remove,
    ("bill", "switch"): switch,
    ("bill", "cancel"): cancel,
    ("bill", "back"): overview,
    ("bill_form", "submit"): save,
    ("bill_form", "back"): overview,
    ("services", "submit"): choose,
    ("services", "back"): overview,
    ("calendar", "submit"): sync,
    ("calendar", "back"): overview,
    ("card", "back"): overview,
}
