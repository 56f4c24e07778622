"""Put a card on file at a merchant: a bill switch, or the card switch that front ends knew before version 3.3."""

from collections.abc import Mapping

from pinwheel_sandbox.link_page import bill_news, events, switches, users
from pinwheel_sandbox.link_page.state import Bill, Failure, Json
from pinwheel_sandbox.link_page.visit import BILL_JOBS, Given, Handler, Visit


def wanted(visit: Visit) -> bool:
    """Whether the Link token is for a card or a bill."""
    return bool(BILL_JOBS & visit.features)


def by_card(visit: Visit) -> bool:
    """Whether the front end is from the time of card switches. To the state, they are bill switches."""
    return not visit.state.sdk.since(3, 3)


def managed(visit: Visit) -> bool:
    """Whether the user gets a list of bills, and not just one merchant."""
    only_bills = bool(visit.asked) and visit.asked <= BILL_JOBS
    return visit.options.solution in {"Bill Manager", "Switch Kit"} and only_bills and not by_card(visit)


def activate(visit: Visit) -> None:
    """The user has begun to use the solution."""
    visit.tell("user_activated", {"solutionName": str(visit.options.solution)})


def cards(visit: Visit) -> list[str]:
    """The cards of the token, as they are shown: their names, and how their numbers end."""
    return [f"{card.card_name} ···· {card.card_number[-4:]}" for card in visit.options.cards or ()] or ["Card"]


def begin(visit: Visit) -> None:
    """The user has logged in to the merchant: ask which card, or cancel what is to be cancelled."""
    state = visit.state
    state.accounts[visit.platform.id] = state.account_id or ""
    if by_card(visit):
        visit.tell("card_switch_begin")
    else:
        visit.tell("merchant_login_success", {"accountId": state.account_id or "", "platformId": visit.platform.id})
        if not managed(visit):
            activate(visit)
    go_on(visit)


def go_on(visit: Visit) -> None:
    """To what the user logged in for."""
    if visit.state.cancelling:
        _run(visit, "bill_cancellation", {"is_integrated_cancellation": True}, active=False)
        visit.process("cancel")
    else:
        visit.go("card")


def submit(visit: Visit, given: Given) -> None:
    """The user chose the card."""
    visit.state.card = given.index("card", len(cards(visit)))
    _run(visit, "bill_switch", {"is_integrated_switch": True}, switched=True)
    visit.process("card")


def _run(visit: Visit, job: str, params: Json, **news: bool) -> None:
    """Do what the user asked for, whether or not the user waits to see it."""
    bill, failed = _open(visit), _failure(visit)
    switches.record(visit, job, failed, {**params, **_params(visit, bill)})
    if not failed and visit.state.bill:
        bill_news.replace(visit, bill, **news)


def settle(visit: Visit) -> None:
    """The processing screen asked how the switch went."""
    state = visit.state
    state.doing = None
    failed = _failure(visit)
    told = events.bill_switch(state.sdk, _open(visit), visit.platform.name, state.account_id)
    visit.tell("bill_switch_failure" if failed else "bill_switch_success", told)
    if failed:
        visit.fail(failed, "job_error")
    elif by_card(visit):
        visit.succeed("card_switch")
    elif state.bill:
        visit.go("bills")
    else:
        visit.go("success")


def settle_cancellation(visit: Visit) -> None:
    """The processing screen asked how the cancellation went."""
    state = visit.state
    state.doing = None
    failed = _failure(visit)
    told = events.bill_switch(state.sdk, _open(visit), visit.platform.name, state.account_id)
    visit.tell("bill_cancel_failure" if failed else "bill_cancel_success", told)
    if failed:
        visit.fail(failed, "job_error")
    else:
        visit.go("bills")


def _failure(visit: Visit) -> Failure | None:
    return users.failure(visit.state.effect, "bill_cancellation" if visit.state.cancelling else "card_switch")


def _open(visit: Visit) -> Bill:
    """The bill of the list that is open, or what a merchant is owed who was found by a search."""
    found = next((bill for bill in visit.state.bills if bill.id == visit.state.bill), None)
    return found or bill_news.usual(visit, visit.platform.id)


def _params(visit: Visit, bill: Bill) -> dict[str, object]:
    """What the job tells of the bill, and of the card that pays for it from now on."""
    told = {**bill_news.described(bill), "bill_id": bill.id}
    if visit.options.cards and not visit.state.cancelling:
        card = visit.options.cards[visit.state.card]
        told |= {
            "type": "card",
            "card_name": card.card_name,
            "payment": {"card_name": card.card_name, "last_four_card_number": card.card_number[-4:]},
        }
    return told


HANDLERS: Mapping[tuple[str, str], Handler] = {("card", "submit"): submit}
