"""Company Connect: connections to the payroll of whole companies, and what comes through them."""

from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET
from pinwheel_api import (
    CompanyConnection,
    CompanyConnectionCreate,
    CompanyConnectionStatus,
    CompanyConnectLinkToken,
    CompanyConnectLinkTokenCreate,
    CompanyEmployee,
    CompanyEmployment,
    CompanyIncome,
    CompanyPaystub,
    Mode,
)
from pinwheel_overlays.decoders import convert
from sqlalchemy import Select, select

from pinwheel_sandbox.call import Call, Reply, listing
from pinwheel_sandbox.errors import not_found
from pinwheel_sandbox.paging import page_of_rows
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage import company_tables as tables

M = TypeVar("M")


def list_connections(call: Call) -> Reply:
    """Connections, newest first."""
    page = page_of_rows(
        call,
        select(tables.CompanyConnection),
        order=(tables.CompanyConnection.created_at, tables.CompanyConnection.id),
        position=lambda row: [row.created_at.isoformat(), row.id],
        parse=datetime.fromisoformat,
    )
    items = [_view(row, call.now) for row in page.items]
    return listing(items, count=len(items), next_cursor=page.next_cursor)


def create_connection(call: Call) -> Reply:
    """A connection that waits for somebody to log in."""
    wanted = call.body(CompanyConnectionCreate)
    row = tables.CompanyConnection(id=call.world.chance.uuid(), created_at=call.now, company_name=wanted.company_name)
    call.session.add(row)
    return Reply(_view(row, call.now))


def get_connection(call: Call) -> Reply:
    """One connection and how far it is."""
    return Reply(_view(_the_connection(call), call.now))


def create_link_token(call: Call) -> Reply:
    """A token that opens Link for a company."""
    wanted = call.body(CompanyConnectLinkTokenCreate)
    if wanted.platform_id is not UNSET and wanted.platform_id.lower() not in call.world.catalogue.platforms:
        raise not_found("The platform")
    named = wanted.company_connect.company_connection_id if wanted.company_connect else UNSET
    connection = None if named is UNSET else call.session.get(tables.CompanyConnection, named.lower())
    if named is not UNSET and connection is None:
        raise not_found("The company connection")
    options: dict[str, Any] = msgspec.to_builtins(wanted)
    row = tables.CompanyLinkToken(
        id=call.world.chance.uuid(),
        created_at=call.now,
        expires_at=call.now + call.world.settings.link_token_lifetime,
        company_connection_id=connection.id if connection else None,
        options=options,
    )
    call.session.add(row)
    token = call.world.signer.sign(row.id, options, api_key=call.api_key.key, issued=call.now, expires=row.expires_at)
    return Reply(CompanyConnectLinkToken(mode=Mode.SANDBOX, id=row.id, token=token, expires=row.expires_at))


def list_census(call: Call) -> Reply:
    """Employees, by their numbers."""
    return _records(call, "census", CompanyEmployee)


def list_employments(call: Call) -> Reply:
    """Employments, by the numbers of the employees."""
    return _records(call, "employments", CompanyEmployment)


def list_incomes(call: Call) -> Reply:
    """Incomes, by the numbers of the employees."""
    return _records(call, "incomes", CompanyIncome)


def list_paystubs(call: Call) -> Reply:
    """Paystubs of one employee, newest pay date first; both bounds count themselves in."""
    connection = _the_connection(call)
    record, number = tables.CompanyRecord, call.path["employee_external_id"]
    census = _of_kind(call, connection, "census").where(record.employee_external_id == number)
    if call.session.scalar(census) is None:
        raise not_found("The employee")
    statement = _of_kind(call, connection, "paystubs").where(record.employee_external_id == number)
    if first := call.query.day("from_pay_date"):
        statement = statement.where(record.position >= first.isoformat())
    if last := call.query.day("to_pay_date"):
        statement = statement.where(record.position <= last.isoformat())
    return _page(call, statement, CompanyPaystub)


def _records(call: Call, kind: str, model: type[M]) -> Reply:
    return _page(call, _of_kind(call, _the_connection(call), kind), model)


def _of_kind(call: Call, connection: tables.CompanyConnection, kind: str) -> Select[tables.CompanyRecord]:
    record = tables.CompanyRecord
    return select(record).where(
        record.company_connection_id == connection.id, record.kind == kind, record.arrives_at <= call.now
    )


def _page(call: Call, statement: Select[tables.CompanyRecord], model: type[M]) -> Reply:
    page = page_of_rows(
        call,
        statement,
        order=(tables.CompanyRecord.position, tables.CompanyRecord.id),
        position=lambda row: [row.position, row.id],
    )
    items = [convert(row.body, model) for row in page.items]
    return listing(items, count=len(items), next_cursor=page.next_cursor)


def _the_connection(call: Call) -> tables.CompanyConnection:
    row = call.session.get(tables.CompanyConnection, call.path["company_connection_id"].lower())
    if row is None:
        raise not_found("The company connection")
    return row


def _view(row: tables.CompanyConnection, now: datetime) -> CompanyConnection:
    status, since = CompanyConnectionStatus.READY_TO_CONNECT, row.created_at
    if row.available_at is not None and row.available_at <= now:
        status, since = CompanyConnectionStatus.DATA_AVAILABLE, row.available_at
    elif row.connected_at is not None:
        status, since = CompanyConnectionStatus.PROCESSING, row.connected_at
    if row.failed_at is not None:
        connected = row.connected_at is not None
        status = CompanyConnectionStatus.RECONNECT_NEEDED if connected else CompanyConnectionStatus.CONNECTION_FAILED
        since = row.failed_at
    return CompanyConnection(
        id=row.id, created_at=row.created_at, company_name=row.company_name, status=status, status_updated_at=since
    )


_BASE = "/v1/company_connections"
_ONE = f"{_BASE}/{{company_connection_id}}"
_SINCE = "2022-03-02"


def _route(method: str, template: str, operation: str, handler: Any) -> Route:
    return Route(method=method, template=template, operation=operation, handler=handler, since=_SINCE)


ROUTES = (
    _route("GET", _BASE, "company_connections.list", list_connections),
    _route("POST", _BASE, "company_connections.create", create_connection),
    _route("GET", _ONE, "company_connections.get", get_connection),
    _route("GET", f"{_ONE}/census", "company_connections.census.list", list_census),
    _route("GET", f"{_ONE}/employments", "company_connections.employments.list", list_employments),
    _route("GET", f"{_ONE}/incomes", "company_connections.incomes.list", list_incomes),
    _route("GET", f"{_ONE}/paystubs/{{employee_external_id}}", "company_connections.paystubs.list", list_paystubs),
    _route("POST", "/v1/company_connect/link_tokens", "company_connect.link_tokens.create", create_link_token),
)
