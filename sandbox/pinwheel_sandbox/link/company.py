"""Somebody logs in to the payroll of a whole company."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import attrs
import msgspec
from pinwheel_api import CompanyConnectionStatus
from pinwheel_overlays.model import Model
from sqlalchemy.orm import Session

from pinwheel_sandbox.link.errors import invalid_input, invalid_token, sandbox_error, system_error
from pinwheel_sandbox.link.terms import PASSWORD, CompanyLogin, Credentials
from pinwheel_sandbox.people import company
from pinwheel_sandbox.people.finding import find_person
from pinwheel_sandbox.people.person import ERROR, PENDING
from pinwheel_sandbox.storage.company_tables import (
    CompanyConnection,
    CompanyLinkToken,
    CompanyRecord,
    CompanyStatus,
)
from pinwheel_sandbox.world import World

# Seconds after the login at which each kind of data is there, at pace 1. Nothing was recorded; these are ours.
TIMES: Mapping[str, float] = {"census": 2.0, "employments": 3.0, "incomes": 4.0, "paystubs": 8.0}


@attrs.frozen
class _Item:
    kind: str
    number: str
    position: str
    body: Model


def log_in_to_company(world: World, session: Session, token: str, given: Credentials) -> CompanyLogin:
    """Use up a Company Connect token: its connection gets the data of an invented company."""
    now = world.clock.now()
    row = session.get(CompanyLinkToken, world.signer.token_id(token), with_for_update=True)
    if row is None:
        raise invalid_token("sandboxForgottenLinkToken", "The Link token is none of Company Connect.")
    if row.used_at is not None:
        raise invalid_token("usedLinkToken", "The Link token was used already: make a new one.")
    if row.expires_at <= now:
        raise invalid_token("sandboxExpiredLinkToken", "The Link token has expired: make a new one.")
    named = row.company_connection_id
    connection = session.get(CompanyConnection, named, with_for_update=True) if named else None
    if connection is None:
        raise sandbox_error("noCompanyConnection", "The Link token names no company connection.")
    user = find_person(session, given.username)
    if user is None or given.password != PASSWORD:
        raise invalid_input("invalidCredentials", "The user name or the password is wrong.")
    row.used_at = now
    platform_id = connection.platform_id = _platform(world, row, given)
    if user.effect in {ERROR, PENDING}:
        connection.failed_at = now
        connected = connection.connected_at is not None
        failed = CompanyConnectionStatus.RECONNECT_NEEDED if connected else CompanyConnectionStatus.CONNECTION_FAILED
        _note(world, session, connection, failed, now)
    else:
        _fill(world, session, connection, now)
    return CompanyLogin(company_connection_id=connection.id, platform_id=platform_id, link_token_id=row.id)


def _platform(world: World, row: CompanyLinkToken, given: Credentials) -> str:
    wanted = given.platform_id or row.options.get("platform_id")
    for platform in world.catalogue.platforms.values():
        if "company_census" in platform.jobs and wanted in {None, platform.id}:
            return platform.id
    raise system_error("No platform that knows whole companies fits the Link token.")


def _fill(world: World, session: Session, connection: CompanyConnection, now: datetime) -> None:
    failed, connection.failed_at = connection.failed_at is not None, None
    if connection.connected_at is not None:  # the data is as it was
        if failed and connection.available_at is not None and connection.available_at <= now:
            connection.available_at = now
            _note(world, session, connection, CompanyConnectionStatus.DATA_AVAILABLE, now)
        return
    arrivals = {kind: now + timedelta(seconds=after) * world.settings.pace for kind, after in TIMES.items()}
    complete = max(arrivals.values())
    connection.connected_at, connection.available_at = now, complete
    _note(world, session, connection, CompanyConnectionStatus.PROCESSING, now)
    _note(world, session, connection, CompanyConnectionStatus.DATA_AVAILABLE, complete)
    session.add_all(
        CompanyRecord(
            id=world.chance.uuid(),
            company_connection_id=connection.id,
            kind=item.kind,
            employee_external_id=item.number,
            position=item.position,
            arrives_at=arrivals[item.kind],
            body=msgspec.to_builtins(item.body),
        )
        for item in _items(connection, now)
    )


def _note(world: World, session: Session, connection: CompanyConnection, status: str, at: datetime) -> None:
    session.add(CompanyStatus(id=world.chance.uuid(), company_connection_id=connection.id, status=status, at=at))


def _items(connection: CompanyConnection, now: datetime) -> Iterator[_Item]:
    for member in company.members(connection.id, connection.company_name, now):
        number = member.number
        yield _Item("census", number, number, member.employee)
        yield _Item("employments", number, number, member.employment)
        yield _Item("incomes", number, number, member.income)
        for stub in member.paystubs:
            yield _Item("paystubs", number, stub.pay_date.isoformat(), stub)
