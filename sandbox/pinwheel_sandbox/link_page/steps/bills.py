"""Put a card on file at a merchant: a bill switch, or the card switch that front ends knew before version 3.3."""

from collections.abc import Mapping

from pinwheel_sandbox.link_page import switches, users
from pinwheel_sandbox.link_page.state import Json
from pinwheel_sandbox.link_page.visit import Given, Handler, Visit


def wanted(visit: Visit) -> bool:
    """Whether the Link token is for a card or a bill."""
    return "bill_switch" in visit.features


def by_card(visit: Visit) -> bool:
    """Whether the front end is from the time of card switches. To the state, they are bill switches."""
    return (visit.state.sdk.major, visit.state.sdk.minor) < (3, 3)


def cards(visit: Visit) -> list[str]:
    """The cards of the token, as they are shown: their names, and how their numbers end."""
    return [f"{card.card_name} ···· {card.card_number[-4:]}" for card in visit.options.cards or ()] or ["Card"]


def begin(visit: Visit) -> None:
    """Ask which card."""
    if by_card(visit):
        visit.tell("card_switch_begin")
    else:
        visit.tell(
            "merchant_login_success",
            {"accountId": visit.state.account_id or "", "platformId": visit.platform.id},
        )
    visit.go("card")


def submit(visit: Visit, given: Given) -> None:
    """The user chose the card."""
    visit.state.card = given.index("card", len(cards(visit)))
    visit.process("card")


def settle(visit: Visit) -> None:
    """The processing screen asked how it went."""
    visit.state.doing = None
    card = by_card(visit)
    failed = users.failure(visit.state.effect, "card_switch")
    names = [entry.card_name for entry in visit.options.cards or ()]
    switches.record(visit, "bill_switch", failed, {"card_name": names[visit.state.card]} if card and names else {})
    if failed:
        if not card:
            visit.tell("bill_switch_failure", _bill(visit))
        visit.fail(failed, "job_error")
    elif card:
        visit.succeed("card_switch")
    else:
        visit.tell("bill_switch_success", _bill(visit))
        visit.go("success")


def _bill(visit: Visit) -> Json:
    guided = "isIntegratedSwitch" if visit.state.sdk.major >= 4 else "isGuidedSwitch"
    return {
        "platformId": visit.platform.id,
        "platformName": visit.platform.name,
        guided: visit.state.sdk.major >= 4,
        "frequency": "monthly",
        "nextPaymentDate": visit.now.date().replace(day=28).isoformat(),
        "amountCents": 1599,
        "accountId": visit.state.account_id or "",
    }


HANDLERS: Mapping[tuple[str, str], Handler] = {("card", "submit"): submit}
