"""Monitoring: accounts are looked at again once a day, at the hour of their login.

There is no scheduler. What monitoring would have done by now is done when somebody next asks anything, with the moments
at which it would have happened.
"""

from datetime import datetime, timedelta

from pinwheel_api import MonitoringStatus
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pinwheel_sandbox.link.jobs import JobLog
from pinwheel_sandbox.link.refreshing import Refresh
from pinwheel_sandbox.people.finding import find_person
from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.world import World

INTERVAL = timedelta(days=1)
# A clock that is moved by years brings what came in them, but not a look a day.
_MOST = 60


def catch_up(world: World) -> None:
    """Do what monitoring would have done by now."""
    now = world.clock.now()
    with world.storage.reading() as session:
        if session.scalar(_due(now).limit(1)) is None:
            return
    with world.storage.writing() as session:
        for account in session.scalars(_due(now).order_by(tables.Account.id).with_for_update()).all():
            _look(world, session, account, now)


def _due(now: datetime) -> Select[tables.Account]:
    account = tables.Account
    return select(account).where(
        account.refresh_at <= now, account.connected, account.monitoring_status == MonitoringStatus.ACTIVE
    )


def _look(world: World, session: Session, account: tables.Account, now: datetime) -> None:
    at = account.refresh_at or now
    if now - at > INTERVAL * _MOST:
        at += ((now - at) // INTERVAL - _MOST) * INTERVAL
    person = find_person(session, account.username)
    while at <= now:
        if person is not None:
            Refresh(
                world=world,
                session=session,
                account=account,
                person=person,
                supported=frozenset(world.catalogue.platforms[account.platform_id].jobs),
                log=JobLog(
                    world=world,
                    session=session,
                    account_id=account.id,
                    # The service tells an undefined token here; ours is the one that the account came from.
                    link_token_id=account.link_token_id or world.chance.uuid(),
                ),
                at=at,
                quiet=at + INTERVAL <= now,
            ).everything()
        at += INTERVAL
    account.refresh_at = at
