"""How Link begins: with the intro, or wherever the Link token says."""

from collections.abc import Mapping

from pinwheel_api import MonitoringStatus

from pinwheel_sandbox.link.errors import LinkError, sandbox_error
from pinwheel_sandbox.link.providers import choose
from pinwheel_sandbox.link_page.state import Target
from pinwheel_sandbox.link_page.steps import deposit, forms, uploads
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
        if visit.token.account_id:
            _update(visit)
        elif visit.options.skip_intro_screen:
            _first_screen(visit)
        else:
            visit.go("intro")
    except LinkError as error:
        visit.fail(error, "fatal")


def begin(visit: Visit, given: Given) -> None:  # noqa: ARG001 - every handler has this form
    """The user read the intro."""
    _first_screen(visit)


def _first_screen(visit: Visit) -> None:
    options = visit.options
    if options.document_uploads == "direct":
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
        visit.go("login")
    elif deposit.wanted(visit):
        visit.state.account_id = account.id
        deposit.begin(visit)
    else:
        visit.process("refresh")


HANDLERS: Mapping[tuple[str, str], Handler] = {("intro", "continue"): begin}
