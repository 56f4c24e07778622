"""Which objects a job brought, and where its batch stands among those of its login."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pinwheel_sandbox.deliveries.payloads import item
from pinwheel_sandbox.link.timeline import TIMES
from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.storage.base import Json

BATCHED = ("paystubs", "shifts", "tax_forms")
# How far back the batches of a first login reach, one by one; the last one makes it complete besides.
WINDOWS = ("seven_days", "thirty_days", "ninety_days")


def in_order(jobs: Iterable[tables.Job]) -> list[tuple[tables.Job, float]]:
    """Jobs that ended at the same moment, as they would have one after the other, with their seconds."""
    placed: list[tuple[tables.Job, float]] = []
    batches: dict[tuple[str | None, str], list[tables.Job]] = {}
    for job in jobs:
        batches.setdefault((job.account_id, job.name), []).append(job)
    for (_, name), batch in batches.items():
        times = TIMES.get(name, (0.0,))
        for index, job in enumerate(sorted(batch, key=_newest_first)):
            placed.append((job, times[min(index, len(times) - 1)]))
    return sorted(placed, key=lambda entry: (entry[0].finished_at, entry[1]))


def items(session: Session, job: tables.Job) -> list[Json]:
    """What a job brought."""
    if not job.changed_data:
        return []
    document = tables.Document
    found = session.scalars(
        select(document)
        .where(
            document.account_id == job.account_id,
            document.kind == job.name,
            document.arrives_at == job.finished_at,
        )
        .order_by(document.order_date.desc(), document.id.desc())
    ).all()
    start = sum(_count(other) for other in _siblings(session, job))
    return [_item(row) for row in found[start : start + _count(job)]]


def windows(session: Session, job: tables.Job) -> Sequence[str]:
    """What a batch completes: the last seven, thirty or ninety days, or all there is."""
    kind = tables.Job
    earlier = session.scalars(
        select(kind).where(
            kind.account_id == job.account_id,
            kind.name == job.name,
            kind.link_token_id == job.link_token_id,
            kind.finished_at <= job.finished_at,
        )
    ).all()
    ranked = sorted(earlier, key=lambda other: (other.finished_at, *_newest_first(other)))
    index = [other.id for other in ranked].index(job.id)
    complete = job.params.get("sync_status") == "complete"
    first_login = len(ranked) > 1 or not complete
    reached = WINDOWS[index : index + 1] if first_login else ()
    return [*reached, *(["fully"] if complete else [])]


def _siblings(session: Session, job: tables.Job) -> list[tables.Job]:
    """The batches before this one, of the same moment: with data that arrives at once, all of a login are."""
    kind = tables.Job
    same = select(kind).where(
        kind.account_id == job.account_id, kind.name == job.name, kind.finished_at == job.finished_at
    )
    ranked = sorted(session.scalars(same), key=_newest_first)
    return ranked[: [other.id for other in ranked].index(job.id)]


def _newest_first(job: tables.Job) -> tuple[bool, str, int]:
    params = job.params
    # Dates as texts: the complement of each character turns their order round.
    newest = "".join(chr(255 - ord(letter)) for letter in str(params.get("to_pay_date", "")))
    return params.get("sync_status") == "complete", newest, _count(job)


def _count(job: tables.Job) -> int:
    return int(job.params.get("count") or 0)


def _item(row: tables.Document) -> Json:
    if row.kind != "tax_forms":
        return item(row.id)
    return item(row.id, row.body.get("type"), row.body.get("year"))
