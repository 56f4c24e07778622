"""Jobs that Link set off and that have ended."""

from datetime import datetime

from pinwheel_api import Job, JobErrorCode, JobErrorType, JobName, JobOutcome, JobParams
from pinwheel_overlays.decoders import convert
from sqlalchemy import or_, select

from pinwheel_sandbox.call import Call, Reply, listing
from pinwheel_sandbox.paging import page_of_rows
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage import tables


def list_jobs(call: Call) -> Reply:
    """Jobs, newest first: those after `from_timestamp`, up to and including `to_timestamp`."""
    job, query = tables.Job, call.query
    # Of a job that was pending, the row that counts is the one for how it ended, once it has.
    counts = or_(job.superseded_at.is_(None), job.superseded_at > call.now)
    statement = select(job).where(job.finished_at <= call.now, counts)
    if (token_id := query.text("link_token_id")) is not None:
        statement = statement.where(job.link_token_id == token_id.lower())
    if (account_id := query.text("account_id")) is not None:
        statement = statement.where(job.account_id == account_id.lower())
    if names := query.choices("job_types", JobName):
        statement = statement.where(job.name.in_(names))
    if (outcome := query.choice("outcome", JobOutcome)) is not None:
        statement = statement.where(job.outcome == outcome)
    if (after := query.moment("from_timestamp")) is not None:
        statement = statement.where(job.finished_at > after)
    if (until := query.moment("to_timestamp")) is not None:
        statement = statement.where(job.finished_at <= until)
    page = page_of_rows(
        call,
        statement,
        order=(job.finished_at, job.id),
        position=lambda row: [row.finished_at.isoformat(), row.id],
        parse=datetime.fromisoformat,
    )
    return listing([_view(row) for row in page.items], count=len(page.items), next_cursor=page.next_cursor)


def _view(row: tables.Job) -> Job:
    return Job(
        id=row.id,
        name=JobName(row.name),
        timestamp=row.finished_at,
        outcome=JobOutcome(row.outcome),
        error_code=JobErrorCode(row.error_code) if row.error_code else None,
        error_type=JobErrorType(row.error_type) if row.error_type else None,
        link_token_id=row.link_token_id,
        params=convert(row.params, JobParams),
        account_id=row.account_id,
    )


ROUTES = (Route(method="GET", template="/v1/jobs", operation="jobs.list", handler=list_jobs),)
