"""What a schema demands, in one form for all the ways to write it.

Null beside a type, in `anyOf` or as OpenAPI 3.0's `nullable`; a reference or the object itself; one `allOf` or none: a
`View` is the same. Its `key` is equal for equal contracts, whatever the order, the prose and the names of components.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .flatten import PROSE, Flattener
from .model import Document, Json
from .shapes import BOUNDS, FLAGS, IMPLIED, MARKS, SINGLE_SCHEMAS, UNDERSTOOD, inlined, union_of
from .tree import digest, is_list, is_mapping, is_set, is_tuple, items, mapping

_NOWHERE: int = 1_000_000
_NESTED = {
    "$ref", "additionalProperties", "allOf", "anyOf", "dependentSchemas", "items", "oneOf", "patternProperties",
    "prefixItems", "properties", *SINGLE_SCHEMAS,
}  # fmt: skip

_SIMPLE = {"type", "format", "enum", "properties", "required", "items", "additionalProperties", *BOUNDS, *FLAGS, *MARKS}


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A schema as its reader sees it."""

    key: str
    name: str = ""
    """The component it was, for people."""
    types: frozenset[str] = frozenset()
    """Without null; empty means anything."""
    nullable: bool = False
    format: str = ""
    values: frozenset[str] | None = None
    """Those of an enum."""
    open: bool = False
    """Whether other values than those may come."""
    bounds: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Scalars: minimum, maxLength, pattern, default, const, ..."""
    properties: Mapping[str, "View"] = field(default_factory=dict[str, "View"])
    required: frozenset[str] = frozenset()
    item: "View | None" = None
    rest: "View | None" = None
    """`additionalProperties`, where it is a schema."""
    closed: bool = False
    """No other properties than those named."""
    union: str = ""
    branches: tuple["View", ...] = ()
    tag: str = ""
    """The property that says which of the variants it is."""
    variants: Mapping[str, "View"] = field(default_factory=dict[str, "View"])
    needs: frozenset[tuple[tuple[str, ...], ...]] = frozenset()
    """Of each group, at least one set of properties has to be there."""
    schemas: Mapping[str, "View"] = field(default_factory=dict[str, "View"])
    """`if`, `contains`, ...; and `patternProperties/x`, `prefixItems/0`, ..."""
    demands: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """`dependentRequired`."""
    flags: frozenset[str] = frozenset()
    sunset: str | None = None
    marks: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What the specs of this project add: unit, currency, ..."""
    others: Mapping[str, str] = field(default_factory=dict[str, str])
    """Keywords that no rule is about, by what they say."""


ANYTHING = View(key=digest({}))
"""What a schema that says nothing demands."""


class Views:
    """Reads each schema of a document once."""

    def __init__(self, document: Document) -> None:
        self.flattener = Flattener(document)
        self._document = document
        self._known: dict[str, View] = {}
        self._leaves: dict[object, View] = {}
        self._highest: int = _NOWHERE  # how far up the stack a stub led, below the reference that is being read

    def view(self, schema: object, stack: tuple[str, ...] = ()) -> View:
        """The view of a schema; a reference back to one that is being read is a stub that says how far up it leads."""
        ref = schema.get("$ref") if is_mapping(schema) and len(schema) == 1 else None
        if not isinstance(ref, str):
            return self._leaf(schema, stack)
        if ref in self._known and ref not in stack:
            return self._known[ref]
        outer, self._highest = self._highest, _NOWHERE
        view = self._read(schema, stack)
        if self._highest >= len(stack):  # it says the same wherever it stands
            self._known[ref] = view
            self._highest = outer
        self._highest = min(outer, self._highest)
        return view

    def _leaf(self, schema: object, stack: tuple[str, ...]) -> View:
        """Most schemas are one of few small ones, such as a nullable string: those are read once."""
        if not is_mapping(schema) or not schema.keys().isdisjoint(_NESTED):
            return self._read(schema, stack)
        signature = _signature(schema)
        if signature not in self._leaves:
            self._leaves[signature] = self._read(schema, stack)
        return self._leaves[signature]

    def _read(self, schema: object, stack: tuple[str, ...]) -> View:
        entered = inlined(schema, self.flattener)
        again = next((ref for ref in entered if ref in stack), None)
        if again is not None:
            return self._stub(schema, stack, stack.index(again))
        stack = (*stack, *entered)
        flat, name = self.flattener.flat(schema)
        if "$ref" in flat:  # an alias that leads to itself
            return View(key=f"loop {flat['$ref']}", name=name)
        found = union_of(flat, self.flattener)
        flat, name = found.flat, name or found.name
        parts: dict[str, Any] = {
            "types": found.types,
            "nullable": found.nullable,
            "format": str(flat.get("format", "")),
            "values": found.values,
            "open": found.open,
            "bounds": {key: flat[key] for key in flat.keys() & BOUNDS if not _is_implied(key, flat[key])},
            "marks": {key: flat[key] for key in flat.keys() & MARKS},
            "flags": frozenset(flag for flag in flat.keys() & FLAGS if flat[flag] is True),
            **self._members(flat, stack),
        }
        if not flat.keys() <= _SIMPLE:
            parts |= self._rare(flat, stack)
        if "const" in flat:  # an enum beside it says no more
            parts |= {"values": None, "open": False}
        return View(key=digest(_told(parts)), name=name, **parts)

    def _stub(self, schema: object, stack: tuple[str, ...], at: int) -> View:
        self._highest = min(self._highest, at)
        flat, name = self.flattener.flat(schema)
        found = union_of(flat, self.flattener)
        key = f"^{len(stack) - at}{' or null' if found.nullable else ''}"
        return View(key=key, name=name or found.name, types=found.types, nullable=found.nullable)

    def _members(self, flat: Json, stack: tuple[str, ...]) -> dict[str, Any]:
        """What is in an object or a list."""
        found: dict[str, Any] = {}
        if "properties" in flat:
            named = mapping(flat, "properties")
            found["properties"] = {key: self.view(named[key], stack) for key in sorted(named)}
        if "required" in flat:
            found["required"] = frozenset(map(str, items(flat, "required")))
        if is_mapping(flat.get("items")):
            found["item"] = self._unless_anything(flat["items"], stack)
        if "additionalProperties" in flat:
            rest = flat["additionalProperties"]
            found["closed"] = rest is False
            found["rest"] = self._unless_anything(rest, stack) if is_mapping(rest) else None
        return found

    def _unless_anything(self, schema: Json, stack: tuple[str, ...]) -> View | None:
        """None for a schema that limits nothing, which is as good as no schema."""
        view = self.view(schema, stack)
        return None if view.key == ANYTHING.key else view

    def _rare(self, flat: Json, stack: tuple[str, ...]) -> dict[str, Any]:
        """What few schemas have."""
        more = [self.flattener.flat(part)[0] for part in items(flat, "allOf")]
        needs = {group for part in (flat, *more) if (group := _needs(part))}
        return {
            "needs": frozenset(needs),
            "schemas": self._schemas(flat, more, stack),
            "demands": {
                key: tuple(sorted(map(str, value)))
                for key, value in sorted(mapping(flat, "dependentRequired").items())
                if is_list(value)
            },
            "sunset": str(flat["x-sunset"]) if "x-sunset" in flat else None,
            "others": {key: digest(value) for key, value in sorted(flat.items()) if _is_other(key)},
            **self._union(flat, needs, stack),
        }

    def _union(self, flat: Json, needs: set[tuple[tuple[str, ...], ...]], stack: tuple[str, ...]) -> dict[str, Any]:
        tag, targets = self._variants(flat)
        if targets:
            variants = {key: self.view(value, stack) for key, value in sorted(targets.items())}
            return {"tag": tag, "variants": variants}
        for union in ("anyOf", "oneOf"):
            if union in flat and not (needs and _needs(flat)):
                branches = {view.key: view for view in (self.view(branch, stack) for branch in items(flat, union))}
                return {"union": union, "branches": tuple(branches[key] for key in sorted(branches)), "tag": tag}
        return {}

    def _variants(self, flat: Json) -> tuple[str, dict[str, Json]]:
        """Tag and variants, as OpenAPI says it and as the specs of this project do."""
        named = mapping(flat, "x-variants")
        if "x-tagged-by" in flat and named:
            return str(flat["x-tagged-by"]), {
                key: {"$ref": f"#/components/schemas/{value}"} for key, value in named.items()
            }
        discriminator = mapping(flat, "discriminator")
        targets = {
            key: {"$ref": value if value.startswith("#") else f"#/components/schemas/{value}"}
            for key, value in mapping(discriminator, "mapping").items()
            if isinstance(value, str)
        }
        return str(discriminator.get("propertyName", "")), targets

    def _schemas(self, flat: Json, more: list[Json], stack: tuple[str, ...]) -> dict[str, View]:
        found: dict[str, Any] = {key: flat[key] for key in SINGLE_SCHEMAS if key in flat}
        for group in ("patternProperties", "dependentSchemas"):
            found |= {f"{group}/{key}": value for key, value in mapping(flat, group).items()}
        found |= {f"prefixItems/{index}": value for index, value in enumerate(items(flat, "prefixItems"))}
        views = {key: self.view(value, stack) for key, value in sorted(found.items())}
        for part in more:
            if not _needs(part):
                view = self.view(part, stack)
                views[f"allOf/{view.key}"] = view
        return views


def _needs(schema: Json) -> tuple[tuple[str, ...], ...]:
    """The group that `anyOf: [{required: [a]}, {required: [b]}]` spells out."""
    branches = items(schema, "anyOf")
    if branches and all(is_mapping(branch) and set(branch) == {"required"} for branch in branches):
        return tuple(sorted(tuple(sorted(map(str, branch["required"]))) for branch in branches))
    return ()


def _is_implied(key: str, value: object) -> bool:
    return key in IMPLIED and value == IMPLIED[key]


def _is_other(key: str) -> bool:
    return key not in UNDERSTOOD and not key.startswith("x-")


def _told(parts: dict[str, Any]) -> Json:
    """What makes a contract equal to another: a fixed text is an enum of one."""
    told, bounds = parts, parts["bounds"]
    if isinstance(bounds.get("const"), str):
        rest = {key: value for key, value in bounds.items() if key != "const"}
        told = {**parts, "bounds": rest, "values": frozenset({bounds["const"]})}
    return {key: _plain(value) for key, value in told.items() if value}


def _plain(value: object) -> Any:
    """A part of a view with the views below it replaced by their keys."""
    if isinstance(value, View):
        return value.key
    if is_mapping(value):
        return {key: _plain(inner) for key, inner in value.items()}
    if is_tuple(value):
        return [_plain(inner) for inner in value]
    if is_set(value):
        return sorted(map(str, value))
    return value


def _signature(schema: Json) -> object:
    return tuple(
        (key, tuple(map(repr, value)) if is_list(value) else repr(value))
        for key, value in schema.items()
        if key not in PROSE
    )
