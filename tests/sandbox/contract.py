"""Hold an answer against the document of its version."""

import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

DOCUMENTS = Path(__file__).parents[2] / "generated" / "openapi"


@functools.cache
def document(version: str) -> dict[str, Any]:
    return json.loads((DOCUMENTS / f"{version}.json").read_text())


def operations(version: str) -> Iterator[tuple[str, str, str]]:
    """Operation id, method and path template of every operation of a version."""
    for path, item in document(version)["paths"].items():
        for method in ("get", "post", "put", "patch", "delete"):
            if method in item:
                yield item[method]["operationId"], method.upper(), path


def check_answer(request: Any, answer: Any) -> None:
    """Fail unless an answer of the sandbox's core is what the document of its version says."""
    body = json.loads(answer.body) if answer.body else None
    check(answer.headers["pinwheel-version"], request.method, request.path, answer.status, answer.headers, body)


def check(version: str, method: str, path: str, status: int, headers: Mapping[str, str], body: Any) -> None:
    """Fail unless the document of the version allows this answer to this call."""
    found = operation_of(version, method, path)
    if found is None:  # nothing to hold it against: an unknown route
        return
    responses = found["responses"]
    declared = responses.get(str(status)) or responses.get(f"{status // 100}XX")
    if declared is None:
        assert status == 405, f"{method} {path} answers {status}, which {version} does not declare"
        return
    declared = _resolved(version, declared)
    for name in declared["headers"]:
        assert name.lower() in headers, f"{method} {path} lacks the header {name}"
    if "content" not in declared:
        assert body is None
        return
    schema = declared["content"]["application/json"]["schema"]
    error = next(_validator(version, json.dumps(schema)).iter_errors(body), None)
    assert error is None, f"{method} {path} {status} in {version}: {error.json_path}: {error.message}"
    if status < 300:
        _assert_complete(version, schema, body, "$")


def _assert_complete(version: str, schema: dict[str, Any], value: Any, at: str) -> None:
    """The service sends every declared property, null where there is nothing; so does the sandbox."""
    schema = _resolved(version, schema)
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        assert list(value) == list(properties) or not properties, f"{at}: {list(value)} is not {list(properties)}"
        for name, item in value.items():
            if name in properties:
                _assert_complete(version, properties[name], item, f"{at}.{name}")
    elif isinstance(value, list) and "items" in schema:
        for item in value[:2]:
            _assert_complete(version, schema["items"], item, f"{at}[]")


def _resolved(version: str, node: dict[str, Any]) -> dict[str, Any]:
    """The node behind a reference, and behind "this or null"."""
    while True:
        if "$ref" in node:
            target: Any = document(version)
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        elif "anyOf" in node and any(option.get("type") == "null" for option in node["anyOf"]):
            node = next(option for option in node["anyOf"] if option.get("type") != "null")
        else:
            return node


def operation_of(version: str, method: str, path: str) -> dict[str, Any] | None:
    for known, template, pattern in _patterns(version):
        if known == method and pattern.fullmatch(path):
            return document(version)["paths"][template][method.lower()]
    return None


@functools.cache
def _patterns(version: str) -> list[tuple[str, str, re.Pattern[str]]]:
    found = sorted(operations(version), key=lambda operation: operation[2].count("{"))
    return [(method, template, re.compile(re.sub(r"\{\w+\}", "[^/]+", template))) for _, method, template in found]


@functools.cache
def _validator(version: str, schema: str) -> Draft202012Validator:
    return Draft202012Validator(
        {**json.loads(schema), "components": document(version)["components"]}, format_checker=FormatChecker()
    )
