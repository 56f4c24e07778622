"""Pages of lists. A page goes on after the last item of the one before, so what arrives meanwhile disturbs nothing."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import attrs
from sqlalchemy import Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from pinwheel_sandbox.call import Call
from pinwheel_sandbox.cursors import BadCursorError
from pinwheel_sandbox.errors import invalid_field

T = TypeVar("T")

DEFAULT_LIMIT = 25
MOST = 100


@attrs.frozen
class Page(Generic[T]):
    """Some items, and the cursor that leads on; null on the last page."""

    items: Sequence[T]
    next_cursor: str | None


def page_of_rows(
    call: Call,
    statement: Select[T],
    *,
    order: tuple[InstrumentedAttribute[Any], InstrumentedAttribute[str]],
    position: Callable[[T], list[str]],
    parse: Callable[[str], object] = str,
) -> Page[T]:
    """One page of rows, largest first: ordered by a column and, where that is equal, by id.

    `position` gives both as text for the cursor, and `parse` reads the first one back.
    """
    column, key = order
    limit, after = _asked(call)
    if after is not None:
        value = parse(after[0])
        statement = statement.where(or_(column < value, and_(column == value, key < after[1])))
    statement = statement.order_by(column.desc(), key.desc())
    if limit is not None:
        statement = statement.limit(limit + 1)
    return _cut(call, list(call.session.scalars(statement)), limit, position)


def page_of_entries(call: Call, entries: Sequence[T], position: Callable[[T], list[str]]) -> Page[T]:
    """One page of entries that are in memory, ordered by their position already."""
    limit, after = _asked(call)
    left = entries if after is None else [entry for entry in entries if position(entry) > after]
    return _cut(call, left if limit is None else left[: limit + 1], limit, position)


def _asked(call: Call) -> tuple[int | None, list[str] | None]:
    limit = call.query.number("limit", least=1, most=MOST)
    if limit is None and call.query.paged:
        limit = DEFAULT_LIMIT
    cursor = call.query.text("cursor")
    if cursor is None:
        return limit, None
    try:
        return limit, call.world.cursors.read(_scope(call), cursor)
    except BadCursorError:
        raise invalid_field("cursor", "This is no cursor of this list.", code="INVALID_CURSOR") from None


def _cut(call: Call, items: Sequence[T], limit: int | None, position: Callable[[T], list[str]]) -> Page[T]:
    if limit is None or len(items) <= limit:
        return Page(items, None)
    items = items[:limit]
    return Page(items, call.world.cursors.write(_scope(call), position(items[-1])))


def _scope(call: Call) -> str:
    # A cursor of one account's paystubs means nothing in another's.
    return " ".join([call.operation, *call.path.values()])
