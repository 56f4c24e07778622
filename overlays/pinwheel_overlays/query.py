"""From Python values to a URL: path ids and query parameters, refused here when Pinwheel could not mean them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import cast
from urllib.parse import quote, urlencode

from .errors import InvalidInputError
from .operation import Operation
from .query_check import aware, check_kind

__all__ = ["LONGEST_TRIMMED", "build_query", "encodable", "is_finite", "render_path", "trimmed"]

LONGEST_TRIMMED = 255


def trimmed(name: str, value: object) -> str:
    """Return a text without its outer whitespace. Raises InvalidInputError unless 1 to 255 characters remain."""
    if not isinstance(value, str):
        raise InvalidInputError(name, f"must be a str, not {type(value).__name__}")
    text = value.strip()
    if not 1 <= len(text) <= LONGEST_TRIMMED:
        raise InvalidInputError(name, f"must have 1 to {LONGEST_TRIMMED} characters, outer whitespace not counted")
    return text


def render_path(template: str, values: Mapping[str, str], trim: tuple[str, ...]) -> str:
    """Fill in a path template, each id percent-encoded as one segment.

    Raises InvalidInputError for an id that is empty, ``.`` or ``..``, or holds ``/`` or a control character: those
    would address another path than the one meant.
    """
    path = template
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", _segment(name, trimmed(name, value) if name in trim else value))
    return path


def _segment(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidInputError(name, f"must be a str, not {type(value).__name__}")
    if not value.strip():
        raise InvalidInputError(name, "must not be empty")
    if value in {".", ".."} or "/" in value or "\\" in value:
        raise InvalidInputError(name, "must be one id, without slashes and not '.' or '..'")
    if any(ord(character) < 32 or 127 <= ord(character) <= 159 for character in value):
        raise InvalidInputError(name, "must not contain control characters")
    return quote(encodable(name, value), safe="")


def encodable(name: str, text: str) -> str:
    """Return a text. Raises InvalidInputError if it holds half of a surrogate pair, which no encoding can send."""
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidInputError(name, "must be text that UTF-8 can encode")
    return text


def is_finite(value: float | Decimal) -> bool:
    """Return whether a number is neither infinite nor none at all."""
    # Asking for the float of a Decimal that is a signaling NaN would raise.
    return (not isinstance(value, Decimal) or value.is_finite()) and isfinite(value)


def build_query(values: Mapping[str, object], operation: Operation | None = None) -> str:
    """Return the query string, with its ``?``, or an empty string.

    None is not sent. A list becomes the same key repeated, a bool ``true`` or ``false``, a date its ISO form.
    Raises InvalidInputError for what cannot be sent or is not what the operation takes: a naive datetime, a value
    outside its limits, an enum value that the spec does not list.
    """
    for name, kind in operation.kinds if operation else ():
        check_kind(name, values.get(name), kind)
    for name, least, most in operation.limits if operation else ():
        _check_number(name, values.get(name), least, most)
    for name, least in operation.lengths if operation else ():
        _check_length(name, values.get(name), least)
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if value is None:
            continue
        if isinstance(value, list | tuple | set | frozenset):
            pairs.extend((name, _text(name, item)) for item in cast("list[object]", value))
        else:
            pairs.append((name, _text(name, value)))
    return f"?{urlencode(pairs, quote_via=quote, safe='')}" if pairs else ""


def _check_number(name: str, value: object, least: int, most: int) -> None:
    wrong = isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most
    if value is not None and wrong:
        advice = "for fewer items in all use .max_items()" if name == "limit" else ""
        raise InvalidInputError(name, f"must be an int from {least} to {most}", advice)


def _check_length(name: str, value: object, least: int) -> None:
    if value is not None and (not isinstance(value, str) or len(value) < least):
        raise InvalidInputError(name, f"must be a str of at least {least} character{'s' if least > 1 else ''}")


def _text(name: str, value: object) -> str:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return encodable(name, value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return aware(name, value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) or (isinstance(value, float | Decimal) and is_finite(value)):
        return str(value)
    raise InvalidInputError(name, f"cannot be sent: {type(value).__name__}")
