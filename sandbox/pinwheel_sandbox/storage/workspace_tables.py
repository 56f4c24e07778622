"""What belongs to the caller's workspace: webhooks, hosted Link pages, dashboard sign-ins, Bill Navigator."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pinwheel_sandbox.storage.base import Json, Row, Texts


class Webhook(Row):
    """An address that wants to be told of events. Whoever delivers reads and keeps everything about it here."""

    __tablename__ = "webhooks"
    __table_args__ = (Index("webhooks_in_order", "api_key", "created_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    last_updated: Mapped[datetime]
    api_key: Mapped[str] = mapped_column(ForeignKey("api_keys.key"))
    """The key that made it: its secret signs the deliveries."""
    url: Mapped[str]
    status: Mapped[str]
    """active or paused."""
    enabled_events: Mapped[Texts]
    """Names of events as they were sent; `*`, from a 2021 version, stands for all."""
    version: Mapped[str]
    """The payload format, and the Pinwheel-Version of the deliveries."""
    customer_id: Mapped[str | None] = mapped_column(default=None)
    failing_since: Mapped[datetime | None] = mapped_column(default=None)
    """The first delivery that failed since the last one that did not."""


class Site(Row):
    """A hosted Link page: what its Link token does not say."""

    __tablename__ = "sites"

    id: Mapped[str] = mapped_column(ForeignKey("link_tokens.id"), primary_key=True)
    api_key: Mapped[str] = mapped_column(ForeignKey("api_keys.key"))
    """The key whose secret signs the way back."""
    redirect_url: Mapped[str]
    url: Mapped[str]


class AdminSession(Row):
    """A dashboard user's sign-in, found by the digest of its bearer token."""

    __tablename__ = "admin_sessions"

    digest: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    role: Mapped[str]


class BillNavigator(Row):
    """What became of an end user in Bill Navigator."""

    __tablename__ = "bill_navigator"

    end_user_id: Mapped[str] = mapped_column(ForeignKey("end_users.id"), primary_key=True)
    status: Mapped[str]
    updated_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(default=None)


class EndUserFile(Row):
    """A document of an end user as it was read: what is in it, and whether it can be trusted."""

    __tablename__ = "end_user_files"
    __table_args__ = (Index("end_user_files_in_order", "end_user_id", "created_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    end_user_id: Mapped[str] = mapped_column(ForeignKey("end_users.id"))
    document_type: Mapped[str]
    parsed: Mapped[Json | None] = mapped_column(default=None)
    fraud: Mapped[str | None] = mapped_column(default=None)
