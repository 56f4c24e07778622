"""The tables. What is searched, ordered or changed is a column; the payroll objects themselves are kept as documents.

A document is an object of the newest API version, so a field that Pinwheel adds needs no migration here.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pinwheel_sandbox.storage.base import Json, Row


class Vault(Row):
    """Keys that the sandbox made for itself: they sign Link tokens and seal cursors."""

    __tablename__ = "vault"

    name: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[str]


class ApiKey(Row):
    """A pair of public key and secret that opens the API."""

    __tablename__ = "api_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    last_used_on: Mapped[str | None] = mapped_column(default=None)
    """The ISO date of the last call with it."""


class EndUser(Row):
    """A customer-side user id that some Link token named; the row that is locked while accounts are counted."""

    __tablename__ = "end_users"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


class LinkToken(Row):
    """A Link token and what it was made with, in the newest version's words."""

    __tablename__ = "link_tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    end_user_id: Mapped[str | None] = mapped_column(ForeignKey("end_users.id"))
    account_id: Mapped[str | None]
    options: Mapped[Json]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class Account(Row):
    """A payroll account that someone logged in to."""

    __tablename__ = "accounts"
    __table_args__ = (Index("accounts_in_order", "created_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    link_token_id: Mapped[str | None] = mapped_column(ForeignKey("link_tokens.id"))
    end_user_id: Mapped[str | None] = mapped_column(ForeignKey("end_users.id"), index=True)
    platform_id: Mapped[str]
    employer_id: Mapped[str | None]
    username: Mapped[str]
    connected: Mapped[bool] = mapped_column(default=True)
    monitoring_status: Mapped[str] = mapped_column(default="active")
    tags: Mapped[Json | None] = mapped_column(default=None)
    reseller_customer_id: Mapped[str | None] = mapped_column(default=None)
    pay_anchor: Mapped[str] = mapped_column(default="")
    """The ISO date of the login, which the pay calendar is counted from."""
    refresh_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    """When monitoring looks again."""


class Job(Row):
    """One piece of work for an account, such as reading its identity or one batch of its paystubs."""

    __tablename__ = "jobs"
    __table_args__ = (Index("jobs_in_order", "finished_at", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    finished_at: Mapped[datetime] = mapped_column(primary_key=True)
    """When the job ends: a moment to come means that its results are not there yet."""
    name: Mapped[str]
    outcome: Mapped[str]
    link_token_id: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    changed_data: Mapped[bool]
    """False when the job looked and found everything as it was."""
    error_code: Mapped[str | None] = mapped_column(default=None)
    error_type: Mapped[str | None] = mapped_column(default=None)
    params: Mapped[Json] = mapped_column(default_factory=dict)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)
    """When a pending job ends after all: its other row, of the same id, counts from then on."""


class Document(Row):
    """One payroll object of an account as one job found it: its employment, a paystub, a shift."""

    __tablename__ = "documents"
    __table_args__ = (Index("documents_in_order", "account_id", "kind", "order_date", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    arrives_at: Mapped[datetime] = mapped_column(primary_key=True)
    """A moment to come means that the job which brings it has not ended yet; the newest one that is past counts."""
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str]
    body: Mapped[Json]
    order_date: Mapped[str] = mapped_column(default="")
    """The ISO date that lists of this kind are ordered and filtered by: pay date, end date."""
    start_date: Mapped[str] = mapped_column(default="")
    """The ISO date on which it began, where a list can be filtered by it."""
