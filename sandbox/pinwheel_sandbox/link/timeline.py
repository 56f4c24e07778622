"""What a login sets off: the jobs that read the account, in the order and at the times that were recorded."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import msgspec
from pinwheel_api import DirectDepositAllocations, Paystub, SyncStatus
from sqlalchemy.orm import Session

from pinwheel_sandbox.link.jobs import NO_DATA, SYSTEM_ERROR, JobLog
from pinwheel_sandbox.link.switching import Switch
from pinwheel_sandbox.people.context import Reading
from pinwheel_sandbox.people.person import (
    DEPOSIT_ERROR,
    ERROR,
    NO_PAYSTUBS,
    PENDING,
    SHIFT_BATCHES,
    Person,
    first_paystubs,
)
from pinwheel_sandbox.people.tax_forms import tax_forms
from pinwheel_sandbox.storage import documents, tables
from pinwheel_sandbox.world import World

# Seconds after the login at which each job ends; a job that reads in batches ends once for each. All jobs run that the
# platform supports, also those that the Link token did not ask for, except for tax forms. When the allocations and the
# tax forms come is not recorded.
TIMES: Mapping[str, tuple[float, ...]] = {
    "identity": (0.84,),
    "income": (0.91,),
    "paystubs": (1.50, 2.22, 3.23, 5.07),
    "shifts": (1.55, 4.21, 5.80),
    "direct_deposit_switch": (3.90,),
    "direct_deposit_allocations": (4.60,),
    "tax_forms": (6.60,),
    "employment": (7.39,),
}
# What a login reads, whether or not it also switches something.
READ = ("identity", "income", "employment", "paystubs", "shifts")
PENDING_FOR = timedelta(seconds=60)


@attrs.frozen(kw_only=True)
class Run:
    """The jobs of one login, written down with the moments at which they end."""

    world: World
    session: Session
    account: tables.Account
    supported: frozenset[str]
    started: datetime
    log: JobLog

    def read(self, person: Person, *, with_tax_forms: bool) -> None:
        """Read everything for the first time."""
        for kind, make in (
            ("identity", person.identity),
            ("income", person.income),
            ("employment", person.employment),
        ):
            for reading in self._readings(kind):
                self.session.add(documents.row(kind, make(reading), arrives_at=reading.at))
                self.log.succeeded(kind, reading.at)
        stubs = self._paystubs(person)
        if with_tax_forms:
            self._tax_forms(person, stubs)
        if readings := self._readings("shifts"):
            for reading, batch in zip(readings, SHIFT_BATCHES, strict=True):
                days = [day for day in (reading.today - timedelta(days=n) for n in batch) if person.work.works(day)]
                worked = [person.work.shift(reading, day) for day in days]
                self._add_all("shifts", reading, [(shift, shift.end_date, shift.start_date) for shift in worked])
                self.log.succeeded("shifts", reading.at, _progress(reading, readings, len(worked)))

    def fail(self, person: Person) -> None:
        """Read nothing: every job ends in error, for some after a minute in which nobody knows."""
        for kind in READ:
            for reading in self._readings(kind)[:1]:
                self._come_to_nothing(kind, reading.at, person.effect)

    def allocations(self, known: DirectDepositAllocations | None, person: Person, switch: Switch | None) -> None:
        """Switch the direct deposit where that is wanted, then read where the pay goes."""
        for reading in self._readings("direct_deposit_allocations"):
            found = known or person.allocations(reading)
            if switch is not None:
                params = msgspec.to_builtins(switch.params())
                fails = person.effect in {ERROR, PENDING, DEPOSIT_ERROR}
                for switching in self._readings("direct_deposit_switch"):
                    if fails:
                        self._come_to_nothing("direct_deposit_switch", switching.at, person.effect, params)
                    else:
                        self.log.succeeded("direct_deposit_switch", switching.at, params)
                found = found if fails else switch.applied(found, reading.at)
            changed = found is not known
            if changed:
                self.session.add(documents.row("direct_deposit_allocations", found, arrives_at=reading.at))
            self.log.succeeded("direct_deposit_allocations", reading.at, changed=changed)

    def _paystubs(self, person: Person) -> list[Paystub]:
        """Read the paystubs; those of somebody whose platform does not show any serve for the tax forms alone."""
        readings = self._readings("paystubs")
        if person.effect == NO_PAYSTUBS:
            for reading in readings[-1:]:
                self.log.failed("paystubs", reading.at, NO_DATA)
            return []
        everyone = readings or [self._reading(0.0) for _ in TIMES["paystubs"]]
        batches = first_paystubs(person.pay, everyone, self.started.date())
        for reading, batch in zip(readings, batches, strict=False):
            self._add_all("paystubs", reading, [(stub, stub.pay_date, stub.pay_date) for stub in batch])
            dates = [stub.pay_date for stub in batch]
            self.log.succeeded("paystubs", reading.at, {**_progress(reading, readings, len(batch)), **_range(dates)})
        return [stub for batch in batches for stub in batch]

    def _tax_forms(self, person: Person, stubs: Sequence[Paystub]) -> None:
        for reading in self._readings("tax_forms"):
            forms = tax_forms(
                reading,
                stubs,
                person.identity(reading),
                person.employment(reading),
                ssn=person.ssn,
                ein=self.world.catalogue.ein_of(self.account.employer_id),
            )
            self._add_all("tax_forms", reading, [(form, form.year, form.year) for form in forms])
            self.log.succeeded("tax_forms", reading.at, {"count": len(forms)})

    def _come_to_nothing(self, kind: str, at: datetime, effect: str, params: Mapping[str, Any] | None = None) -> None:
        if effect == PENDING:
            self.log.hung(kind, at, at + PENDING_FOR, params)
        else:
            self.log.failed(kind, at, SYSTEM_ERROR, params)

    def _readings(self, kind: str) -> list[Reading]:
        """When and for what the jobs of a kind run; not at all where the platform does not support it."""
        return [self._reading(seconds) for seconds in TIMES[kind]] if kind in self.supported else []

    def _reading(self, seconds: float) -> Reading:
        return Reading(
            account_id=self.account.id,
            today=self.started.date(),
            at=self.started + timedelta(seconds=seconds) * self.world.settings.pace,
            chance=self.world.chance,
        )

    def _add_all(self, kind: str, reading: Reading, batch: Sequence[tuple[documents.Record, Any, Any]]) -> None:
        self.session.add_all(
            documents.row(kind, record, arrives_at=reading.at, order=order, start=start)
            for record, order, start in batch
        )


def _progress(reading: Reading, readings: Sequence[Reading], count: int) -> dict[str, Any]:
    last = reading is readings[-1]
    return {"count": count, "sync_status": SyncStatus.COMPLETE if last else SyncStatus.IN_PROGRESS}


def _range(dates: Sequence[date]) -> dict[str, Any]:
    return {"from_pay_date": min(dates), "to_pay_date": max(dates)} if dates else {}
