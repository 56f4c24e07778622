"""Values that JSON has no word for, written as tagged objects: `{"$date": "2026-01-01"}`; see README.md."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any, cast

import attrs
import msgspec
from pinwheel_api import UNSET, Money, OpenEnum, Response

from .load import FOLDER, read_json

__all__ = ["MISSING", "differences", "plain", "render", "resolve", "text_of", "to_argument", "wire_tree"]

MISSING = {"$missing": True}
"""What a pointer leads to when there is nothing."""

Json = dict[str, Any]


def _tagged(value: object) -> tuple[str, Any] | None:
    """Return tag and content of `{"$tag": content}`."""
    if isinstance(value, dict):
        tree = cast("Json", value)
        if len(tree) == 1 and next(iter(tree)).startswith("$"):
            return next(iter(tree.items()))
    return None


def to_argument(value: Any, version: str) -> Any:
    """Return the Python value of an argument."""
    if (tagged := _tagged(value)) is not None:
        return _argument(*tagged, version)
    if isinstance(value, list):
        return [to_argument(item, version) for item in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {key: to_argument(item, version) for key, item in cast("Json", value).items()}
    return value


def _argument(tag: str, content: Any, version: str) -> Any:
    match tag:
        case "$date":
            return date.fromisoformat(content)
        case "$datetime":
            return datetime.fromisoformat(content)
        case "$decimal":
            return Decimal(content)
        case "$float":
            return float(content)
        case "$unset":
            return UNSET
        case "$repeat":
            return text_of({tag: content})
        case "$set":
            return {to_argument(item, version) for item in content}
        case "$tuple":
            return tuple(to_argument(item, version) for item in content)
        case "$enum":
            return _class(content["of"], version)(content["value"])
        case "$model":
            fields = to_argument(content["fields"], version)
            return _class(content["of"], version)(**fields)
        case _:
            raise ValueError(f"unknown tag {tag}")


def _class(name: str, version: str) -> Any:
    return getattr(import_module(f"pinwheel_api.v{version.replace('-', '_')}"), name)


def text_of(value: Any) -> str:
    """Return a text: a string, `{"$repeat": [text, times]}`, or a list of such pieces."""
    if isinstance(value, list):
        return "".join(text_of(piece) for piece in cast("list[Any]", value))
    if (tagged := _tagged(value)) is not None and tagged[0] == "$repeat":
        text, times = tagged[1]
        return text * times
    if isinstance(value, str):
        return value
    raise ValueError(f"no text: {value!r}")


@cache
def _examples() -> Json:
    found: Json = read_json(FOLDER / "examples.json")
    return found


def render(value: Any) -> str:
    """Return the JSON text of an answer, examples filled in and numbers to the letter."""
    if isinstance(value, dict):
        tree = cast("Json", value)
        if (tagged := _tagged(tree)) is not None and tagged[0] == "$number":
            return str(tagged[1])
        if tagged is not None and tagged[0] == "$repeat":
            return json.dumps(text_of(tree))
        if "$example" in tree:
            tree = _filled(tree)
        return "{" + ", ".join(f"{json.dumps(key)}: {render(item)}" for key, item in tree.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(render(item) for item in cast("list[Any]", value)) + "]"
    return json.dumps(value)


def _filled(tree: Json) -> Json:
    """`{"$example": "account", "id": "a1", "$without": ["tags"]}`: the example, but for what is given."""
    example = _examples()[tree["$example"]]
    changes = {key: item for key, item in tree.items() if not key.startswith("$")}
    left_out = tree.get("$without", [])
    return {key: item for key, item in {**example, **changes}.items() if key not in left_out}


def plain(value: Any) -> Any:
    """Return what a client gave as tagged JSON, in which every type can be told from every other."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, OpenEnum):
        return {"$enum" if value.is_known else "$unknown": str(value)}
    if isinstance(value, Enum):
        return {"$enum": value.value}
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, bytes):
        return {"$bytes": value.decode("utf-8", "backslashreplace")}
    if isinstance(value, Money):
        return {"$money": str(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("list[Any]", value)]
    return {name: plain(item) for name, item in _properties(value).items()}


def _properties(value: Any) -> Json:
    if isinstance(value, Response):
        whole = cast("Response[Any]", value)
        return {name: getattr(whole, name) for name in ("data", "meta", "status", "request_id", "version")}
    if isinstance(value, msgspec.Struct):
        return {field.encode_name: getattr(value, field.name) for field in msgspec.structs.fields(value)}
    # The bases of attrs classes are not known as such to type checkers.
    return {field.name: getattr(value, field.name) for field in attrs.fields(cast("Any", type(value)))}


def resolve(value: Any, pointer: str) -> Any:
    """Return what a JSON pointer leads to in an object of the client, properties that it computes included."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list | tuple):
            items = cast("list[Any]", value)
            value = items[int(name)] if name.isdigit() and int(name) < len(items) else MISSING
        elif isinstance(value, Mapping):
            value = cast("Mapping[str, Any]", value).get(name, MISSING)
        elif isinstance(value, msgspec.Struct):
            value = _properties(value).get(name, MISSING)
        else:
            value = getattr(value, name, MISSING)
        if value is MISSING:
            break
    return value


def wire_tree(body: bytes) -> Any:
    """Return the JSON of a sent body; a number with a fraction or an exponent as `{"$number": "12.30"}`."""
    return json.loads(body, parse_float=lambda literal: {"$number": literal})


def _is_same_scalar(one: Any, other: Any) -> bool:
    return cast("Any", type)(one) is cast("Any", type)(other) and one == other


def differences(expected: Any, actual: Any, place: str) -> list[str]:
    """Compare two trees of tagged JSON: 1, 1.0 and true are three things."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        wanted, found = cast("Json", expected), cast("Json", actual)
        return [
            problem
            for key in {**wanted, **found}
            for problem in differences(wanted.get(key, MISSING), found.get(key, MISSING), f"{place}/{key}")
        ]
    if isinstance(expected, list) and isinstance(actual, list):
        wants, finds = cast("list[Any]", expected), cast("list[Any]", actual)
        if len(wants) != len(finds):
            return [f"{place}: {len(wants)} items expected, {len(finds)} found: {finds!r:.300}"]
        return [
            problem
            for index, (want, find) in enumerate(zip(wants, finds, strict=True))
            for problem in differences(want, find, f"{place}/{index}")
        ]
    if not _is_same_scalar(expected, actual):
        return [f"{place}: expected {expected!r:.300}, found {actual!r:.300}"]
    return []
