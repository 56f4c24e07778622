"""How Link begins: with the intro, or wherever the Link token says."""

from collections.abc import Mapping

from pinwheel_api import MonitoringStatus

from pinwheel_sandbox.link.errors import LinkError, sandbox_error
from pinwheel_sandbox.link.providers import choose
from pinwheel_sandbox.link_page import providers
from pinwheel_sandbox.link_page.matching import who_matches
from pinwheel_sandbox.link_page.state import Target
from pinwheel_sandbox.link_page.steps import bills, deposit, forms, manager, uploads
from pinwheel_sandbox.link_page.visit import Given, Handler, Visit
from pinwheel_sandbox.storage.tables import Account


def start(visit: Visit) -> None:
    """Open Link."""
    visit.tell("open")
    targets = visit.options.allocation.targets if visit.options.allocation else None
    visit.state.targets = [
        Target(
            name=target.name or f"Account {number}",
            type=str(target.type or "checking"),
            routing_number=target.routing_number or "",
            account_number=target.account_number or "",
        )
        for number, target in enumerate(targets or (), start=1)
    ]
    try:
        _match(visit)
        if visit.token.account_id:
            _update(visit)
        elif visit.options.skip_intro_screen:
            _first_screen(visit)
        else:
            visit.go("intro")
    except LinkError as error:
        visit.fail(error, "fatal")


def begin(visit: Visit, given: Given) -> None:  # noqa: ARG001 - every handler has this form
    """The user read the intro, and where platform matching found an employer, says that it is the right one."""
    if not visit.state.matched_user:
        _first_screen(visit)
    elif partnered(visit):
        visit.state.username, visit.state.partner = visit.state.matched_user, True
        visit.process("match")
    else:
        visit.go("login")


def another(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """Platform matching found the wrong one."""
    if visit.state.matched_user:
        visit.tell("incorrect_platform_given")
        visit.state.matched_user = visit.state.platform_id = visit.state.employer_id = None
        visit.state.preselected = False
        _first_screen(visit)


def partnered(visit: Visit) -> bool:
    """Whether a partner makes the switch for a user who was matched; version 2 had no words for that."""
    return deposit.wanted(visit) and visit.state.sdk.since(3)


def _match(visit: Visit) -> None:
    """Find the employer by who the user is, as the personal data in the token say."""
    matching = visit.options.end_user.platform_matching if visit.options.end_user else None
    username = who_matches(visit.session, matching) if matching else None
    employer = visit.world.catalogue.default_employer()
    if username and not visit.token.account_id and providers.fits(visit, employer.platform):
        visit.state.matched_user = username
        visit.state.employer_id, visit.state.platform_id = employer.id, employer.platform.id
        visit.state.preselected = True


def _first_screen(visit: Visit) -> None:
    options = visit.options
    if bills.managed(visit):
        manager.begin(visit)
    elif options.document_uploads == "direct":
        uploads.begin(visit)
    elif options.deposit_forms == "direct":
        forms.begin(visit)
    elif options.employer_id or options.platform_id:
        provider = choose(visit.world.catalogue, options, None, None)
        visit.state.platform_id = provider.platform.id
        visit.state.employer_id = provider.employer.id if provider.employer else None
        visit.state.preselected = True
        visit.go("login")
    else:
        visit.go("search")


def _update(visit: Visit) -> None:
    """An On Demand Update: straight on, unless the platform wants the user to log in again."""
    account = visit.session.get(Account, visit.token.account_id)
    if account is None or not account.connected:
        raise sandbox_error("accountDisconnected", "The account of this Link token was disconnected.")
    visit.state.platform_id = account.platform_id
    visit.state.employer_id = account.employer_id
    visit.state.username = account.username
    visit.state.preselected = True
    if account.monitoring_status == MonitoringStatus.USER_ACTION_REQUIRED:
        visit.tell("input_required")
        visit.go("login")
    elif deposit.wanted(visit):
        visit.state.account_id = account.id
        deposit.begin(visit)
    else:
        visit.process("refresh")


HANDLERS: Mapping[tuple[str, str], Handler] = {("intro", "continue"): begin, ("intro", "another"): another}
