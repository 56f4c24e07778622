"""From Python values to the JSON body of a request.

UNSET is left out, null is sent only where it has a meaning. What the request model refuses is refused before anything
is sent, with the name of the field and the rule, never the value: bodies hold SSNs and account numbers.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, cast

import attrs
import msgspec

from .body_check import check_closed
from .config import origin_of
from .decoders import convert
from .errors import InvalidInputError
from .operation import Operation
from .query import encodable, is_finite, trimmed
from .query_check import aware
from .shapes import node_of
from .unset import UNSET

__all__ = ["encode_body"]

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_PATH = re.compile(r"(?P<rule>.*?)(?: - at `\$\.?(?P<path>.*)`)?", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(?P<name>.*)`")
_NULL = re.compile(r"Expected `(?P<expected>.*)`, got `null`")
_WRONG = re.compile(r"Expected `(?P<expected>.*)`, got `(?P<got>.*)`")


def encode_body(
    operation: Operation, model: type[Any], fields: Mapping[str, object], *, to_this_machine: bool = False
) -> bytes:
    """Return the JSON of a body of class ``model``. Raises InvalidInputError.

    ``to_this_machine``: it goes to a local sandbox, which takes ``http://`` addresses of this machine where Pinwheel
    takes ``https://`` alone.
    """
    sent = {name: _plain(value, name) for name, value in fields.items() if value is not UNSET}
    for name in operation.trim:
        if isinstance(sent.get(name), str):
            sent[name] = trimmed(name, sent[name])
    for group in operation.one_of:
        if all(sent.get(name) is None for name in group):
            raise InvalidInputError(" or ".join(group), "must be given")
    _validate({name: _as_https(value) for name, value in sent.items()} if to_this_machine else sent, model)
    return _ENCODER.encode(sent)


def _as_https(value: Any) -> Any:
    """Stand in for a plain HTTP address of this machine while a body is checked, never in what is sent."""
    if isinstance(value, str) and value.startswith("http://"):
        origin = origin_of(value)
        if origin is not None and origin.is_loopback:
            return value.replace("http", "https", 1)
    return value


def _validate(sent: dict[str, Any], model: type[Any]) -> None:
    refusal = ""
    try:
        convert(sent, model)
    except msgspec.ValidationError as error:
        refusal = str(error)
    # The more telling of the two comes first: it knows what the allowed values and names are.
    check_closed(sent, node_of(model), "")
    if refusal:
        raise _explained(refusal)


def _explained(refusal: str) -> InvalidInputError:
    """Return msgspec's refusal in terms of the caller's fields."""
    found = _PATH.fullmatch(refusal)
    rule, path = (found["rule"], found["path"] or "") if found else (refusal, "")
    if missing := _MISSING.fullmatch(rule):
        return InvalidInputError(f"{path}.{missing['name']}".lstrip("."), "must be given")
    if null := _NULL.fullmatch(rule):
        return InvalidInputError(
            path, f"must be {_in_python(null['expected'])}, not None", "leave it out if it should not be sent"
        )
    if wrong := _WRONG.fullmatch(rule):
        advice = "put a single value into a list" if wrong["expected"] == "array" else ""
        return InvalidInputError(
            path, f"must be {_in_python(wrong['expected'])}, not {_in_python(wrong['got'])}", advice
        )
    # What is in quotes is the value.
    return InvalidInputError(path, rule.partition("'")[0].strip().replace("`", "").replace("Expected", "must be"))


def _in_python(name: str) -> str:
    return name.replace("array", "list").replace("object", "model or dict")


def _plain(value: object, name: str) -> Any:
    """Return a value as a tree of what JSON knows, plus dates and Decimals, which the encoder writes."""
    if isinstance(value, float | Decimal):
        if not is_finite(value):
            raise InvalidInputError(name, "must be a finite number")
        return value
    if isinstance(value, str):
        return encodable(name, value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return aware(name, value)
    if isinstance(value, date):
        return value
    if isinstance(value, Enum):
        return _plain(value.value, name)
    return _plain_container(value, name)


def _plain_container(value: object, name: str) -> Any:
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {encodable(name, str(key)): _plain(item, f"{name}.{key}") for key, item in items if item is not UNSET}
    if isinstance(value, set | frozenset):
        return sorted((_plain(item, f"{name}[]") for item in cast("set[object]", value)), key=str)
    if isinstance(value, list | tuple):
        return [_plain(item, f"{name}[{index}]") for index, item in enumerate(cast("list[object]", value))]
    present = ((key, getattr(value, attribute)) for attribute, key in _keys(value, name))
    return {key: _plain(item, f"{name}.{key}") for key, item in present if item is not UNSET}


def _keys(model: object, name: str) -> list[tuple[str, str]]:
    """Return the attributes of a model and the JSON key of each."""
    if isinstance(model, msgspec.Struct):
        return [(field.name, field.encode_name) for field in msgspec.structs.fields(model)]
    kind: Any = type(model)
    if attrs.has(kind):
        return [(field.name, field.name) for field in attrs.fields(kind)]
    raise InvalidInputError(name, f"cannot be sent: {kind.__name__}")
