"""Pairs of schemas that differ in one thing, and the rule for it wherever the schema is used, there and back.

`{}` stands for `body` and for `property`: the schema as a whole body, and as a property of one.
"""

from typing import Any, NamedTuple

Json = dict[str, Any]
There = tuple[str, str]


class Case(NamedTuple):
    """The rules from `old` to `new`, and from `new` to `old`."""

    name: str
    old: Json
    new: Json
    request: There | None = None
    response: There | None = None
    parameter: There | None = None
    item: There | None = None
    """In an array that is a parameter."""
    header: There | None = None


INTEGER, NUMBER, TEXT, LIST = ({"type": kind} for kind in ("integer", "number", "string", "array"))
THING: Json = {"type": "object", "properties": {"id": {"type": "string"}, "size": {"type": "integer"}}}
OTHER: Json = {"type": "object", "properties": {"code": {"type": "string"}, "note": {"type": "boolean"}}}
THIRD: Json = {"type": "array", "items": {"type": "string"}}


def limits(word: str, keyword: str, kind: Json, *, above: bool) -> list[Case]:
    """A limit that moves, and one that comes."""
    tight, loose = ("decreased", "increased") if above else ("increased", "decreased")
    small, big = {**kind, keyword: 5}, {**kind, keyword: 9}
    wide, narrow = (big, small) if above else (small, big)
    return [
        Case(
            f"{word} moves", wide, narrow,
            (f"request-{{}}-{word}-{tight}", f"request-{{}}-{word}-{loose}"),
            (f"x-response-{{}}-{word}-{tight}", f"response-{{}}-{word}-{loose}"),
            (f"request-parameter-{word}-{tight}", f"request-parameter-{word}-{loose}"),
        ),
        Case(
            f"{word} comes", kind, narrow,
            (f"request-{{}}-{word}-set", f"request-{{}}-{word}-{loose}"),
            (f"x-response-{{}}-{word}-{tight}", f"response-{{}}-{word}-{loose}"),
            (f"request-parameter-{word}-set", f"request-parameter-{word}-{loose}"),
        ),
    ]  # fmt: skip


def keyword_schema(word: str, keyword: str, value: Any, kind: Json) -> Case:
    """A demand of JSON Schema that comes and goes."""
    return Case(
        f"{word} comes", kind, {**kind, keyword: value},
        (f"request-{{}}-{word}-added", f"request-{{}}-{word}-removed"),
        (f"response-{{}}-{word}-added", f"response-{{}}-{word}-removed"),
    )  # fmt: skip


LIMITS = [
    *limits("max", "maximum", INTEGER, above=True),
    *limits("exclusive-max", "exclusiveMaximum", INTEGER, above=True),
    *limits("min", "minimum", INTEGER, above=False),
    *limits("exclusive-min", "exclusiveMinimum", INTEGER, above=False),
    *limits("max-length", "maxLength", TEXT, above=True)[:1],
    Case(
        "max-length comes", TEXT, {**TEXT, "maxLength": 9},
        ("request-{}-max-length-set", "request-{}-max-length-increased"),
        ("x-response-{}-max-length-decreased", "response-{}-max-length-unset"),
        ("request-parameter-max-length-set", "request-parameter-max-length-increased"),
    ),
    Case(
        "min-length moves", {**TEXT, "minLength": 1}, {**TEXT, "minLength": 2},
        ("request-{}-min-length-increased", "request-{}-min-length-decreased"),
        ("x-response-{}-min-length-increased", "response-{}-min-length-decreased"),
        ("request-parameter-min-length-increased", "request-parameter-min-length-decreased"),
    ),
    Case(
        "min-length comes", TEXT, {**TEXT, "minLength": 1},
        ("request-{}-min-length-increased", "request-{}-min-length-decreased"),
        ("x-response-{}-min-length-increased", "response-{}-min-length-decreased"),
        ("request-parameter-min-length-increased", "request-parameter-min-length-decreased"),
    ),
    Case(
        "min-items moves", {**LIST, "minItems": 1}, {**LIST, "minItems": 2},
        ("request-{}-min-items-increased", "x-request-{}-min-items-decreased"),
        ("x-response-{}-min-items-increased", "response-{}-min-items-decreased"),
        ("request-parameter-min-items-increased", "request-parameter-min-items-decreased"),
    ),
    Case(
        "min-items comes", LIST, {**LIST, "minItems": 1},
        ("request-{}-min-items-set", "x-request-{}-min-items-decreased"),
        ("x-response-{}-min-items-increased", "response-{}-min-items-unset"),
        ("request-parameter-min-items-set", "request-parameter-min-items-decreased"),
    ),
    Case(
        "max-items moves", {**LIST, "maxItems": 9}, {**LIST, "maxItems": 5},
        ("x-request-{}-max-items-decreased", "x-request-{}-max-items-increased"),
        ("x-response-{}-max-items-decreased", "x-response-{}-max-items-increased"),
        ("request-parameter-max-items-decreased", "request-parameter-max-items-increased"),
    ),
    Case(
        "min-contains moves", {**LIST, "minContains": 2}, {**LIST, "minContains": 3},
        ("request-{}-min-contains-increased", "request-{}-min-contains-decreased"),
        ("response-{}-min-contains-increased", "response-{}-min-contains-decreased"),
    ),
    Case(
        "max-contains moves", {**LIST, "maxContains": 3}, {**LIST, "maxContains": 2},
        ("request-{}-max-contains-decreased", "request-{}-max-contains-increased"),
        ("response-{}-max-contains-decreased", "response-{}-max-contains-increased"),
    ),
]  # fmt: skip

VALUES = [
    Case(
        "pattern comes", TEXT, {**TEXT, "pattern": "^a$"},
        ("request-property-pattern-added", "request-property-pattern-removed"),
        ("response-property-pattern-added", "response-property-pattern-removed"),
        ("request-parameter-pattern-added", "request-parameter-pattern-removed"),
    ),
    Case(
        "pattern changes", {**TEXT, "pattern": "^a$"}, {**TEXT, "pattern": "^b$"},
        ("request-property-pattern-changed", "request-property-pattern-changed"),
        ("response-property-pattern-changed", "response-property-pattern-changed"),
        ("request-parameter-pattern-changed", "request-parameter-pattern-changed"),
    ),
    Case(
        "pattern lets all through", {**TEXT, "pattern": "^a$"}, {**TEXT, "pattern": ".*"},
        ("request-property-pattern-generalized", "request-property-pattern-changed"),
        ("response-property-pattern-changed", "response-property-pattern-changed"),
        ("request-parameter-pattern-generalized", "request-parameter-pattern-changed"),
    ),
    Case(
        "enum grows", {**TEXT, "enum": ["a"]}, {**TEXT, "enum": ["a", "b"]},
        ("request-property-enum-value-added", "request-{}-enum-value-removed"),
        ("response-property-enum-value-added", ""),
        ("request-parameter-enum-value-added", "request-parameter-enum-value-removed"),
        ("request-parameter-property-enum-value-added", "request-parameter-property-enum-value-removed"),
    ),
    Case(
        "enum comes", TEXT, {**TEXT, "enum": ["a"]},
        ("request-{}-became-enum", "x-request-{}-enum-dropped"),
        ("x-response-{}-became-enum", "x-response-{}-enum-dropped"),
        ("request-parameter-became-enum", "x-request-parameter-enum-dropped"),
    ),
    Case(
        "enum opens", {**TEXT, "enum": ["a"]}, {"anyOf": [{**TEXT, "enum": ["a"]}, TEXT]},
        ("x-request-{}-enum-opened", "x-request-{}-enum-closed"),
        ("x-response-{}-enum-opened", "x-response-{}-enum-closed"),
    ),
    Case(
        "const comes", TEXT, {**TEXT, "const": "a"},
        ("request-{}-const-added", "request-{}-const-removed"),
        ("response-{}-const-added", "response-{}-const-removed"),
    ),
    Case(
        "const changes", {**TEXT, "const": "a"}, {**TEXT, "const": "b"},
        ("request-{}-const-changed", "request-{}-const-changed"),
        ("response-{}-const-changed", "response-{}-const-changed"),
    ),
    Case(
        "default comes", TEXT, {**TEXT, "default": "a"},
        ("request-{}-default-value-added", "request-{}-default-value-removed"),
        ("response-{}-default-value-added", "response-{}-default-value-removed"),
        ("request-parameter-default-value-added", "request-parameter-default-value-removed"),
    ),
    Case(
        "default changes", {**TEXT, "default": "a"}, {**TEXT, "default": "b"},
        ("request-{}-default-value-changed", "request-{}-default-value-changed"),
        ("response-{}-default-value-changed", "response-{}-default-value-changed"),
        ("request-parameter-default-value-changed", "request-parameter-default-value-changed"),
    ),
    Case(
        "media type of a text changes", {**TEXT, "contentMediaType": "a/b"}, {**TEXT, "contentMediaType": "c/d"},
        ("request-{}-content-media-type-changed", "request-{}-content-media-type-changed"),
        ("response-{}-content-media-type-changed", "response-{}-content-media-type-changed"),
    ),
    Case(
        "encoding of a text changes", TEXT, {**TEXT, "contentEncoding": "base64"},
        ("request-{}-content-encoding-changed", "request-{}-content-encoding-changed"),
        ("response-{}-content-encoding-changed", "response-{}-content-encoding-changed"),
    ),
]  # fmt: skip

TYPES = [
    Case(
        "type changes", INTEGER, {"type": "boolean"},
        ("request-{}-type-changed", "request-{}-type-changed"),
        ("response-{}-type-changed", "response-{}-type-changed"),
        ("request-parameter-type-changed", "request-parameter-type-changed"),
        ("request-parameter-property-type-changed", "request-parameter-property-type-changed"),
        ("response-header-type-changed", "response-header-type-changed"),
    ),
    Case(
        "type widens", INTEGER, NUMBER,
        ("request-{}-type-generalized", "request-{}-type-changed"),
        ("response-{}-type-generalized", "response-{}-type-specialized"),
        ("request-parameter-type-generalized", "request-parameter-type-changed"),
        ("request-parameter-property-type-generalized", "request-parameter-property-type-specialized"),
        ("response-header-type-generalized", "response-header-type-specialized"),
    ),
    Case(
        "a number in a URL becomes text", INTEGER, TEXT,
        parameter=("request-parameter-type-generalized", "request-parameter-type-changed"),
    ),
    Case(
        "format comes", TEXT, {**TEXT, "format": "date"},
        ("request-{}-type-changed", "request-{}-type-generalized"),
        ("response-{}-type-specialized", "response-{}-type-generalized"),
    ),
    Case(
        "format widens", {**INTEGER, "format": "int32"}, {**INTEGER, "format": "int64"},
        ("request-{}-type-generalized", "request-{}-type-changed"),
        ("response-{}-type-generalized", "response-{}-type-specialized"),
    ),
    Case(
        "another type joins", TEXT, {"type": ["string", "number"]},
        ("request-{}-list-of-types-widened", "request-{}-list-of-types-narrowed"),
        ("response-{}-list-of-types-widened", "response-{}-list-of-types-narrowed"),
        ("request-parameter-list-of-types-widened", "request-parameter-list-of-types-narrowed"),
        ("request-parameter-property-list-of-types-widened", "request-parameter-property-list-of-types-narrowed"),
    ),
    Case(
        "null joins", TEXT, {"type": ["string", "null"]},
        ("request-{}-became-nullable", "request-{}-became-not-nullable"),
        ("response-{}-became-nullable", "response-{}-became-not-nullable"),
        ("request-parameter-became-nullable", "request-parameter-became-not-nullable"),
        ("request-parameter-property-became-nullable", "request-parameter-property-became-not-nullable"),
        ("response-header-became-nullable", "response-header-became-not-nullable"),
    ),
    Case(
        "items change", {"type": "array", "items": INTEGER}, {"type": "array", "items": {"type": "boolean"}},
        ("request-property-type-changed", "request-property-type-changed"),
        ("response-property-type-changed", "response-property-type-changed"),
        ("request-parameter-property-type-changed", "request-parameter-property-type-changed"),
    ),
]  # fmt: skip

CHOICES = [
    Case(
        "any-of grows", {"anyOf": [THING, OTHER]}, {"anyOf": [OTHER, THIRD, THING]},
        ("request-{}-any-of-added", "request-{}-any-of-removed"),
        ("response-{}-any-of-added", "response-{}-any-of-removed"),
    ),
    Case(
        "one-of grows", {"oneOf": [THING, OTHER]}, {"oneOf": [THIRD, THING, OTHER]},
        ("request-{}-one-of-added", "request-{}-one-of-removed"),
        ("response-{}-one-of-added", "response-{}-one-of-removed"),
    ),
    Case(
        "one or more become one", {"anyOf": [THING, OTHER]}, {"oneOf": [OTHER, THING]},
        ("x-request-{}-choice-tightened", "x-request-{}-choice-loosened"),
        ("x-response-{}-choice-tightened", "x-response-{}-choice-loosened"),
    ),
    Case(
        "a tag comes", {"oneOf": [THING, OTHER]}, {"oneOf": [THING, OTHER], "discriminator": {"propertyName": "id"}},
        ("request-{}-discriminator-added", "request-{}-discriminator-removed"),
        ("response-{}-discriminator-added", "response-{}-discriminator-removed"),
    ),
    Case(
        "a tag changes",
        {"oneOf": [THING, OTHER], "discriminator": {"propertyName": "id"}},
        {"oneOf": [THING, OTHER], "discriminator": {"propertyName": "code"}},
        ("request-{}-discriminator-property-name-changed",) * 2,
        ("response-{}-discriminator-property-name-changed",) * 2,
    ),
    Case(
        "a variant comes",
        {"discriminator": {"propertyName": "id", "mapping": {"a": "A"}}},
        {"discriminator": {"propertyName": "id", "mapping": {"a": "A", "b": "B"}}},
        ("request-{}-discriminator-mapping-added", "request-{}-discriminator-mapping-deleted"),
        ("response-{}-discriminator-mapping-added", "response-{}-discriminator-mapping-deleted"),
    ),
    Case(
        "a demand of one or the other comes", THING,
        {**THING, "anyOf": [{"required": ["id"]}, {"required": ["size"]}]},
        ("request-{}-all-of-added", "request-{}-all-of-removed"),
        ("response-{}-all-of-added", "response-{}-all-of-removed"),
    ),
    Case(
        "a choice around it", THING, {"anyOf": [THIRD, THING]},
        ("request-{}-any-of-added", "request-{}-any-of-removed"),
        ("response-{}-any-of-added", "response-{}-any-of-removed"),
    ),
]  # fmt: skip

KEYWORDS = [
    keyword_schema("if", "if", {"required": ["id"]}, THING),
    keyword_schema("then", "then", {"required": ["id"]}, THING),
    keyword_schema("else", "else", {"required": ["id"]}, THING),
    keyword_schema("contains", "contains", TEXT, LIST),
    keyword_schema("property-names", "propertyNames", {"maxLength": 3}, THING),
    keyword_schema("unevaluated-items", "unevaluatedItems", TEXT, LIST),
    keyword_schema("unevaluated-properties", "unevaluatedProperties", TEXT, THING),
    keyword_schema("content-schema", "contentSchema", THING, TEXT),
    keyword_schema("pattern-property", "patternProperties", {"^x-": TEXT}, THING),
    keyword_schema("prefix-items", "prefixItems", [TEXT], LIST),
    keyword_schema("dependent-required", "dependentRequired", {"id": ["size"]}, THING),
    keyword_schema("dependent-schema", "dependentSchemas", {"id": {"required": ["size"]}}, THING),
    Case(
        "dependent-required changes",
        {**THING, "dependentRequired": {"id": ["size"]}},
        {**THING, "dependentRequired": {"id": ["other", "size"]}},
        ("request-{}-dependent-required-changed",) * 2,
        ("response-{}-dependent-required-changed",) * 2,
    ),
    Case(
        "if changes", {**THING, "if": {"required": ["id"]}}, {**THING, "if": {"required": ["size"]}},
        ("x-request-{}-if-changed",) * 2,
        ("x-response-{}-if-changed",) * 2,
    ),
    Case(
        "a keyword that no rule is about", LIST, {**LIST, "uniqueItems": True},
        ("x-request-{}-keyword-changed",) * 2,
        ("x-response-{}-keyword-changed",) * 2,
    ),
    Case(
        "other properties are shut out", THING, {**THING, "additionalProperties": False},
        ("x-request-{}-additional-properties-closed", "x-request-{}-additional-properties-opened"),
        ("x-response-{}-additional-properties-closed", "x-response-{}-additional-properties-opened"),
    ),
    Case(
        "the unit of an amount changes", {**INTEGER, "x-unit": "minor"}, {**INTEGER, "x-unit": "major"},
        ("x-request-{}-unit-changed",) * 2,
        ("x-response-{}-unit-changed",) * 2,
    ),
]  # fmt: skip

CASES = [*LIMITS, *VALUES, *TYPES, *CHOICES, *KEYWORDS]
