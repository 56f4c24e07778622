"""What a login sets off: the jobs that read the account, in the order and at the times that were recorded."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import attrs
import msgspec
from pinwheel_api import DirectDepositAllocations, JobOutcome, JobParams, SyncStatus
from sqlalchemy.orm import Session

from pinwheel_sandbox.link.switching import Switch
from pinwheel_sandbox.people import paystubs, shifts
from pinwheel_sandbox.people.context import Reading
from pinwheel_sandbox.people.directory import Person
from pinwheel_sandbox.storage import documents, tables
from pinwheel_sandbox.world import World

# Seconds after the login at which each job ends; a job that reads in batches ends once for each. All jobs run that the
# platform supports, also those that the Link token did not ask for. When the allocations come is not recorded.
TIMES: Mapping[str, tuple[float, ...]] = {
    "identity": (0.84,),
    "income": (0.91,),
    "paystubs": (1.50, 2.22, 3.23, 5.07),
    "shifts": (1.55, 4.21, 5.80),
    "direct_deposit_switch": (3.90,),
    "direct_deposit_allocations": (4.60,),
    "employment": (7.39,),
}


@attrs.frozen(kw_only=True)
class Run:
    """The jobs of one login, written down with the moments at which they end."""

    world: World
    session: Session
    account: tables.Account
    link_token_id: str
    supported: frozenset[str]
    started: datetime

    def read(self, person: Person) -> None:
        """Read everything for the first time."""
        for kind, make in (
            ("identity", person.identity),
            ("income", person.income),
            ("employment", person.employment),
        ):
            for reading in self._readings(kind):
                self.session.add(documents.row(kind, make(reading), arrives_at=reading.at))
                self._job(kind, reading.at)
        if readings := self._readings("paystubs"):
            for reading, batch in zip(readings, paystubs.paystubs(readings), strict=True):
                self._add_all("paystubs", reading, [(stub, stub.pay_date, stub.pay_date) for stub in batch])
                dates = [stub.pay_date for stub in batch]
                progress = _progress(reading, readings, len(batch))
                self._job("paystubs", reading.at, {**progress, "from_pay_date": min(dates), "to_pay_date": max(dates)})
        if readings := self._readings("shifts"):
            for reading, worked in zip(readings, shifts.shifts(readings), strict=True):
                self._add_all("shifts", reading, [(shift, shift.end_date, shift.start_date) for shift in worked])
                self._job("shifts", reading.at, _progress(reading, readings, len(worked)))

    def read_again(self) -> None:
        """Look again and find everything as it was."""
        for kind in ("identity", "income", "employment"):
            for reading in self._readings(kind):
                self._job(kind, reading.at, changed=False)
        for kind in ("paystubs", "shifts"):
            for reading in self._readings(kind)[-1:]:
                self._job(kind, reading.at, {"count": 0, "sync_status": SyncStatus.COMPLETE}, changed=False)

    def allocations(self, known: DirectDepositAllocations | None, person: Person, switch: Switch | None) -> None:
        """Switch the direct deposit where that is wanted, then read where the pay goes."""
        for reading in self._readings("direct_deposit_allocations"):
            found = known or person.allocations(reading)
            if switch is not None:
                for switching in self._readings("direct_deposit_switch"):
                    self._job("direct_deposit_switch", switching.at, msgspec.to_builtins(switch.params()))
                found = switch.applied(found, reading.at)
            changed = found is not known
            if changed:
                self.session.add(documents.row("direct_deposit_allocations", found, arrives_at=reading.at))
            self._job("direct_deposit_allocations", reading.at, changed=changed)

    def _readings(self, kind: str) -> list[Reading]:
        """When and for what the jobs of a kind run; not at all where the platform does not support it."""
        if kind not in self.supported:
            return []
        return [
            Reading(
                account_id=self.account.id,
                today=self.started.date(),
                at=self.started + timedelta(seconds=seconds) * self.world.settings.pace,
                chance=self.world.chance,
            )
            for seconds in TIMES[kind]
        ]

    def _add_all(self, kind: str, reading: Reading, batch: Sequence[tuple[documents.Record, Any, Any]]) -> None:
        self.session.add_all(
            documents.row(kind, record, arrives_at=reading.at, order=order, start=start)
            for record, order, start in batch
        )

    def _job(self, name: str, at: datetime, params: Mapping[str, Any] | None = None, *, changed: bool = True) -> None:
        # Through the model, so that what is stored has the model's names and JSON forms.
        given = {} if params is None else _sent(msgspec.convert(dict(params), JobParams))
        self.session.add(
            tables.Job(
                id=self.world.chance.uuid(),
                name=name,
                finished_at=at,
                outcome=JobOutcome.SUCCESS,
                link_token_id=self.link_token_id,
                account_id=self.account.id,
                changed_data=changed,
                params=given,
            )
        )


def _progress(reading: Reading, readings: Sequence[Reading], count: int) -> dict[str, Any]:
    last = reading is readings[-1]
    return {"count": count, "sync_status": SyncStatus.COMPLETE if last else SyncStatus.IN_PROGRESS}


def _sent(params: JobParams) -> dict[str, Any]:
    return {name: value for name, value in msgspec.to_builtins(params).items() if value is not None}
