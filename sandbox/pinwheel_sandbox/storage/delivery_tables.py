"""Events that were raised, and what was sent of them to whom."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pinwheel_sandbox.storage.base import Json, Row


class Event(Row):
    """Something that happened and that webhooks are told of."""

    __tablename__ = "events"

    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(unique=True)
    """What it was raised from; unique, so that nothing is told as two events."""
    name: Mapped[str]
    occurred_at: Mapped[datetime]
    account_id: Mapped[str | None]
    payload: Mapped[Json]
    """In the newest form."""


class Delivery(Row):
    """One event on its way to one webhook: the very bytes, and every attempt."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("deliveries_that_are_due", "status", "due_at", "position"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id"), index=True)
    event: Mapped[str]
    webhook_id: Mapped[str] = mapped_column(index=True)
    version: Mapped[str]
    url: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime]
    position: Mapped[float]
    """Where it stands among those of the same moment."""
    due_at: Mapped[datetime]
    """When the next attempt is to be made."""
    status: Mapped[str] = mapped_column(default="pending")
    """pending, delivered, failed, or dropped when its webhook was paused or deleted meanwhile."""
    repeat_of: Mapped[str | None] = mapped_column(default=None)
    """The delivery that this one repeats: a duplicate, or one that was asked for."""
    claimed_until: Mapped[datetime | None] = mapped_column(default=None)
    """Until when one process has it in hand; a process that dies leaves it to the others."""
    attempts: Mapped[list[Json]] = mapped_column(JSON, default_factory=list)
    """When, the status that came back or what went wrong instead, and how long it took."""


class AccountTold(Row):
    """The monitoring status of an account that was told last: another one is news."""

    __tablename__ = "accounts_told"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    monitoring_status: Mapped[str]
