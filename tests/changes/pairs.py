"""What pairs of documents that differ in one thing are made of."""

from typing import Any, NamedTuple

from .tiny import (
    NEW,
    OLD,
    Json,
    around,
    document,
    operation,
    request_body,
    response_property,
    with_operation,
)

TEXT = {"type": "string"}
SOON, LATER, PAST = "2031-03-01", "2032-01-01", "2030-06-01"


class Pair(NamedTuple):
    """`back` is empty where the way back is another case's business."""

    name: str
    old: Json
    new: Json
    there: str
    back: str = ""


def stages(name: str, make: Any, old: Json, new: Json, there: str, back: str = "") -> Pair:
    """Something that is deprecated, or was; the newer document is of 2031-01-01."""
    return Pair(name, make(OLD, **old), make(NEW, **new), there, back)


def call(version: str, **parts: Any) -> Json:
    return with_operation(version, **parts)


def gone(version: str) -> Json:
    return document(version)


def one_of_two(version: str, *, both: bool, **parts: Any) -> Json:
    methods: Json = {"get": operation(operationId="things.get")}
    if both:
        methods["post"] = operation(**parts)
    return document(version, paths={"/v1/things": methods})


def query(version: str, **parts: Any) -> Json:
    return with_operation(version, parameters=[{"name": "q", "in": "query", "schema": TEXT, **parts}])


def sent(version: str, **parts: Any) -> Json:
    return request_body(around({**TEXT, **parts}), version)


def comes(version: str, **parts: Any) -> Json:
    return response_property({**TEXT, **parts}, version)


def needed(**parts: Any) -> Json:
    return around({**TEXT, **parts}, required=["p"])


def headers(**parts: Any) -> Json:
    answer = {"description": "", "headers": {"X-H": {"schema": TEXT, **parts}}}
    return with_operation(responses={"200": answer})


def secured(**parts: Any) -> Json:
    schemes = {"key": {"type": "apiKey", "in": "header", "name": "k"}, "token": {"type": "http", "scheme": "bearer"}}
    return {"components": {"securitySchemes": schemes}, **parts}


DEPRECATED = {"deprecated": True}
PLAIN_ANSWER = {"200": {"description": ""}}
