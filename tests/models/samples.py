"""JSON values made from a bundled document: every model of every version can be tried without naming one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "generated" / "openapi"
VERSIONS = sorted(path.stem for path in DOCUMENTS.glob("*.json"))
TOMORROW = "value_of_tomorrow"

Json = dict[str, Any]


@cache
def document(version: str) -> Json:
    loaded: Json = json.loads((DOCUMENTS / f"{version}.json").read_text(encoding="utf-8"))
    return loaded


def resolve(version: str, schema: Json) -> Json:
    while "$ref" in schema:
        _, _, kind, name = schema["$ref"].split("/")
        schema = document(version)["components"][kind][name]
    return schema


def answer_models(version: str) -> list[str]:
    """Names of the object schemas that an answer can hold, envelopes aside."""
    found: set[str] = set()

    def visit(node: Any) -> None:
        if isinstance(node, list):
            for item in node:
                visit(item)
        elif isinstance(node, dict):
            ref = node.get("$ref", "")
            if ref.startswith("#/components/"):
                name = ref.rpartition("/")[2]
                schema = resolve(version, node)
                if name in found:
                    return
                if ref.startswith("#/components/schemas/") and "properties" in schema:
                    found.add(name)
                visit(schema)
            for value in node.values():
                visit(value)

    for item in document(version)["paths"].values():
        for method, operation in item.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                visit(operation["responses"])
    schemas = document(version)["components"]["schemas"]
    return sorted(name for name in found if not schemas[name].get("x-envelope"))


def answer_enums(version: str) -> list[str]:
    schemas = document(version)["components"]["schemas"]
    return sorted(name for name, schema in schemas.items() if schema.get("type") == "string" and "enum" in schema)


class Sample:
    """Makes one value of a schema; subclasses say what differs."""

    def __init__(self, version: str) -> None:
        self.version = version

    def of(self, schema: Json, depth: int = 0) -> Any:
        branches = schema.get("anyOf") or schema.get("oneOf")
        if branches:
            return self.branch([resolve(self.version, b) for b in branches], depth)
        schema = resolve(self.version, schema)
        if "anyOf" in schema:
            return self.of(schema, depth)
        kind = schema.get("type", "object")
        if isinstance(kind, list):
            return self.nullable({**schema, "type": next(k for k in kind if k != "null")}, depth)
        if "enum" in schema:
            return self.enum(schema)
        if "const" in schema:
            return schema["const"]
        if kind == "array":
            return [self.of(schema["items"], depth + 1)] if depth < 12 else []
        if kind == "object":
            return self.object(schema, depth)
        if kind == "string":
            return {"date": "2026-11-22", "date-time": "2026-11-22T10:11:12.123456+00:00"}.get(
                schema.get("format", ""), "text"
            )
        return {"integer": 7, "number": 7.5, "boolean": True}[kind]

    def branch(self, branches: list[Json], depth: int) -> Any:
        return self.of(branches[0], depth)

    def nullable(self, schema: Json, depth: int) -> Any:
        return self.of(schema, depth)

    def enum(self, schema: Json) -> Any:
        return schema["enum"][0]

    def object(self, schema: Json, depth: int) -> Json:
        properties: dict[str, Json] = schema.get("properties", {})
        made = {name: self.of(child, depth + 1) for name, child in properties.items()}
        for child in properties.values():
            if "x-variants" in child:  # say which of the variants was made
                first = child["anyOf"][0]["$ref"].rpartition("/")[2]
                made[child["x-tagged-by"]] = next(tag for tag, name in child["x-variants"].items() if name == first)
        return made


class Nulls(Sample):
    """Null wherever the spec allows it."""

    def branch(self, branches: list[Json], depth: int) -> Any:
        return None if {"type": "null"} in branches else super().branch(branches, depth)

    def nullable(self, schema: Json, depth: int) -> Any:
        return None


class NothingButNulls(Sample):
    """Null in every property, allowed or not."""

    def object(self, schema: Json, depth: int) -> Json:
        return dict.fromkeys(schema.get("properties", {}))


class Minimal(Sample):
    """Only what is required."""

    def object(self, schema: Json, depth: int) -> Json:
        properties = schema.get("properties", {})
        return {name: self.of(properties[name], depth + 1) for name in schema.get("required", [])}


class Tomorrow(Sample):
    """Every enum has a value that no spec lists."""

    def enum(self, schema: Json) -> Any:
        return TOMORROW


class Grown(Sample):
    """Every object has one more property."""

    def object(self, schema: Json, depth: int) -> Json:
        more = {"property_of_tomorrow": {"a": [1]}} if "properties" in schema else {}
        return {**more, **super().object(schema, depth)}
