"""Everything around the core of one process: faults, the request log, snapshots, and who delivers when."""

import logging
import threading
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from pinwheel_overlays.decoders import convert
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from pinwheel_sandbox.controls import snapshots, triggers
from pinwheel_sandbox.controls.faults import Faults
from pinwheel_sandbox.controls.log import RequestLog
from pinwheel_sandbox.deliveries.posting import Disorder, again
from pinwheel_sandbox.deliveries.sender import Sender
from pinwheel_sandbox.deliveries.worker import Worker
from pinwheel_sandbox.errors import not_found
from pinwheel_sandbox.storage.base import Json
from pinwheel_sandbox.storage.delivery_tables import Delivery, Event
from pinwheel_sandbox.storage.workspace_tables import Webhook
from pinwheel_sandbox.world import World

V = TypeVar("V", bound=msgspec.Struct)

_LOG = logging.getLogger("pinwheel_sandbox")

_BEAT = 0.1
"""Seconds after which a server looks for what time alone has made due."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try to deliver."""

    at: datetime
    status: int | None
    """What the receiver answered."""
    error: str | None
    """What went wrong where it did not."""
    seconds: float


class DeliveryView(msgspec.Struct, frozen=True, kw_only=True):
    """One event on its way to one webhook."""

    id: str
    event_id: str
    event: str
    webhook_id: str
    version: str
    url: str
    status: str
    """pending, delivered, failed, or dropped because its webhook was paused or deleted meanwhile."""
    created_at: datetime
    due_at: datetime
    """The next attempt, or the last one when there is none to come."""
    repeat_of: str | None
    attempts: list[Attempt]
    body: str


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, in the newest form; a webhook is told it in the form of its version."""

    id: str
    name: str
    occurred_at: datetime
    account_id: str | None
    payload: dict[str, Any]


class WebhookView(msgspec.Struct, frozen=True, kw_only=True):
    """An address that is told of events."""

    id: str
    url: str
    status: str
    """active or paused."""
    enabled_events: list[str]
    version: str


class Desk:
    """The controls of one process."""

    def __init__(self, world: World) -> None:
        """Start with nothing wrong and nothing kept."""
        self.world = world
        self.faults = Faults(world.chance)
        self.log = RequestLog(world.clock)
        self.sender = Sender(anywhere=world.settings.deliver_anywhere)
        self._worker = Worker(world, self.sender)
        self._snapshots: dict[str, snapshots.Snapshot] = {}
        self._closed = False
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def deliver(self) -> int:
        """Send everything that is due, and say how many attempts that took."""
        return self._worker.run(wait=True)

    def deliver_soon(self) -> None:
        """Send what is due: now, or where a thread does that, as soon as it gets to it."""
        if self._thread is not None:
            self._wake.set()
        elif not self._closed:
            try:
                self._worker.run()
            except OperationalError:  # what was answered stays answered, and the deliveries are due all the same
                _LOG.exception("the database is away: deliveries wait for the next request")

    def start(self) -> None:
        """Deliver from a thread of its own from now on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._beat, name="pinwheel-sandbox-deliveries", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End that thread, once the attempt that it makes is over."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._wake.set()
            thread.join()

    def close(self) -> None:
        """Deliver nothing any more."""
        self._closed = True
        self.stop()
        self.sender.close()

    def reset(self) -> None:
        """Empty the state; faults and disorder end, the log and the snapshots are forgotten."""
        snapshots.reset(self.world)
        self.faults.clear()
        self.log.clear()
        self._snapshots.clear()
        self._worker.posting.disorder = Disorder()

    def snapshot(self, name: str) -> None:
        """Keep the state under a name."""
        self._snapshots[name] = snapshots.take(self.world)

    def restore(self, name: str) -> None:
        """Put back what was kept under a name."""
        kept = self._snapshots.get(name)
        if kept is None:
            raise not_found("The snapshot")
        snapshots.put_back(self.world, kept)

    def disturb(self, disorder: Disorder) -> None:
        """Make deliveries twice, or in another order."""
        self._worker.posting.disorder = disorder

    def trigger(self, event: str, account_id: str | None, payload: Json) -> str:
        """Raise an event; its id is answered."""
        with self.world.storage.writing() as session:
            news = triggers.news(self.world, session, event, account_id, payload)
            return self._worker.posting.post(session, news).id

    def redeliver(self, delivery_id: str) -> DeliveryView:
        """Deliver the same bytes once more, whatever became of them before."""
        with self.world.storage.writing() as session:
            row = session.get(Delivery, delivery_id.lower())
            if row is None:
                raise not_found("The delivery")
            repeat = again(self.world, row, self.world.clock.now(), 0.0)
            session.add(repeat)
            session.flush()
            return _view(repeat, DeliveryView)

    def deliveries(
        self, *, webhook_id: str | None, event: str | None, status: str | None, limit: int
    ) -> list[DeliveryView]:
        """The delivery log, newest first."""
        wanted = select(Delivery)
        if webhook_id is not None:
            wanted = wanted.where(Delivery.webhook_id == webhook_id.lower())
        if event is not None:
            wanted = wanted.where(Delivery.event == event)
        if status is not None:
            wanted = wanted.where(Delivery.status == status)
        newest = wanted.order_by(Delivery.created_at.desc(), Delivery.position.desc(), Delivery.id).limit(limit)
        with self.world.storage.reading() as session:
            return [_view(row, DeliveryView) for row in session.scalars(newest)]

    def events(self, limit: int) -> list[EventView]:
        """What happened, newest first."""
        newest = select(Event).order_by(Event.occurred_at.desc(), Event.id).limit(limit)
        with self.world.storage.reading() as session:
            return [_view(row, EventView) for row in session.scalars(newest)]

    def webhooks(self) -> list[WebhookView]:
        """The webhooks of all API keys, the first made first."""
        with self.world.storage.reading() as session:
            rows = session.scalars(select(Webhook).order_by(Webhook.created_at, Webhook.id))
            return [_view(row, WebhookView) for row in rows]

    def _beat(self) -> None:
        while self._thread is not None:
            self._wake.clear()
            self._worker.run_safely()
            self._wake.wait(_BEAT)


def _view(row: object, kind: type[V]) -> V:
    return convert({name: getattr(row, name) for name in kind.__struct_fields__}, kind)
