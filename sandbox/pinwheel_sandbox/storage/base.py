"""What every table shares: how Python values are kept in columns."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, String, types
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass

Json = dict[str, Any]
Texts = list[str]


class Moment(types.TypeDecorator[datetime]):
    """A moment in UTC with microseconds; SQLite forgets time zones, so they are put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """On the way in: UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """On the way out: UTC, and said so."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Row(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The base of all tables."""

    type_annotation_map = {datetime: Moment(), Json: JSON(), Texts: JSON(), str: String()}  # noqa: RUF012 - read by SQLAlchemy
