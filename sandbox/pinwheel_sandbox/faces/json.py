"""JSON as the service writes it: compact, UTF-8, keys as declared, moments with microseconds and a numeric offset."""

import functools
import json
from collections.abc import Hashable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, cast

import attrs
import msgspec


def plain(value: object) -> Any:
    """Objects as dicts in the order of their fields; moments and decimals stay what they are.

    (msgspec writes the fields of a class with slots in the order of the alphabet.)
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float | datetime | Decimal):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(item) for item in cast(list[object], value)]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in cast(dict[str, object], value).items()}
    if isinstance(value, msgspec.Struct):
        return msgspec.to_builtins(value, builtin_types=(datetime, Decimal))
    return {name: plain(getattr(value, name)) for name in _fields(cast(Hashable, type(value)))}


def encode(value: object) -> bytes:
    """The bytes that are sent."""
    return json.dumps(value, default=_encode_rest, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


@functools.cache
def _fields(model: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(cast(Any, model)))


def _encode_rest(value: object) -> object:
    if isinstance(value, datetime):
        # Shifts carry their local time, and those the service writes without a fraction.
        return value.isoformat(timespec="microseconds" if value.tzinfo is UTC else "seconds")
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
