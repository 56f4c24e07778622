"""What was read from an account: employment, identity, income, allocations, paystubs, shifts."""

from datetime import datetime
from typing import TypeVar

from pinwheel_api import (
    DirectDepositAllocations,
    Employment,
    Identity,
    Income,
    JobOutcome,
    Paystub,
    Shift,
)
from sqlalchemy import Select, func, select

from pinwheel_sandbox.call import Call, Reply, listing
from pinwheel_sandbox.errors import not_found
from pinwheel_sandbox.handlers.accounts import the_account
from pinwheel_sandbox.handlers.files import file
from pinwheel_sandbox.paging import Page, page_of_rows
from pinwheel_sandbox.records import changed
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage import documents, tables

M = TypeVar("M", bound=documents.Record)


def get_employment(call: Call) -> Reply:
    """Where the owner of the account works."""
    return _single(call, "employment", Employment)


def get_identity(call: Call) -> Reply:
    """Who owns the account."""
    return _single(call, "identity", Identity)


def get_income(call: Call) -> Reply:
    """What the owner earns."""
    return _single(call, "income", Income)


def get_allocations(call: Call) -> Reply:
    """Where the pay goes."""
    return _single(call, "direct_deposit_allocations", DirectDepositAllocations)


def list_paystubs(call: Call) -> Reply:
    """Paystubs, newest pay date first; both bounds count themselves in."""
    account = the_account(call)
    statement = documents.arrived(account.id, "paystubs", call.now)
    if first := call.query.day("from_pay_date"):
        statement = statement.where(tables.Document.order_date >= first.isoformat())
    if last := call.query.day("to_pay_date"):
        statement = statement.where(tables.Document.order_date <= last.isoformat())
    page = page_of_documents(call, statement)
    stubs = [_with_file(call, documents.read(row, Paystub)) for row in page.items]
    return listing_of(call, page, stubs, account.id, "paystubs")


def get_paystub(call: Call) -> Reply:
    """One paystub."""
    account = the_account(call)
    statement = documents.arrived(account.id, "paystubs", call.now)
    row = call.session.scalar(statement.where(tables.Document.id == call.path["paystub_id"].lower()))
    if row is None:
        raise not_found("The paystub")
    return Reply(_with_file(call, documents.read(row, Paystub)))


def list_shifts(call: Call) -> Reply:
    """Shifts, newest end date first; all bounds count themselves in."""
    account = the_account(call)
    statement = documents.arrived(account.id, "shifts", call.now)
    if bound := call.query.day("from_start_date"):
        statement = statement.where(tables.Document.start_date >= bound.isoformat())
    if bound := call.query.day("to_start_date"):
        statement = statement.where(tables.Document.start_date <= bound.isoformat())
    if bound := call.query.day("from_end_date"):
        statement = statement.where(tables.Document.order_date >= bound.isoformat())
    if bound := call.query.day("to_end_date"):
        statement = statement.where(tables.Document.order_date <= bound.isoformat())
    page = page_of_documents(call, statement)
    return listing_of(call, page, [documents.read(row, Shift) for row in page.items], account.id, "shifts")


def _single(call: Call, kind: str, model: type[M]) -> Reply:
    account = the_account(call)
    record = documents.find(call.session, account.id, kind, model, call.now)
    if record is None:  # the platform does not offer it, or the job that reads it has not ended yet
        raise not_found(f"The {kind.replace('_', ' ')} of the account")
    return Reply(record, {"refreshed_at": refreshed_at(call, account.id, kind)})


def page_of_documents(call: Call, statement: Select[tables.Document]) -> Page[tables.Document]:
    return page_of_rows(
        call,
        statement,
        order=(tables.Document.order_date, tables.Document.id),
        position=lambda row: [row.order_date, row.id],
    )


def listing_of(call: Call, page: Page[tables.Document], items: list[M], account_id: str, kind: str) -> Reply:
    return listing(
        items,
        refreshed_at=refreshed_at(call, account_id, kind),
        count=len(items),
        next_cursor=page.next_cursor,
    )


def refreshed_at(call: Call, account_id: str, kind: str) -> datetime | None:
    job = tables.Job
    return call.session.scalar(
        select(func.max(job.finished_at)).where(
            job.account_id == account_id,
            job.name == kind,
            job.outcome == JobOutcome.SUCCESS,
            job.finished_at <= call.now,
        )
    )


def _with_file(call: Call, stub: Paystub) -> Paystub:
    """The paystub with an address for its file that is new at each reading and works for a quarter of an hour."""
    if stub.document is None:
        return stub
    return changed(stub, document=file(call, stub.document.id, f"paystubs/{stub.id}.pdf"))


_BASE = "/v1/accounts/{account_id}"

ROUTES = (
    Route(method="GET", template=f"{_BASE}/employment", operation="accounts.employment.get", handler=get_employment),
    Route(method="GET", template=f"{_BASE}/identity", operation="accounts.identity.get", handler=get_identity),
    Route(method="GET", template=f"{_BASE}/income", operation="accounts.income.get", handler=get_income),
    Route(
        method="GET",
        template=f"{_BASE}/direct_deposit_allocations",
        operation="accounts.direct_deposit_allocations.get",
        handler=get_allocations,
    ),
    Route(method="GET", template=f"{_BASE}/paystubs", operation="accounts.paystubs.list", handler=list_paystubs),
    Route(
        method="GET",
        template=f"{_BASE}/paystubs/{{paystub_id}}",
        operation="accounts.paystubs.get",
        handler=get_paystub,
    ),
    Route(method="GET", template=f"{_BASE}/shifts", operation="accounts.shifts.list", handler=list_shifts),
)
