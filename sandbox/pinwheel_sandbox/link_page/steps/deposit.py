"""Choose what to switch and where to, confirm it, and switch."""

import re
from collections.abc import Mapping

from pinwheel_sandbox.link_page import events, switches, users
from pinwheel_sandbox.link_page.state import Choice, Failure, Target
from pinwheel_sandbox.link_page.visit import Given, Handler, Visit

# A switch can move 1 to 99 percent: all of it is a full switch.
MOST_PERCENT = 99


def wanted(visit: Visit) -> bool:
    """Whether the Link token is for a switch."""
    return "direct_deposit_switch" in visit.features


def begin(visit: Visit) -> None:
    """Go to the first question that is open."""
    fixed = _fixed(visit)
    if not visit.state.targets:
        visit.go("bank_account")
    elif len(visit.state.targets) > 1 or (fixed is None and kinds(visit) != ["full"]):
        visit.go("amount")
    else:
        _chosen(visit, fixed or Choice(kind="full"))


def kinds(visit: Visit) -> list[str]:
    """The kinds of share that can be chosen here."""
    if _fixed(visit) is not None:
        return []
    platform, options = visit.platform, visit.options
    if options.disable_direct_deposit_splitting or not (platform.amount or platform.percentage):
        return ["full"]
    return [
        "full",
        *(["amount"] if platform.amount else []),
        *(["percentage"] if platform.percentage else []),
        "remainder",
    ]


def bounds(visit: Visit) -> tuple[float, float]:
    """The smallest and the largest amount in dollars."""
    platform = visit.platform
    least = (visit.options.allocation.min_amount if visit.options.allocation else None) or 0
    return max(float(least), platform.min_amount or 0.01), platform.max_amount or 99_999


def bank_account(visit: Visit, given: Given) -> None:
    """The user typed where the pay is to go."""
    routing, account = given.text("routing_number"), given.text("account_number")
    problems: dict[str, str] = {}
    if not re.fullmatch(r"[0-9]{9}", routing):
        problems["routing_number"] = "routingNumber"
    if not re.fullmatch(r"[0-9]{5,17}", account):
        problems["account_number"] = "accountNumber"
    visit.state.problems = problems
    if not problems:
        kind = "savings" if given.text("type") == "savings" else "checking"
        target = Target(name=visit.options.org_name, type=kind, routing_number=routing, account_number=account)
        visit.state.targets = [target]
        begin(visit)


def amount(visit: Visit, given: Given) -> None:
    """The user chose the share, and the account where there are several."""
    place = given.index("target", len(visit.state.targets))
    fixed = _fixed(visit)
    if fixed is not None:
        _chosen(visit, Choice(kind=fixed.kind, value=fixed.value, target=place))
        return
    kind, value = given.text("kind"), given.number("value")
    if kind not in kinds(visit):
        visit.state.problems = {"kind": "required"}
    elif kind in {"full", "remainder"}:
        _chosen(visit, Choice(kind=kind, target=place))
    elif problem := _problem(visit, kind, value):
        visit.state.problems = {"value": problem}
    else:
        _chosen(visit, Choice(kind=kind, value=value, target=place))


def confirm(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user wants it switched. That is done whether or not the user waits to see it."""
    choice, target = visit.state.choice, visit.target
    if choice is None or target is None:  # pragma: no cover - the confirmation is shown only with both
        visit.go("amount")
        return
    switches.carry_out(visit, choice, target, _failure(visit))
    visit.process("switch")


def change(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user wants to choose again."""
    if len(visit.state.targets) > 1 or len(kinds(visit)) > 1:
        visit.go("amount")


def settle(visit: Visit) -> None:
    """The processing screen asked how the switch went."""
    visit.state.doing = None
    if failed := _failure(visit):
        visit.fail(failed, "job_error")
    else:
        visit.succeed("direct_deposit_switch")


def _failure(visit: Visit) -> Failure | None:
    return users.failure(visit.state.effect, "direct_deposit_switch")


def _fixed(visit: Visit) -> Choice | None:
    """The share that a partner or the Link token sets, which the user cannot change."""
    if visit.state.partner:
        return Choice(kind="partner")
    allocation = visit.options.allocation
    if not allocation or not allocation.type or not allocation.value:
        return None
    return Choice(kind="amount", value=float(allocation.value))


def _problem(visit: Visit, kind: str, value: float | None) -> str | None:
    if value is None or value <= 0:
        return "required"
    if not visit.platform.fractional and value != int(value):
        return "wholeNumber"
    if kind == "percentage":
        return None if 1 <= value <= MOST_PERCENT else "percentRange"
    least, most = bounds(visit)
    return None if least <= value <= most and round(value, 2) == value else "amountRange"


def _chosen(visit: Visit, choice: Choice) -> None:
    visit.state.choice = choice
    if told := events.amount(choice):
        visit.tell("input_amount", told)
    visit.tell("input_allocation", events.allocation(choice, visit.target))
    visit.go("confirm")


HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("bank_account", "submit"): bank_account,
    ("amount", "submit"): amount,
    ("confirm", "submit"): confirm,
    ("confirm", "back"): change,
}
