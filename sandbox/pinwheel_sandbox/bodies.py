"""Request bodies: from bytes to a checked object of the version that was asked for."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast

import attrs
import msgspec
from pinwheel_overlays.decoders import convert
from pinwheel_overlays.enums import OpenEnum
from pinwheel_overlays.model import Model

from pinwheel_sandbox.errors import ApiError, FieldProblem, invalid, unreadable
from pinwheel_sandbox.messages import Request

M = TypeVar("M")

_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.DOTALL)
_REQUIRED = "This property is required."

_JSON_NAMES = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "decimal": "number",
    "bool": "boolean",
    "dict": "object",
    "list": "array",
}


def read_object(request: Request, limit: int) -> dict[str, Any]:
    """The JSON object in a request's body."""
    if len(request.body) > limit:
        raise unreadable("BODY_TOO_LARGE", f"The body is larger than {limit} bytes.")
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise unreadable("WRONG_CONTENT_TYPE", "The body must be sent with the Content-Type application/json.")
    try:
        # Strict UTF-8 first: the JSON reader lets some byte sequences pass that no text can hold.
        content: object = msgspec.json.decode(request.body.decode())
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise unreadable("MALFORMED_JSON", "The body is not valid JSON.") from error
    if not isinstance(content, dict):
        raise unreadable("MALFORMED_JSON", "The body must be a JSON object.")
    mapping = cast(dict[str, Any], content)
    if any("\0" in text for text in _texts(mapping)):
        raise unreadable("MALFORMED_JSON", "The body holds a null character.")
    return mapping


def checked(body: Mapping[str, Any], model: type[M], *, open_enums: bool = False) -> M:
    """The body as an object of `model`, or 400 that names every top-level property that is wrong.

    Properties the model does not have are passed over, as the service does.
    """
    try:
        result = convert(body, model)
    except msgspec.ValidationError:
        result = _with_whole_numbers(body, model)
    if open_enums:
        return result
    # Known enum values only: what a caller sends is not what a future version may answer.
    unknown = [FieldProblem(path, f"{value!r} is not one of its values.") for path, value in _unknown("", result)]
    if unknown:
        raise _refusal(unknown)
    return result


def _with_whole_numbers(body: Mapping[str, Any], model: type[M]) -> M:
    """The same where 3600.0 was sent: JSON has one kind of numbers, and that one is an integer."""
    whole = _whole(body)
    try:
        return convert(whole, model)
    except msgspec.ValidationError:
        raise _refusal(_wrong(whole, model)) from None


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _whole(item) for name, item in cast(dict[str, object], value).items()}
    if isinstance(value, list):
        return [_whole(item) for item in cast(list[object], value)]
    return value


def _wrong(body: Mapping[str, Any], model: type) -> list[FieldProblem]:
    """Everything that is wrong: the reader stops at the first, so that one is taken out and the rest read again."""
    rest, problems = dict(body), list[FieldProblem]()
    while True:
        try:
            convert(rest, model)
        except msgspec.ValidationError as error:
            found = _AT.match(str(error))
            path = (found["path"] or "").lstrip(".") if found else ""
            top = re.split(r"[.\[]", path)[0]
            if top not in rest:  # what is left to say is that something is missing
                return problems + _missing(body, model)
            problems.append(FieldProblem(path, f"{_in_words(found['what'] if found else str(error))}."))
            del rest[top]
        else:
            return problems


def _in_words(complaint: str) -> str:
    """The reader's complaint, with JSON's names of types instead of Python's."""
    return re.sub(r"`(\w+)`", lambda name: _JSON_NAMES.get(name[1], name[1]), complaint)


def _refusal(problems: list[FieldProblem]) -> ApiError:
    # The one code of a wrong property that Pinwheel's documentation names.
    routing = all(problem.name.endswith("routing_number") for problem in problems)
    return invalid(problems, code="INVALID_ROUTING_NUMBER") if routing else invalid(problems)


def _missing(body: Mapping[str, Any], model: Any) -> list[FieldProblem]:
    return [
        FieldProblem(field.name, _REQUIRED)
        for field in attrs.fields(model)
        if field.default is attrs.NOTHING and field.name not in body
    ]


def _unknown(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, OpenEnum):
        if not value.is_known:
            yield path, str(value)
    elif isinstance(value, list):
        for index, item in enumerate(cast(list[object], value)):
            yield from _unknown(f"{path}[{index}]", item)
    elif isinstance(value, Model):
        for field in attrs.fields(cast(Any, type(value))):
            yield from _unknown(f"{path}.{field.name}".lstrip("."), getattr(value, field.name))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in cast(dict[str, object], value).items():
            yield key
            yield from _texts(item)
    elif isinstance(value, list):
        for item in cast(list[object], value):
            yield from _texts(item)
