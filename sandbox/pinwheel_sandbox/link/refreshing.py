"""Look at an account again: what came since the last time is added, what changed is kept as it is now."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, cast

import attrs
from pinwheel_api import Employment, Identity, Income, Paystub, Shift, SyncStatus, TaxForm
from pinwheel_overlays.model import Model
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pinwheel_sandbox.link.jobs import JobLog
from pinwheel_sandbox.people.context import Reading
from pinwheel_sandbox.people.person import NO_PAYSTUBS, Person, with_year_to_date
from pinwheel_sandbox.people.tax_forms import tax_forms
from pinwheel_sandbox.records import changed
from pinwheel_sandbox.storage import documents, tables
from pinwheel_sandbox.world import World

R = TypeVar("R", Identity, Income, Employment)

# What is different each time something is read, although it is the same.
_MARKS = ("id", "created_at", "updated_at")


@attrs.frozen(kw_only=True)
class Refresh:
    """One more look at one account."""

    world: World
    session: Session
    account: tables.Account
    person: Person
    supported: frozenset[str]
    log: JobLog
    at: datetime
    quiet: bool = False
    """Write down only the jobs that found something."""
    with_tax_forms: bool = False
    """Read tax forms even where nobody asked for them before."""

    def everything(self) -> None:
        """Read all that the platform supports."""
        reading = Reading(account_id=self.account.id, today=self.at.date(), at=self.at, chance=self.world.chance)
        if "identity" in self.supported:
            self._single("identity", Identity, self.person.identity(reading))
        if "income" in self.supported:
            self._single("income", Income, self.person.income(reading))
        if "employment" in self.supported:
            self._single("employment", Employment, self.person.employment(reading))
        if "paystubs" in self.supported and self.person.effect != NO_PAYSTUBS:
            self._paystubs(reading)
        if "shifts" in self.supported:
            self._shifts(reading)
        if "tax_forms" in self.supported:
            self._tax_forms(reading)

    def _single(self, kind: str, model: type[R], found: R) -> None:
        # What the login still has on its way is known too.
        known = documents.find(self.session, self.account.id, kind, model, self.at + timedelta(days=1))
        differs = known is None or _content(found) != _content(known)
        if differs:
            if known is not None:
                found = changed(found, id=known.id, created_at=known.created_at)
            self.session.add(documents.row(kind, found, arrives_at=self.at))
        self._done(kind, differs)

    def _paystubs(self, reading: Reading) -> None:
        last = self._last("paystubs")
        anchor = date.fromisoformat(self.account.pay_anchor)
        dates = self.person.pay.dates(anchor, last or anchor, reading.today)
        new = [self.person.pay.stub(reading, day, anchor) for day in dates]
        if new:
            before = documents.all_of(self.session, self.account.id, "paystubs", Paystub, self.at)
            new = sorted(with_year_to_date(new, before), key=lambda stub: stub.pay_date, reverse=True)
        self._add("paystubs", [(stub, stub.pay_date, stub.pay_date) for stub in new])
        bounds = {"from_pay_date": dates[-1], "to_pay_date": dates[0]} if dates else {}
        self._done("paystubs", bool(new), count=len(new), sync_status=SyncStatus.COMPLETE, **bounds)

    def _shifts(self, reading: Reading) -> None:
        after = self._last("shifts") or date.fromisoformat(self.account.pay_anchor)
        days = [after + timedelta(days=n) for n in range((reading.today - after).days, 0, -1)]
        new: list[Shift] = [self.person.work.shift(reading, day) for day in days if self.person.work.works(day)]
        self._add("shifts", [(shift, shift.end_date, shift.start_date) for shift in new])
        self._done("shifts", bool(new), count=len(new), sync_status=SyncStatus.COMPLETE)

    def _tax_forms(self, reading: Reading) -> None:
        """The forms of years that ended since, for an account whose tax forms were asked for."""
        job = tables.Job
        # What an earlier login asked for goes on being read.
        asked = select(func.count()).where(job.account_id == self.account.id, job.name == "tax_forms")
        if not self.with_tax_forms and not self.session.scalar(asked):
            return
        known = {form.year for form in documents.all_of(self.session, self.account.id, "tax_forms", TaxForm, self.at)}
        stubs = self._stubs(reading)
        ein = self.world.catalogue.ein_of(self.account.employer_id)
        made = tax_forms(
            reading,
            stubs,
            self.person.identity(reading),
            self.person.employment(reading),
            ssn=self.person.ssn,
            ein=ein,
        )
        new = [form for form in made if form.year not in known and form.year > min(known, default=0)]
        self._add("tax_forms", [(form, form.year, form.year) for form in new])
        self._done("tax_forms", bool(new), count=len(new))

    def _stubs(self, reading: Reading) -> list[Paystub]:
        """The paystubs; where the platform shows none, those that there would be."""
        if "paystubs" in self.supported:
            return documents.all_of(self.session, self.account.id, "paystubs", Paystub, self.at)
        anchor, pay = date.fromisoformat(self.account.pay_anchor), self.person.pay
        since = pay.dates(anchor, anchor, reading.today)
        return [pay.stub(reading, day, anchor) for batch in [since, *pay.batches(anchor)] for day in batch]

    def _last(self, kind: str) -> date | None:
        """The newest day that an account has something of a kind for."""
        row = tables.Document
        newest = self.session.scalar(
            select(func.max(row.order_date)).where(row.account_id == self.account.id, row.kind == kind)
        )
        return date.fromisoformat(newest) if newest else None

    def _add(self, kind: str, records: Sequence[tuple[documents.Record, Any, Any]]) -> None:
        self.session.add_all(
            documents.row(kind, record, arrives_at=self.at, order=order, start=start)
            for record, order, start in records
        )
        self.session.flush()

    def _done(self, kind: str, changed_data: bool, **params: Any) -> None:
        if changed_data or not self.quiet:
            self.log.succeeded(kind, self.at, params or None, changed=changed_data)


def _content(record: Model) -> dict[str, object]:
    fields = attrs.fields(cast(Any, type(record)))
    return {field.name: getattr(record, field.name) for field in fields if field.name not in _MARKS}
