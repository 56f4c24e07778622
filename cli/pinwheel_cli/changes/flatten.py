"""References followed and `allOf` merged, so that how a schema is cut into parts makes no difference."""

from typing import Any, TypeGuard

from .model import Document, Json
from .tree import is_list, is_mapping, items

PROSE = frozenset({
    "$comment", "description", "example", "examples", "externalDocs", "summary", "title", "x-generated", "x-provenance",
    "x-source",
})  # fmt: skip
_LIMITS = ("max", "min", "exclusiveMax", "exclusiveMin")


class Flattener:
    """Reads the schemas of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._targets: dict[str, Json] = {}

    def target(self, ref: str) -> Json:
        """What `#/components/schemas/Name` names; empty where it leads nowhere."""
        if ref not in self._targets:
            self._targets[ref] = self._find(ref)
        return self._targets[ref]

    def _find(self, ref: str) -> Json:
        node: Any = self._document
        for part in ref.removeprefix("#/").split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            node = node.get(key) if is_mapping(node) else None
        return node if is_mapping(node) else {}

    def resolve(self, node: Json) -> Json:
        """Follow the references of anything but schemas, where what stands beside `$ref` is prose."""
        for _ in range(20):
            ref = node.get("$ref")
            if not isinstance(ref, str):
                return node
            node = self.target(ref)
        return {}

    def flat(self, schema: object, seen: tuple[str, ...] = ()) -> tuple[Json, str]:
        """The schema as one mapping, and the name of the component it comes from.

        A reference that leads back to itself is left standing for the caller to notice.
        """
        if schema is False:
            return {"not": {}}, ""
        if not is_mapping(schema):
            return {}, ""
        name = ""
        flat: Json = {key: value for key, value in schema.items() if key not in PROSE and key not in {"$ref", "allOf"}}
        ref = schema.get("$ref")
        if isinstance(ref, str):
            name = ref.rpartition("/")[2]
            if ref in seen:
                return {"$ref": ref}, name
            base, inner = self.flat(self.target(ref), (*seen, ref))
            flat, name = _merge(base, flat), inner or name
        rest: list[Any] = []
        for part in items(schema, "allOf"):
            member, inner = self.flat(part, seen)
            name = name or inner
            rest += items(member, "allOf")
            flat = _merge(flat, {key: value for key, value in member.items() if key != "allOf"})
        return ({**flat, "allOf": [*items(flat, "allOf"), *rest]} if rest else flat), name


def _merge(first: Json, second: Json) -> Json:
    """Both hold at once. What cannot be said in one mapping stays in `allOf`."""
    merged, rest = dict(first), list[Any]()
    for key, value in second.items():
        have = merged.get(key)
        if key not in merged or have == value:
            merged[key] = value
        elif key == "required" and is_list(have) and is_list(value):
            merged[key] = sorted({*map(str, have), *map(str, value)})
        elif key == "properties" and is_mapping(have) and is_mapping(value):
            both = {name: {"allOf": [have[name], value[name]]} for name in have.keys() & value.keys()}
            merged[key] = {**have, **value, **both}
        elif key in {"type", "enum"}:
            merged[key] = _common(have, value)
        elif key.startswith(_LIMITS) and _is_number(have) and _is_number(value):
            merged[key] = (min if "max" in key.lower() else max)(have, value)
        elif key in {"anyOf", "oneOf", "not", "if", "then", "else"}:
            rest.append({key: value})
        else:
            merged[key] = value
    return {**merged, "allOf": [*items(merged, "allOf"), *rest]} if rest else merged


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _common(first: object, second: object) -> list[Any]:
    ours, theirs = (value if is_list(value) else [value] for value in (first, second))
    return [value for value in ours if value in theirs or (value == "integer" and "number" in theirs)]
