"""Payroll objects, kept as they are in the newest version."""

from datetime import date, datetime
from typing import Protocol, TypeVar

import msgspec
from pinwheel_overlays.decoders import convert
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pinwheel_sandbox.storage.tables import Document


class Record(Protocol):
    """What every payroll object has."""

    @property
    def id(self) -> str:
        """Its own id."""
        ...

    @property
    def account_id(self) -> str:
        """The account that it was read from."""
        ...


M = TypeVar("M", bound=Record)


def row(
    kind: str, record: Record, *, arrives_at: datetime, order: date | int | None = None, start: date | int | None = None
) -> Document:
    """The row for a payroll object; lists of its kind are ordered by the `order` date or year."""
    return Document(
        id=record.id,
        arrives_at=arrives_at,
        account_id=record.account_id,
        kind=kind,
        order_date=_sortable(order),
        start_date=_sortable(start),
        body=msgspec.to_builtins(record),
    )


def _sortable(value: date | int | None) -> str:
    """A date or a year as a text that sorts alike."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else f"{value:04}"


def read(document: Document, model: type[M]) -> M:
    """The payroll object in a row."""
    return convert(document.body, model)


def arrived(account_id: str, kind: str, now: datetime) -> Select[Document]:
    """The rows of a kind that an account has by now."""
    return select(Document).where(Document.account_id == account_id, Document.kind == kind, Document.arrives_at <= now)


def find(session: Session, account_id: str, kind: str, model: type[M], now: datetime) -> M | None:
    """The one object of a kind that an account has, such as its employment, as it was found last."""
    newest_first = arrived(account_id, kind, now).order_by(Document.arrives_at.desc()).limit(1)
    document = session.scalar(newest_first)
    return None if document is None else read(document, model)


def all_of(session: Session, account_id: str, kind: str, model: type[M], now: datetime) -> list[M]:
    """All objects of a kind that an account has by now, in the order of its list."""
    newest_first = arrived(account_id, kind, now).order_by(Document.order_date.desc(), Document.id.desc())
    return [read(document, model) for document in session.scalars(newest_first)]
