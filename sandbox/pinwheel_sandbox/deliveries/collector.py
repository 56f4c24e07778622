"""Find what happened and was not told yet, and write it down for each webhook that wants to know.

Nothing else raises events: a job whose time has come, a new account, another monitoring status are news by being there.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, literal, select
from sqlalchemy.orm import Session

from pinwheel_sandbox.deliveries import batches, others, payloads
from pinwheel_sandbox.deliveries.news import News
from pinwheel_sandbox.deliveries.posting import Posting
from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.storage.base import Json
from pinwheel_sandbox.storage.delivery_tables import AccountTold, Event
from pinwheel_sandbox.storage.workspace_tables import Webhook
from pinwheel_sandbox.world import World


def collect(world: World, posting: Posting) -> None:
    """Raise the events that are due."""
    now = world.clock.now()
    with world.storage.reading() as session:
        since = _since(session)
        if since is None or not _any(session, since, now):
            return
    with world.storage.writing() as session:
        # One process at a time looks for news; the others find it told when it is their turn.
        session.scalar(select(tables.Vault).where(tables.Vault.name == "cursors").with_for_update())
        _collect(world, session, posting, since, now)


def _since(session: Session) -> datetime | None:
    """Nobody is told of what was before the first webhook."""
    return session.scalar(select(func.min(Webhook.created_at)).where(Webhook.status == "active"))


def _any(session: Session, since: datetime, now: datetime) -> bool:
    statements: list[Select[str]] = [
        _new_accounts(since, now).with_only_columns(tables.Account.id),
        _ended_jobs(since, now).with_only_columns(tables.Job.id),
        _other_status(now).with_only_columns(tables.Account.id),
        *others.undiscovered(since, now),
    ]
    return any(session.scalar(statement.limit(1)) is not None for statement in statements)


def _collect(world: World, session: Session, posting: Posting, since: datetime, now: datetime) -> None:
    found = [
        *_of_accounts(world, session, since, now),
        *_of_jobs(world, session, since, now),
        *_of_status(world, session, now),
        *others.news(world, session, since, now),
    ]
    for news in sorted(found, key=lambda news: (news.at, news.place)):
        posting.post(session, news)


def _of_accounts(world: World, session: Session, since: datetime, now: datetime) -> Iterator[News]:
    for account in session.scalars(_new_accounts(since, now)).all():
        yield News(
            source=f"account:{account.id}",
            name="account.added",
            at=account.created_at,
            account_id=account.id,
            payload=payloads.account_added(world, account),
        )


def _of_jobs(world: World, session: Session, since: datetime, now: datetime) -> Iterator[News]:
    for job, place in batches.in_order(session.scalars(_ended_jobs(since, now)).all()):
        account = session.get(tables.Account, job.account_id) if job.account_id else None
        payload = payloads.job_ended(world, job, account)
        source = f"job:{job.id}:{job.outcome}"
        told = payloads.with_items(payload, batches.items(session, job)) if job.name in batches.BATCHED else payload

        def news(name: str, payload: Json, suffix: str, step: float) -> News:
            return News(
                source=source + suffix,  # noqa: B023 - called before the next turn
                name=name,
                at=job.finished_at,  # noqa: B023
                place=place + step,  # noqa: B023
                account_id=job.account_id,  # noqa: B023
                payload=payload,
            )

        yield news(payloads.event_of_job(job.name), told, "", 0)
        if job.name in {"paystubs", "shifts"} and job.outcome == "success":
            for step, window in enumerate(batches.windows(session, job), start=1):
                yield news(f"{job.name}.{window}_synced", payloads.synced(payload), f":{window}", step / 1000)
        if account is not None and account.end_user_id and job.outcome == "success" and job.changed_data:
            yield from others.of_end_user(job, account, place)


def _of_status(world: World, session: Session, now: datetime) -> Iterator[News]:
    for account in session.scalars(_other_status(now)).all():
        told = session.get(AccountTold, account.id)
        if told is None:
            session.add(AccountTold(account_id=account.id, monitoring_status=account.monitoring_status))
            continue
        told.monitoring_status = account.monitoring_status
        yield News(
            source=f"status:{world.chance.uuid()}",
            name="account.monitoring_status.updated",
            at=now,
            account_id=account.id,
            payload=payloads.status_updated(world, account),
        )


def _new_accounts(since: datetime, now: datetime) -> Select[tables.Account]:
    account = tables.Account
    told = _told(literal("account:").concat(account.id))
    return select(account).where(account.created_at >= since, account.created_at <= now, ~told)


def _ended_jobs(since: datetime, now: datetime) -> Select[tables.Job]:
    job = tables.Job
    told = _told(literal("job:").concat(job.id).concat(":").concat(job.outcome))
    return select(job).where(job.finished_at >= since, job.finished_at <= now, ~told)


def _other_status(now: datetime) -> Select[tables.Account]:
    account = tables.Account
    same = exists().where(
        AccountTold.account_id == account.id, AccountTold.monitoring_status == account.monitoring_status
    )
    return select(account).where(account.created_at <= now, ~same)


def _told(source: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(Event.source == source)
