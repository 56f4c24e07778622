"""What belongs to an end user rather than to one account: the earnings stream and the documents."""

from datetime import datetime

from pinwheel_api import (
    DocumentFilter,
    DocumentType,
    EarningsStreamPayout,
    EndUserDocument,
    Fraud,
    FraudStatus,
    JobOutcome,
    Paystub,
    Shift,
)
from sqlalchemy import func, select

from pinwheel_sandbox import earnings_stream
from pinwheel_sandbox.call import Call, Reply, listing
from pinwheel_sandbox.errors import not_found
from pinwheel_sandbox.handlers.files import file
from pinwheel_sandbox.paging import page_of_entries, page_of_rows
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage import documents, tables
from pinwheel_sandbox.storage.workspace_tables import EndUserFile


def list_payouts(call: Call) -> Reply:
    """Payouts of all connected accounts, newest first: estimated ones and those that were made."""
    accounts = [account for account in accounts_of(call, the_end_user(call)) if account.connected]
    found: list[EarningsStreamPayout] = []
    for account in accounts:
        stubs = documents.all_of(call.session, account.id, "paystubs", Paystub, call.now)
        shifts = documents.all_of(call.session, account.id, "shifts", Shift, call.now)
        found += earnings_stream.payouts(stubs, shifts, call.now.date())
    found.sort(key=lambda payout: payout.pay_date, reverse=True)
    numbered = list(enumerate(found))
    page = page_of_entries(call, numbered, lambda entry: [f"{entry[0]:09}"])
    refreshed, updated = _ages(call, [account.id for account in accounts])
    return listing(
        [payout for _, payout in page.items],
        refreshed_at=refreshed,
        updated_at=updated,
        count=len(page.items),
        next_cursor=page.next_cursor,
    )


def list_documents(call: Call) -> Reply:
    """Documents, newest first."""
    end_user = the_end_user(call)
    statement = select(EndUserFile).where(EndUserFile.end_user_id == end_user.id, EndUserFile.created_at <= call.now)
    kind = call.query.choice("type", DocumentFilter)
    if kind is not None:
        statement = statement.where(EndUserFile.document_type == kind)
    page = page_of_rows(
        call,
        statement,
        order=(EndUserFile.created_at, EndUserFile.id),
        position=lambda row: [row.created_at.isoformat(), row.id],
        parse=datetime.fromisoformat,
    )
    return listing([_view(call, row) for row in page.items], count=len(page.items), next_cursor=page.next_cursor)


def get_document(call: Call) -> Reply:
    """One document."""
    end_user = the_end_user(call)
    row = call.session.get(EndUserFile, call.path["document_id"].lower())
    if row is None or row.end_user_id != end_user.id or row.created_at > call.now:
        raise not_found("The document")
    return Reply(_view(call, row))


def the_end_user(call: Call) -> tables.EndUser:
    """The end user in the path, or 404."""
    end_user = call.session.get(tables.EndUser, call.path["end_user_id"].strip())
    if end_user is None:
        raise not_found("The end user")
    return end_user


def accounts_of(call: Call, end_user: tables.EndUser) -> list[tables.Account]:
    """All accounts of an end user, oldest first."""
    account = tables.Account
    mine = select(account).where(account.end_user_id == end_user.id).order_by(account.created_at, account.id)
    return list(call.session.scalars(mine))


def _view(call: Call, row: EndUserFile) -> EndUserDocument:
    return EndUserDocument(
        id=row.id,
        created_at=row.created_at,
        end_user_id=row.end_user_id,
        document=file(call, row.id, f"documents/{row.id}.pdf"),
        document_type=DocumentType(row.document_type),
        parsed_data=row.parsed,
        fraud=Fraud(status=FraudStatus(row.fraud)) if row.fraud else None,
    )


def _ages(call: Call, account_ids: list[str]) -> tuple[datetime | None, datetime | None]:
    """When the paystubs and shifts of the accounts were last looked for, and when they last changed."""
    job = tables.Job
    newest = select(func.max(job.finished_at)).where(
        job.account_id.in_(account_ids),
        job.name.in_(("paystubs", "shifts")),
        job.outcome == JobOutcome.SUCCESS,
        job.finished_at <= call.now,
    )
    return call.session.scalar(newest), call.session.scalar(newest.where(job.changed_data))


_BASE = "/v1/end_users/{end_user_id}"

ROUTES = (
    Route(
        method="GET",
        template=f"{_BASE}/earnings_stream/payouts",
        operation="end_users.earnings_stream.payouts.list",
        handler=list_payouts,
        since="2022-09-09",
    ),
    Route(
        method="GET",
        template=f"{_BASE}/documents",
        operation="end_users.documents.list",
        handler=list_documents,
        since="2023-04-18",
    ),
    Route(
        method="GET",
        template=f"{_BASE}/documents/{{document_id}}",
        operation="end_users.documents.get",
        handler=get_document,
        since="2023-04-18",
    ),
)
