"""Which keywords mean what, and the many ways to write a choice of types."""

from typing import Any, NamedTuple

from .flatten import Flattener
from .model import Json
from .tree import is_list, is_mapping, items

# Keyword -> the word that rules have for it, and how it limits: from above, from below, or as a whole.
LIMITS = {
    "maximum": ("max", "above"),
    "exclusiveMaximum": ("exclusive-max", "above"),
    "maxLength": ("max-length", "above"),
    "maxItems": ("max-items", "above"),
    "maxContains": ("max-contains", "above"),
    "maxProperties": ("max-properties", "above"),
    "minimum": ("min", "below"),
    "exclusiveMinimum": ("exclusive-min", "below"),
    "minLength": ("min-length", "below"),
    "minItems": ("min-items", "below"),
    "minContains": ("min-contains", "below"),
    "minProperties": ("min-properties", "below"),
}
# Not there means this, so that it is never set or unset, only raised and lowered.
IMPLIED = {"minLength": 0, "minContains": 1, "minProperties": 0}
BOUNDS = {*LIMITS, "pattern", "default", "const", "contentMediaType", "contentEncoding"}
FLAGS = {"readOnly", "writeOnly", "deprecated"}
MARKS = {"x-unit", "x-currency", "x-pii", "x-trim", "x-plain"}
SINGLE_SCHEMAS = {
    "if": "if",
    "then": "then",
    "else": "else",
    "contains": "contains",
    "propertyNames": "property-names",
    "unevaluatedItems": "unevaluated-items",
    "unevaluatedProperties": "unevaluated-properties",
    "contentSchema": "content-schema",
    "not": "not",
}
_WRAPPERS = {"$ref", "allOf", "anyOf", "oneOf"}
_LIMITS_OF_NUMBERS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
UNDERSTOOD = {
    *BOUNDS, *FLAGS, *SINGLE_SCHEMAS, "$ref", "additionalProperties", "allOf", "anyOf", "dependentRequired",
    "dependentSchemas", "discriminator", "enum", "format", "items", "nullable", "oneOf", "patternProperties",
    "prefixItems", "properties", "required", "type", "xml",
}  # fmt: skip


class Union(NamedTuple):
    """A schema without the choices that are only types, null or an open enum."""

    flat: Json
    name: str
    types: frozenset[str]
    nullable: bool
    values: frozenset[str] | None
    open: bool


def union_of(schema: Json, flattener: Flattener) -> Union:
    """Take null, plain types and enums out of `anyOf` and `oneOf`."""
    flat, name, nullable, is_open = dict(schema), "", schema.get("nullable") is True, False
    kinds, values = _kinds(flat.get("type")), _values(flat)
    for union in ("anyOf", "oneOf"):
        if union not in flat:
            continue
        branches = [flattener.flat(branch) for branch in items(flat, union)]
        kept = [(branch, inner) for branch, inner in branches if not _is_null(branch)]
        nullable = nullable or len(kept) < len(branches)
        rest = {key: value for key, value in flat.items() if key != union}
        if len(kept) == 1:
            inner_union = union_of({**kept[0][0], **rest}, flattener)
            return inner_union._replace(name=kept[0][1] or inner_union.name, nullable=nullable or inner_union.nullable)
        if kept and all(set(branch) == {"type"} for branch, _ in kept):
            flat, kinds = rest, kinds | {kind for branch, _ in kept for kind in _kinds(branch["type"])}
        elif kept and all(_is_text(branch) for branch, _ in kept):
            known = [_values(branch) for branch, _ in kept]
            is_open = None in known
            values = frozenset({value for some in known for value in some or ()})
            flat, kinds = rest, kinds | {"string"}
            name = next((inner for _, inner in kept if inner), "")
        else:
            flat = {**rest, union: [branch for branch in items(flat, union) if not _is_null(branch)]}
    nullable = nullable or "null" in kinds or None in items(flat, "enum")
    return Union(_without_boolean_limits(flat), name, _types(flat, kinds), nullable, values, is_open)


def inlined(schema: object, flattener: Flattener, seen: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The references whose target becomes part of the schema itself, however they are wrapped."""
    if not is_mapping(schema) or schema.keys().isdisjoint(_WRAPPERS):
        return ()
    found: list[str] = []
    ref = schema.get("$ref")
    if isinstance(ref, str):
        if ref in seen:
            return ()
        found += (ref, *inlined(flattener.target(ref), flattener, (*seen, ref)))
    parts = items(schema, "allOf")
    for union in ("anyOf", "oneOf"):
        kept = [branch for branch in items(schema, union) if not _is_null(branch)]
        parts = [*parts, *kept] if len(kept) == 1 else parts
    for part in parts:
        found += inlined(part, flattener, seen)
    return tuple(dict.fromkeys(found))


def _types(flat: Json, kinds: set[str]) -> frozenset[str]:
    kinds = kinds - {"null"}
    if not kinds and ("properties" in flat or "required" in flat):
        return frozenset({"object"})
    if not kinds and "items" in flat:
        return frozenset({"array"})
    return frozenset(kinds - {"integer"} if "number" in kinds else kinds)


def _kinds(kind: object) -> set[str]:
    if is_list(kind):
        return set(map(str, kind))
    return {kind} if isinstance(kind, str) else set()


def _values(schema: Json) -> frozenset[str] | None:
    if "enum" not in schema:
        return None
    return frozenset(
        value if isinstance(value, str) else repr(value) for value in items(schema, "enum") if value is not None
    )


def _is_null(branch: object) -> bool:
    if not is_mapping(branch):
        return False
    return _kinds(branch.get("type")) == {"null"} or branch.get("enum") == [None] or branch.get("const", 0) is None


def _is_text(branch: Json) -> bool:
    """A string, or the enum of some."""
    return branch.get("type") == "string" and set(branch) <= {"type", "enum"}


def _without_boolean_limits(flat: Json) -> Json:
    """OpenAPI 3.0 writes `minimum: 0, exclusiveMinimum: true`; what is no number limits nothing."""
    if flat.keys().isdisjoint(_LIMITS_OF_NUMBERS):
        return flat
    found: dict[str, Any] = dict(flat)
    for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if found.get(exclusive) is True and _is_number(found.get(limit)):
            found[exclusive] = found.pop(limit)
        for key in (limit, exclusive):
            if key in found and not _is_number(found[key]):
                del found[key]
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
