"""Walking JSON trees: the shapes a node can have, and what is reached through references."""

from __future__ import annotations

from typing import Any, TypeGuard

Json = dict[str, Any]


def is_mapping(node: object) -> TypeGuard[Json]:
    return isinstance(node, dict)


def is_list(node: object) -> TypeGuard[list[Any]]:
    return isinstance(node, list)


def is_enum(schema: Json) -> bool:
    return "enum" in schema and schema.get("type") == "string"


def component(document: Json, ref: str) -> Json:
    """What `#/components/<kind>/<name>` names."""
    _, _, kind, name = ref.split("/")
    found: Json = document["components"][kind][name]
    return found


def operations(item: Json) -> dict[str, Json]:
    """The operations of a path item, by method."""
    return {method: item[method] for method in ("get", "post", "put", "patch", "delete") if method in item}


def schemas_below(document: Json, start: object) -> set[str]:
    """Names of the schemas that `start` refers to, directly or through others."""
    found: set[str] = set()
    seen: set[str] = set()

    def visit(node: object) -> None:
        if is_list(node):
            for item in node:
                visit(item)
        elif is_mapping(node):
            ref = node.get("$ref")
            if isinstance(ref, str) and ref.startswith("#/components/") and ref not in seen:
                seen.add(ref)
                if ref.startswith("#/components/schemas/"):
                    found.add(ref.rpartition("/")[2])
                visit(component(document, ref))
            for value in node.values():
                visit(value)

    visit(start)
    return found
