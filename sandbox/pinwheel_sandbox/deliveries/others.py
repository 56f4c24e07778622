"""News that is not of a job: documents, companies, and what an end user's accounts give together."""

from collections.abc import Iterator
from datetime import datetime

from pinwheel_api import CompanyConnectionStatus
from sqlalchemy import Select, exists, literal, select
from sqlalchemy.orm import Session

from pinwheel_sandbox.deliveries.news import News
from pinwheel_sandbox.deliveries.payloads import moment
from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.storage.company_tables import CompanyConnection, CompanyRecord, CompanyStatus
from pinwheel_sandbox.storage.delivery_tables import Event
from pinwheel_sandbox.storage.workspace_tables import EndUserFile
from pinwheel_sandbox.world import World

# Webhooks tell of these kinds; there is no event for paystubs of companies.
_COMPANY_KINDS = ("census", "employments", "incomes")
# The stream is told of once its paystubs are complete, reports once the employment is there.
_TOGETHER = {"paystubs": "earnings_stream.payouts.refreshed", "employment": "verification_reports.refreshed"}


def undiscovered(since: datetime, now: datetime) -> list[Select[str]]:
    """Queries that find something where there is news."""
    return [
        _documents(since, now).with_only_columns(EndUserFile.id),
        *(_arrived(since, now, kind).with_only_columns(CompanyConnection.id) for kind in _COMPANY_KINDS),
        _changes(since, now).with_only_columns(CompanyStatus.id),
    ]


def news(world: World, session: Session, since: datetime, now: datetime) -> Iterator[News]:
    """What is new."""
    for row in session.scalars(_documents(since, now)).all():
        yield News(source=f"document:{row.id}", name="documents.added", at=row.created_at, payload=_filed(row))
    for place, kind in enumerate(_COMPANY_KINDS):
        for connection, at in session.execute(_arrived(since, now, kind)).all():
            yield News(
                source=f"company:{connection.id}:{kind}",
                name=f"company_connect.{kind}.added",
                at=at,
                place=place,
                payload={
                    "company_connection_id": connection.id,
                    "id": world.chance.uuid(),
                    "name": f"company_{kind}",
                    "timestamp": moment(at),
                    "outcome": "success",
                    "error_code": None,
                    "error_type": None,
                    "params": {},
                },
            )
    for change in session.scalars(_changes(since, now)).all():
        yield News(
            source=f"company_status:{change.id}",
            name="company_connect.status.updated",
            at=change.at,
            # What a login begins is told before its data, and what it ends in after that.
            place=len(_COMPANY_KINDS) if change.status == CompanyConnectionStatus.DATA_AVAILABLE else -1,
            payload={
                "company_connection_id": change.company_connection_id,
                "status": change.status,
                "status_updated_at": moment(change.at),
            },
        )


def of_end_user(job: tables.Job, account: tables.Account, place: float) -> Iterator[News]:
    """What a job changes for the end user as a whole."""
    name = _TOGETHER.get(job.name)
    if name is None or job.params.get("sync_status") == "in_progress":
        return
    yield News(
        source=f"job:{job.id}:{name}",
        name=name,
        at=job.finished_at,
        place=place + 0.5,
        account_id=account.id,
        payload={"end_user_id": account.end_user_id, "timestamp": moment(job.finished_at)},
    )


def _filed(row: EndUserFile) -> dict[str, object]:
    return {
        "end_user_id": row.end_user_id,
        "document_id": row.id,
        "id": row.id,
        "name": "document_uploads",
        "timestamp": moment(row.created_at),
        "outcome": "success",
        "link_token_id": None,
        "params": {"document_type": row.document_type},
        "error_code": None,
        "error_type": None,
    }


def _documents(since: datetime, now: datetime) -> Select[EndUserFile]:
    row = EndUserFile
    told = exists().where(Event.source == literal("document:").concat(row.id))
    return select(row).where(row.created_at >= since, row.created_at <= now, ~told)


def _arrived(since: datetime, now: datetime, kind: str) -> Select[CompanyConnection, datetime]:
    row, connection = CompanyRecord, CompanyConnection
    told = exists().where(Event.source == literal("company:").concat(connection.id).concat(f":{kind}"))
    return (
        select(connection, row.arrives_at)
        .join(row, (row.company_connection_id == connection.id) & (row.kind == kind))
        .where(row.arrives_at >= since, row.arrives_at <= now, ~told)
        .distinct()
    )


def _changes(since: datetime, now: datetime) -> Select[CompanyStatus]:
    row = CompanyStatus
    told = exists().where(Event.source == literal("company_status:").concat(row.id))
    return select(row).where(row.at >= since, row.at <= now, ~told)
