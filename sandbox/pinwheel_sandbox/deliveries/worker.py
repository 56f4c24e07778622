"""Send what is due, come again where it failed, and give up as Pinwheel does."""

import contextlib
import logging
import threading
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pinwheel_sandbox.deliveries.collector import collect
from pinwheel_sandbox.deliveries.payloads import moment
from pinwheel_sandbox.deliveries.posting import Posting
from pinwheel_sandbox.deliveries.sender import Outcome, Parcel, Sender
from pinwheel_sandbox.link.monitoring import catch_up
from pinwheel_sandbox.storage.delivery_tables import Delivery
from pinwheel_sandbox.storage.tables import ApiKey
from pinwheel_sandbox.storage.workspace_tables import Webhook
from pinwheel_sandbox.world import World

_LOG = logging.getLogger("pinwheel_sandbox")

RETRIES = 5
RETRY_WITHIN = timedelta(minutes=15)
PAUSED_AFTER = timedelta(days=30)
_FIRST_WAIT = timedelta(seconds=20)
_CLAIM = timedelta(seconds=60)


class Worker:
    """Delivers out of one world. Several processes may each have one over the same database."""

    def __init__(self, world: World, sender: Sender) -> None:
        """Take what to deliver from and what to deliver with."""
        self.posting = Posting(world)
        self.sender = sender
        self._world = world
        # Plain, not reentrant: a receiver that calls the sandbox back must not begin to deliver inside of a delivery.
        self._busy = threading.Lock()
        self._owner: int | None = None

    def run(self, *, wait: bool = False) -> int:
        """Deliver until nothing is due and count the attempts; another thread that does is left to it or waited for."""
        if self._owner == threading.get_ident() or not self._busy.acquire(blocking=wait):
            return 0
        self._owner = threading.get_ident()
        try:
            made = 0
            while True:
                # Between two attempts something may have happened: a receiver that called back, a clock that ran on.
                catch_up(self._world)
                with contextlib.suppress(IntegrityError):  # another process told it first
                    collect(self._world, self.posting)
                parcel = self._next()
                if parcel is None:
                    return made
                self._attempt(*parcel)
                made += 1
        finally:
            self._owner = None
            self._busy.release()

    def run_safely(self) -> None:
        """The same for a thread that has to go on whatever happens."""
        try:
            self.run()
        except Exception:  # noqa: BLE001 - a database that was away for a moment
            _LOG.exception("delivering failed; it is tried again")

    def _next(self) -> tuple[str, Parcel] | None:
        """Take the first delivery that is due in hand."""
        now = self._world.clock.now()
        due = (
            select(Delivery)
            .where(
                Delivery.status == "pending",
                Delivery.due_at <= now,
                or_(Delivery.claimed_until.is_(None), Delivery.claimed_until <= now),
            )
            .order_by(Delivery.due_at, Delivery.position, Delivery.id)
            .limit(1)
        )
        with self._world.storage.reading() as session:
            if session.scalar(due) is None:
                return None
        with self._world.storage.writing() as session:
            while (row := session.scalar(due.with_for_update(skip_locked=True))) is not None:
                parcel = self._packed(session, row, now)
                if parcel is not None:
                    row.claimed_until = now + _CLAIM
                    return row.id, parcel
                row.status = "dropped"
                session.flush()
        return None

    def _packed(self, session: Session, row: Delivery, now: datetime) -> Parcel | None:
        """The parcel, unless nobody wants it any more."""
        webhook = session.get(Webhook, row.webhook_id)
        if webhook is None or webhook.status != "active":
            return None
        key = session.get(ApiKey, webhook.api_key)
        if key is None:
            return None
        return Parcel(
            url=webhook.url,
            webhook_id=webhook.id,
            version=row.version,
            body=row.body.encode(),
            secret=key.secret,
            timestamp=int(now.timestamp()),
        )

    def _attempt(self, delivery_id: str, parcel: Parcel) -> None:
        outcome = self.sender.send(parcel)
        with self._world.storage.writing() as session:
            row = session.get(Delivery, delivery_id, with_for_update=True)
            if row is None:  # the sandbox was reset meanwhile
                return
            self._note(session, row, parcel, outcome)

    def _note(self, session: Session, row: Delivery, parcel: Parcel, outcome: Outcome) -> None:
        at = row.due_at  # not the present: a clock that is moved past several attempts has each in its own time
        attempt = {"at": moment(at), "status": outcome.status, "error": outcome.error, "seconds": outcome.seconds}
        row.attempts = [*row.attempts, attempt]
        row.url, row.claimed_until = parcel.url, None
        webhook = session.get(Webhook, row.webhook_id, with_for_update=True)
        if outcome.delivered:
            row.status = "delivered"
            if webhook is not None:
                webhook.failing_since = None
            return
        again = self._again(row, at) if outcome.worth_another else None
        if again is None:
            row.status = "failed"
        else:
            row.due_at = again
        if webhook is not None:
            since = webhook.failing_since = webhook.failing_since or at
            if at - since >= PAUSED_AFTER:
                webhook.status, webhook.last_updated = "paused", at

    def _again(self, row: Delivery, at: datetime) -> datetime | None:
        """When to come again: twice as late each time, give or take a fifth, and not after the quarter of an hour."""
        tried = len(row.attempts)
        if tried > RETRIES:
            return None
        share = 0.8 + 0.4 * int.from_bytes(self._world.chance.bytes(4)) / 2**32
        due = at + _FIRST_WAIT * 2 ** (tried - 1) * share
        first = datetime.fromisoformat(row.attempts[0]["at"])
        return due if due - first <= RETRY_WITHIN else None
