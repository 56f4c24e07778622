"""A direct deposit switch: what the user is taken to choose, and what it does to the allocations."""

from datetime import datetime
from decimal import Decimal

import attrs
from pinwheel_api import (
    AccountType,
    AllocationTarget,
    AllocationType,
    Currency,
    DepositAccountType,
    DirectDepositAllocation,
    DirectDepositAllocations,
    JobAllocation,
    JobParams,
    LinkTokenCreate,
    SwitchAction,
    TargetAccount,
)

from pinwheel_sandbox.records import changed


@attrs.frozen(kw_only=True)
class Switch:
    """A switch to one account: of all the pay, or of a fixed amount when the Link token set one."""

    target: AllocationTarget
    dollars: Decimal | None

    def params(self) -> JobParams:
        """What the job says about itself."""
        number = self.target.account_number or ""
        target = TargetAccount(
            account_name=self.target.name or None,
            account_type=self.target.type or None,
            last_four_account_number=number[-4:] or None,
        )
        if self.dollars is None:
            allocation = JobAllocation(type=AllocationType.REMAINDER, target=target)
            return JobParams(action=SwitchAction.FULL_SWITCH, allocation=allocation)
        allocation = JobAllocation(type=AllocationType.AMOUNT, value=int(self.dollars), target=target)
        return JobParams(action=SwitchAction.PARTIAL_SWITCH, allocation=allocation)

    def applied(self, before: DirectDepositAllocations, at: datetime) -> DirectDepositAllocations:
        """The allocations afterwards: a full switch replaces all others, a partial one goes first."""
        fixed = self.dollars is not None
        new = DirectDepositAllocation(
            account_name=self.target.name or None,
            account_type=DepositAccountType(self.target.type or AccountType.CHECKING),
            allocation_type=AllocationType.AMOUNT if fixed else AllocationType.REMAINDER,
            amount=int(self.dollars * 100) if self.dollars is not None else None,
            currency=Currency.USD,
            masked_account_number=(self.target.account_number or "")[-4:] or None,
            priority=1,
            routing_number=self.target.routing_number or None,
        )
        kept = before.allocations if fixed else []
        others = [changed(line, priority=place) for place, line in enumerate(kept, start=2)]
        return changed(before, updated_at=at, allocations=[new, *others])


def wanted_switch(options: LinkTokenCreate) -> Switch | None:
    """The switch that a Link token is for, if it is for one and says to which account.

    Where several accounts are offered the first one is chosen; without any, there is nobody here to type one in.
    """
    allocation = options.allocation
    if "direct_deposit_switch" not in (options.features or []) or not allocation or not allocation.targets:
        return None
    return Switch(target=allocation.targets[0], dollars=allocation.value or None if allocation.type else None)
