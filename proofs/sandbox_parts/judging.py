"""What has to be true of a database, whatever was done to it and whoever was killed meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pinwheel_sandbox.handlers.webhooks import LIMIT
from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.storage.delivery_tables import Delivery, Event
from pinwheel_sandbox.storage.engine import Storage
from pinwheel_sandbox.storage.workspace_tables import EndUserFile, Webhook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .writers import Journal

ACCOUNTS = 25
STUBS, SHIFTS = 31, 90


def problems(database: str, journal: Journal, wanted: list[str], delivered: set[str], told: set[str]) -> list[str]:
    """Everything that is wrong. Of the events `wanted` some were `delivered`; `told` are accounts that one spoke of."""
    storage = Storage(database)
    try:
        with storage.reading() as session:
            return [*_lost(session, journal), *_broken(session), *_untold(session, journal, wanted, delivered, told)]
    finally:
        storage.close()


def _lost(session: Session, journal: Journal) -> Iterator[str]:
    acknowledged: dict[str, tuple[Any, set[str]]] = {
        "Link tokens": (tables.LinkToken, journal.token_ids),
        "accounts": (tables.Account, set(journal.accounts)),
        "webhooks": (Webhook, journal.webhooks - journal.webhooks_let_go),
        "events": (Event, journal.events),
        "documents": (EndUserFile, set(journal.documents)),
    }
    for what, (table, ids) in acknowledged.items():
        missing = ids - set(session.scalars(select(table.id)))
        if missing:
            yield f"{len(missing)} acknowledged {what} are gone"


def _broken(session: Session) -> Iterator[str]:
    account, token, job = tables.Account, tables.LinkToken, tables.Job
    of_token = Counter(session.scalars(select(account.link_token_id)))
    if any(count > 1 for count in of_token.values()):
        yield "a Link token connected two accounts"
    used = {row.id for row in session.scalars(select(token)) if row.used_at is not None and row.account_id is None}
    if used != set(of_token):
        yield f"{len(used ^ set(of_token))} Link tokens are used without an account, or the other way round"
    if any(count > ACCOUNTS for count in Counter(session.scalars(select(account.end_user_id))).values()):
        yield "an end user has more accounts than allowed"
    if any(count > LIMIT for count in Counter(session.scalars(select(Webhook.api_key))).values()):
        yield "an API key has more webhooks than allowed"
    accounts = set(session.scalars(select(account.id)))
    ran = Counter(session.execute(select(job.account_id, job.name).distinct()).scalars())
    if set(ran) != accounts or len(set(ran.values())) > 1:
        yield "jobs and accounts do not agree"
    document = tables.Document
    distinct = func.count(func.distinct(document.id))
    for kind, count in (("paystubs", STUBS), ("shifts", SHIFTS), ("income", 1), ("identity", 1), ("employment", 1)):
        of_kind = select(document.account_id, distinct).where(document.kind == kind).group_by(document.account_id)
        found = dict(session.execute(of_kind).all())
        if any(found.get(one) != count for one in accounts):
            yield f"an account has not all of its {kind}"
    sources = list(session.scalars(select(Event.source)))
    if len(sources) != len(set(sources)):
        yield "something was told as two events"
    if session.scalar(select(func.count()).where(Delivery.status != "delivered", ~_repeat())):
        yield "a delivery was not made"


def _untold(
    session: Session, journal: Journal, wanted: list[str], delivered: set[str], told: set[str]
) -> Iterator[str]:
    if missing := journal.events - delivered:
        yield f"{len(missing)} acknowledged events were not delivered"
    if missing := set(journal.accounts) - told:
        yield f"{len(missing)} accounts were connected and nobody was told"
    raised = set(session.scalars(select(Event.id).where(Event.name.in_(wanted))))
    if raised - delivered:
        yield f"{len(raised - delivered)} events never arrived"


def _repeat() -> Any:
    return Delivery.repeat_of.is_not(None)
