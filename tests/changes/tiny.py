"""Documents just large enough to show one difference."""

from typing import Any

Json = dict[str, Any]
OLD, NEW = "2030-01-01", "2031-01-01"


def document(version: str = OLD, **parts: Any) -> Json:
    return {"openapi": "3.1.0", "info": {"title": "Tiny", "version": version}, "paths": {}, **parts}


def operation(**parts: Any) -> Json:
    return {"operationId": "things.do", "responses": {"200": {"description": "Done."}}, **parts}


def with_operation(version: str = OLD, **parts: Any) -> Json:
    return document(version, paths={"/v1/things": {"post": operation(**parts)}})


def content(schema: Any) -> Json:
    return {"application/json": {"schema": schema}}


def around(schema: Json, **more: Any) -> Json:
    """An object that holds the schema."""
    return {"type": "object", "properties": {"p": schema}, **more}


def request_body(schema: Json, version: str = OLD) -> Json:
    return with_operation(version, requestBody={"required": True, "content": content(schema)})


def request_property(schema: Json, version: str = OLD) -> Json:
    return request_body(around(schema), version)


def response_body(schema: Json, version: str = OLD) -> Json:
    return with_operation(version, responses={"200": {"description": "", "content": content(schema)}})


def response_property(schema: Json, version: str = OLD) -> Json:
    return response_body(around(schema), version)


def parameter(schema: Json, version: str = OLD) -> Json:
    return with_operation(version, parameters=[{"name": "q", "in": "query", "schema": schema}])


def parameter_item(schema: Json, version: str = OLD) -> Json:
    return parameter({"type": "array", "items": schema}, version)


def header(schema: Json, version: str = OLD) -> Json:
    answer = {"description": "", "headers": {"X-H": {"schema": schema}}}
    return with_operation(version, responses={"200": answer})


def delivery(schema: Json, version: str = OLD) -> Json:
    event = {"post": {"requestBody": {"content": content(schema)}, "responses": {"200": {"description": ""}}}}
    return document(version, webhooks={"thing.added": event})
