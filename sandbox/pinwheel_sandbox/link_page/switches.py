"""What a switch that was confirmed in Link does to the account: a job, and other allocations."""

from datetime import datetime, timedelta

import msgspec
from pinwheel_api import (
    AccountType,
    AllocationType,
    Currency,
    DepositAccountType,
    DirectDepositAllocation,
    DirectDepositAllocations,
    JobAllocation,
    JobParams,
    SwitchAction,
    TargetAccount,
)

from pinwheel_sandbox.link.jobs import JobLog
from pinwheel_sandbox.link.timeline import PENDING_FOR
from pinwheel_sandbox.link_page.state import Choice, Failure, Json, Target
from pinwheel_sandbox.link_page.visit import Visit
from pinwheel_sandbox.records import changed
from pinwheel_sandbox.storage import documents

_TYPES = {
    "full": AllocationType.REMAINDER,
    "partner": AllocationType.REMAINDER,
    "remainder": AllocationType.REMAINDER,
    "amount": AllocationType.AMOUNT,
    "percentage": AllocationType.PERCENTAGE,
}

# The choices that move all of the pay.
WHOLE = frozenset({"full", "partner"})


def carry_out(visit: Visit, choice: Choice, target: Target, failed: Failure | None) -> None:
    """Run the job, and where it succeeds, change the allocations and read them again."""
    record(visit, "direct_deposit_switch", failed, msgspec.to_builtins(_params(choice, target)))
    account_id = visit.state.account_id or ""
    # The newest reading counts, also one that is still on its way.
    far = visit.now + timedelta(days=1)
    before = documents.find(visit.session, account_id, "direct_deposit_allocations", DirectDepositAllocations, far)
    if failed or before is None:
        return
    after = max(visit.now, before.updated_at) + timedelta(milliseconds=1)
    found = _applied(before, choice, target, after)
    visit.session.add(documents.row("direct_deposit_allocations", found, arrives_at=after))
    _log(visit).succeeded("direct_deposit_allocations", after)


def record(visit: Visit, job: str, failed: Failure | None, params: Json) -> None:
    """Write down a job that the user set off in Link: it succeeds, fails, or hangs for a minute and fails then."""
    log = _log(visit)
    if failed is None:
        log.succeeded(job, visit.now, params)
    elif failed.pending:
        log.hung(job, visit.now, visit.now + PENDING_FOR, params)
    else:
        log.failed(job, visit.now, params=params)


def _log(visit: Visit) -> JobLog:
    account_id = visit.state.account_id or ""
    return JobLog(world=visit.world, session=visit.session, account_id=account_id, link_token_id=visit.token.id)


def _params(choice: Choice, target: Target) -> JobParams:
    shown = TargetAccount(
        account_name=target.name,
        account_type=AccountType(target.type),
        last_four_account_number=target.account_number[-4:] or None,
    )
    value = int(choice.value) if choice.value is not None else None
    full = choice.kind in WHOLE
    return JobParams(
        action=SwitchAction.FULL_SWITCH if full else SwitchAction.PARTIAL_SWITCH,
        allocation=JobAllocation(type=_TYPES[choice.kind], value=value, target=shown),
    )


def _applied(
    before: DirectDepositAllocations, choice: Choice, target: Target, at: datetime
) -> DirectDepositAllocations:
    """A full switch replaces all lines, a share goes before them, the remainder takes the place of the remainder."""
    new = DirectDepositAllocation(
        account_name=target.name,
        account_type=DepositAccountType(target.type),
        allocation_type=_TYPES[choice.kind],
        amount=round(choice.value * 100) if choice.kind == "amount" and choice.value else None,
        percentage=choice.value if choice.kind == "percentage" else None,
        currency=Currency.USD,
        masked_account_number=target.account_number[-4:] or None,
        routing_number=target.routing_number or None,
    )
    if choice.kind in WHOLE:
        lines = [new]
    elif choice.kind == "remainder":
        lines = [*(line for line in before.allocations if line.allocation_type != AllocationType.REMAINDER), new]
    else:
        lines = [new, *before.allocations]
    numbered = [changed(line, priority=place) for place, line in enumerate(lines, start=1)]
    return changed(before, updated_at=at, allocations=numbered)
