"""Query parameters are checked as bodies are: against what the spec says they are, before anything is sent."""

import re
from datetime import date, datetime
from typing import cast

from .errors import InvalidInputError
from .lazy import load

__all__ = ["aware", "check_kind"]

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SEVERAL = "[]"


def aware(name: str, moment: datetime) -> datetime:
    """Return a point in time. Raises InvalidInputError if it does not say its offset from UTC."""
    if moment.utcoffset() is None:
        raise InvalidInputError(name, "must be a datetime with a timezone", "add tzinfo=datetime.UTC")
    return moment


def check_kind(name: str, value: object, kind: str) -> None:
    """Raise InvalidInputError unless a value is None or of a kind, as ``Operation.kinds`` names it.

    A text is taken for a date, a point in time or an enum if it is written as Pinwheel reads it. One value is taken
    where there may be several.
    """
    if value is None:
        return
    single = kind.removesuffix(_SEVERAL)
    if isinstance(value, list | tuple | set | frozenset):
        if single == kind:
            raise InvalidInputError(name, "must be one value, not several")
        for item in cast("list[object]", value):
            _check(name, item, single)
    else:
        _check(name, value, single)


def _check(name: str, value: object, kind: str) -> None:
    if kind == "date":
        _check_date(name, value)
    elif kind == "date-time":
        _check_moment(name, value)
    elif kind == "bool":
        if not isinstance(value, bool):
            raise InvalidInputError(name, f"must be True or False, not {type(value).__name__}")
    elif kind == "int":
        if isinstance(value, bool) or not isinstance(value, int):
            raise InvalidInputError(name, f"must be an int, not {type(value).__name__}")
    else:
        _check_member(name, value, kind)


def _check_date(name: str, value: object) -> None:
    if isinstance(value, datetime):
        # A datetime is a date for type checkers, too, so they do not see this.
        raise InvalidInputError(name, "must be a date, not a datetime", "its day is .date()")
    if isinstance(value, date):
        return
    if not isinstance(value, str):
        raise InvalidInputError(name, f"must be a date, not {type(value).__name__}")
    # fromisoformat() also reads week dates and dates without hyphens.
    if not re.fullmatch(_DATE, value) or not _is_iso(date, value):
        raise InvalidInputError(name, "must be a date such as 2026-01-31")


def _check_moment(name: str, value: object) -> None:
    if isinstance(value, datetime):
        aware(name, value)
    elif isinstance(value, date):
        raise InvalidInputError(name, "must be a datetime with a timezone, not a date")
    elif not isinstance(value, str):
        raise InvalidInputError(name, f"must be a datetime, not {type(value).__name__}")
    elif not re.match(_DATE, value) or not _is_iso(datetime, value):
        raise InvalidInputError(name, "must be a date and time such as 2026-01-31T12:00:00Z")
    else:
        aware(name, datetime.fromisoformat(value))


def _is_iso(kind: type[date], text: str) -> bool:
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_member(name: str, value: object, kind: str) -> None:
    # Loads the module of one enum, and only for a call that uses it.
    from .enums import OpenEnum  # noqa: PLC0415

    enum = cast("type[OpenEnum]", load(kind))
    if not isinstance(value, str):
        raise InvalidInputError(name, f"must be of {enum.__name__} or a str, not {type(value).__name__}")
    # As in a body: what is not listed is a typing error until the caller says otherwise with a member made of it.
    listed = [member.value for member in enum]
    if not isinstance(value, enum) and value not in listed:
        advice = f'for a value that is newer than this package write {enum.__name__}("...")'
        raise InvalidInputError(name, f"must be one of {', '.join(map(repr, listed))}", advice)
