"""What a caller would notice between two OpenAPI documents: operations, and the leaves of what they take and give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .compare import files
from .tree import Json, is_list, operations

Leaves = dict[str, str]


def describe_versions(old: Path, new: Path) -> list[str]:
    before, after = (_operations(json.loads(path.read_text(encoding="utf-8"))) for path in (old, new))
    lines: list[str] = []
    for name in sorted({*before, *after}):
        if name not in after:
            lines.append(f"- {name}: gone")
        elif name not in before:
            lines.append(f"+ {name}: new")
        else:
            changes = _changes(before[name], after[name])
            lines += [f"~ {name}", *changes] if changes else []
    return lines


def describe_trees(old: Path, new: Path) -> list[str]:
    """Documents by what they say, code by file."""
    lines: list[str] = []
    before, after = files(old), files(new)
    for name in sorted({*before, *after}):
        if before.get(name) == after.get(name):
            continue
        if name not in before or name not in after:
            lines.append(f"{'+' if name in after else '-'} {name}")
        elif name.endswith(".json"):
            lines += [f"~ {name}", *(f"  {line}" for line in describe_versions(old / name, new / name))]
        else:
            lines.append(f"~ {name}")
    return lines


def _changes(before: Leaves, after: Leaves) -> list[str]:
    lines: list[str] = []
    for leaf in sorted({*before, *after}):
        if leaf not in after:
            lines.append(f"    - {leaf} ({before[leaf]})")
        elif leaf not in before:
            lines.append(f"    + {leaf} ({after[leaf]})")
        elif before[leaf] != after[leaf]:
            lines.append(f"    ~ {leaf}: {before[leaf]} -> {after[leaf]}")
    return lines


def _operations(document: Json) -> dict[str, Leaves]:
    found: dict[str, Leaves] = {}
    for path, item in document["paths"].items():
        for method, operation in operations(item).items():
            leaves: Leaves = {}
            for raw in (*item.get("parameters", []), *operation.get("parameters", [])):
                parameter = _resolve(document, raw)
                if parameter["in"] != "header":
                    where = f"{parameter['in']} {parameter['name']}"
                    _walk(document, parameter["schema"], where, bool(parameter.get("required")), leaves)
            body = operation.get("requestBody", {})
            _walk(document, _json_schema(body), "request", bool(body.get("required")), leaves)
            for code, answer in operation["responses"].items():
                leaves[f"answer {code}"] = "declared"
                if code.startswith("2"):
                    _walk(document, _json_schema(_resolve(document, answer)), "answer", True, leaves)
            found[f"{operation['operationId']} ({method.upper()} {path})"] = leaves
    return found


def _json_schema(node: Json) -> Json:
    schema: Json = node.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _resolve(document: Json, node: Json) -> Json:
    while "$ref" in node:
        target: Any = document
        for part in str(node["$ref"]).removeprefix("#/").split("/"):
            target = target[part]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def _walk(document: Json, schema: Json, at: str, required: bool, leaves: Leaves, depth: int = 0) -> None:
    schema = _resolve(document, schema)
    if not schema or depth > 12:
        return
    branches = [_resolve(document, branch) for key in ("anyOf", "oneOf") for branch in schema.get(key, [])]
    kinds = _kinds(schema, branches)
    nullable = "null" in kinds
    values = sorted({str(v) for s in (schema, *branches) for v in s.get("enum", [])})
    words = [" or ".join(sorted(kinds - {"null"})) or "any"]
    words += [schema["format"]] if "format" in schema else []
    words += [f"{len(values)} values: {', '.join(values)}"] if values else []
    words += ["required"] if required else []
    words += ["nullable"] if nullable else []
    leaves[at] = ", ".join(words)
    for part in (schema, *branches):
        needed = set(part.get("required", []))
        for name, child in part.get("properties", {}).items():
            _walk(document, child, f"{at}.{name}", name in needed, leaves, depth + 1)
        if "items" in part:
            _walk(document, part["items"], f"{at}[]", True, leaves, depth + 1)


def _kinds(schema: Json, branches: list[Json]) -> set[str]:
    found: set[str] = set()
    for part in (schema, *branches):
        kind = part.get("type", [])
        found |= set(kind) if is_list(kind) else {kind}
    return found
