"""Events become deliveries: one for each webhook that wants them, in its version; more where disorder is wanted."""

from datetime import datetime, timedelta

import attrs
from sqlalchemy import select
from sqlalchemy.orm import Session

from pinwheel_sandbox.deliveries.news import News
from pinwheel_sandbox.deliveries.payloads import written
from pinwheel_sandbox.storage.delivery_tables import Delivery, Event
from pinwheel_sandbox.storage.workspace_tables import Webhook
from pinwheel_sandbox.world import World

# The recorded disorder: some seconds between what happened and its delivery.
_LATEST = 7.0


@attrs.frozen(kw_only=True)
class Disorder:
    """What is done to deliveries on purpose."""

    duplicates: float = 0.0
    """The share of deliveries that are made twice."""
    shuffle: bool = False
    """Whether they come in another order than what they tell of."""


@attrs.define
class Posting:
    """Writes events and deliveries down."""

    world: World
    disorder: Disorder = Disorder()

    def post(self, session: Session, news: News) -> Event:
        """Write an event, and a delivery of it to each webhook that was there by then."""
        event = Event(
            id=self.world.chance.uuid(),
            source=news.source,
            name=news.name,
            occurred_at=news.at,
            account_id=news.account_id,
            payload=news.payload,
        )
        session.add(event)
        session.flush()
        for webhook in self._webhooks(session, news):
            delivery = Delivery(
                id=self.world.chance.uuid(),
                event_id=event.id,
                event=event.name,
                webhook_id=webhook.id,
                version=webhook.version,
                url=webhook.url,
                body=written(event.id, event.name, event.payload, webhook.version),
                created_at=news.at,
                position=self._position(news),
                due_at=self._due(news.at),
            )
            session.add(delivery)
            if self._number() < self.disorder.duplicates:
                session.add(again(self.world, delivery, self._due(news.at), self._position(news) + 0.001))
        return event

    def _webhooks(self, session: Session, news: News) -> list[Webhook]:
        known = select(Webhook).where(Webhook.status == "active", Webhook.created_at <= news.at)
        rows = session.scalars(known.order_by(Webhook.created_at, Webhook.id))
        return [row for row in rows if news.name in row.enabled_events or "*" in row.enabled_events]

    def _position(self, news: News) -> float:
        return self._number() * 1000 if self.disorder.shuffle else news.place

    def _due(self, at: datetime) -> datetime:
        pace = self.world.settings.pace
        late = self._number() * _LATEST * pace if self.disorder.shuffle and pace else 0.0
        return at + timedelta(seconds=late)

    def _number(self) -> float:
        return int.from_bytes(self.world.chance.bytes(4)) / 2**32


def again(world: World, delivery: Delivery, due_at: datetime, position: float) -> Delivery:
    """One more delivery of the same bytes."""
    return Delivery(
        id=world.chance.uuid(),
        event_id=delivery.event_id,
        event=delivery.event,
        webhook_id=delivery.webhook_id,
        version=delivery.version,
        url=delivery.url,
        body=delivery.body,
        created_at=due_at,
        position=position,
        due_at=due_at,
        repeat_of=delivery.id,
    )
