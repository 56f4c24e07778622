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
    JobOutcome,
    JobParams,
    SwitchAction,
    TargetAccount,
)

from pinwheel_sandbox.link_page.state import Choice, Json, Target
from pinwheel_sandbox.link_page.users import outcome
from pinwheel_sandbox.link_page.visit import Visit
from pinwheel_sandbox.records import changed
from pinwheel_sandbox.storage import documents, tables

PENDING_FOR = timedelta(seconds=60)

_TYPES = {
    "full": AllocationType.REMAINDER,
    "remainder": AllocationType.REMAINDER,
    "amount": AllocationType.AMOUNT,
    "percentage": AllocationType.PERCENTAGE,
}


def carry_out(visit: Visit, choice: Choice, target: Target, effect: str) -> None:
    """Run the job: it succeeds, fails, or is pending for a minute and fails then."""
    told = _params(choice, target)
    if effect == "pending":
        record_job(visit, "direct_deposit_switch", JobOutcome.PENDING, visit.now, told)
        record_job(visit, "direct_deposit_switch", JobOutcome.ERROR, visit.now + PENDING_FOR, told)
        return
    if effect == "error":
        record_job(visit, "direct_deposit_switch", JobOutcome.ERROR, visit.now, told)
        return
    record_job(visit, "direct_deposit_switch", JobOutcome.SUCCESS, visit.now, told)
    account_id = visit.state.account_id or ""
    # The newest reading counts, also one that is still on its way.
    far = visit.now + timedelta(days=1)
    before = documents.find(visit.session, account_id, "direct_deposit_allocations", DirectDepositAllocations, far)
    if before is None:
        return
    after = max(visit.now, before.updated_at) + timedelta(milliseconds=1)
    found = _applied(before, choice, target, after)
    visit.session.add(documents.row("direct_deposit_allocations", found, arrives_at=after))
    record_job(visit, "direct_deposit_allocations", JobOutcome.SUCCESS, after)


def record_job(visit: Visit, name: str, ended: JobOutcome, at: datetime, params: JobParams | None = None) -> None:
    """Write down a job that the user set off in Link."""
    failed = outcome("error") if ended == JobOutcome.ERROR else None
    visit.session.add(
        tables.Job(
            id=visit.world.chance.uuid(),
            name=name,
            finished_at=at,
            outcome=ended,
            link_token_id=visit.token.id,
            account_id=visit.state.account_id,
            changed_data=ended == JobOutcome.SUCCESS,
            error_code=failed.code if failed else None,
            error_type=failed.type if failed else None,
            params=_sent(params) if params else {},
        )
    )


def _params(choice: Choice, target: Target) -> JobParams:
    shown = TargetAccount(
        account_name=target.name,
        account_type=AccountType(target.type),
        last_four_account_number=target.account_number[-4:] or None,
    )
    value = int(choice.value) if choice.value is not None else None
    full = choice.kind == "full"
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
    if choice.kind == "full":
        lines = [new]
    elif choice.kind == "remainder":
        lines = [*(line for line in before.allocations if line.allocation_type != AllocationType.REMAINDER), new]
    else:
        lines = [new, *before.allocations]
    numbered = [changed(line, priority=place) for place, line in enumerate(lines, start=1)]
    return changed(before, updated_at=at, allocations=numbered)


def _sent(params: JobParams) -> Json:
    return {name: value for name, value in msgspec.to_builtins(params).items() if value is not None}
