"""One contract in two ways of writing is no difference; schemas that hold themselves are read to their end."""

from typing import Any

import pytest
from pinwheel_cli.changes import compare

from . import tiny
from .tiny import Json

TREE: Json = {"$ref": "#/components/schemas/Tree"}
TEXT: Json = {"type": "string"}
NULL: Json = {"type": "null"}


def parameter(**more: Any) -> Json:
    return tiny.with_operation(parameters=[{"name": "q", "in": "query", "schema": TEXT, **more}])


def number(*parts: Json) -> Json:
    return {"allOf": [{"type": "integer"}, *parts]}


ALIKE: list[tuple[str, Json, Json]] = [
    ("a fixed value, an enum of one", {"type": "string", "const": "x"}, {"type": "string", "enum": ["x"]}),
    ("anything more, not forbidden", {"type": "object", "additionalProperties": {}}, {"type": "object"}),
    ("items of any kind", {"type": "array", "items": {}}, {"type": "array"}),
    ("the tightest minimum first", number({"minimum": 5}, {"minimum": 1}), {"type": "integer", "minimum": 5}),
    ("the tightest maximum first", number({"maximum": 1}, {"maximum": 5}), {"type": "integer", "maximum": 1}),
]


@pytest.mark.parametrize("make", [tiny.request_property, tiny.response_property, tiny.parameter])
@pytest.mark.parametrize(("first", "second"), [row[1:] for row in ALIKE], ids=[row[0] for row in ALIKE])
def test_a_schema_written_in_two_ways_does_not_differ(make: Any, first: Json, second: Json) -> None:
    assert not compare(make(first), make(second)).changes
    assert not compare(make(second), make(first)).changes


def test_a_fixed_value_that_becomes_one_of_two_is_a_new_value() -> None:
    old, new = {"type": "string", "const": "x"}, {"type": "string", "enum": ["x", "y"]}
    (change,) = compare(tiny.response_property(old), tiny.response_property(new)).changes
    assert (change.rule, change.level, change.after) == ("response-property-enum-value-added", "info", "y")


@pytest.mark.parametrize("before", [{"type": "array"}, {"type": "array", "items": {}}])
def test_items_that_become_something_are_told_of_the_item(before: Json) -> None:
    after = {"type": "array", "items": {"type": "object"}}
    (change,) = compare(tiny.response_property(before), tiny.response_property(after)).changes
    assert (change.rule, change.path, change.level) == ("response-property-type-specialized", "p[]", "info")


def test_what_a_parameter_does_not_say_is_what_openapi_says() -> None:
    assert not compare(parameter(), parameter(style="form", explode=True)).changes
    (change,) = compare(parameter(), parameter(explode=False)).changes
    assert change.text == "`explode` of `q` is false, was true"


def forest(branch: Json, leaf: Json = TEXT) -> Json:
    tree = {"type": "object", "properties": {"branch": branch, "leaf": leaf}}
    return {**tiny.response_body(TREE), "components": {"schemas": {"Tree": tree}}}


WRAPPED: list[tuple[str, Json]] = [
    ("bare", TREE),
    ("with prose", {**TREE, "description": "More."}),
    ("in allOf", {"allOf": [TREE]}),
    ("or null", {"anyOf": [TREE, NULL]}),
    ("of OpenAPI 3.0", {"allOf": [TREE], "nullable": True}),
    ("in a list, or null", {"type": "array", "items": {"anyOf": [TREE, NULL]}}),
    ("in a choice", {"anyOf": [TREE, TEXT]}),
]


@pytest.mark.parametrize("branch", [row[1] for row in WRAPPED], ids=[row[0] for row in WRAPPED])
def test_a_schema_may_hold_itself(branch: Json) -> None:
    assert not compare(forest(branch), forest(branch)).changes
    (change,) = compare(forest(branch), forest(branch, {"type": "integer"})).changes
    assert (change.rule, change.path) == ("response-property-type-changed", "leaf")


@pytest.mark.parametrize("branch", [row[1] for row in WRAPPED[:3]], ids=[row[0] for row in WRAPPED[:3]])
def test_ways_to_hold_itself_do_not_differ(branch: Json) -> None:
    assert not compare(forest(TREE), forest(branch)).changes


@pytest.mark.parametrize(
    ("branch", "rule"),
    [
        ({"anyOf": [TREE, NULL]}, "response-property-became-nullable"),
        ({"type": "array", "items": TREE}, "response-property-type-changed"),
    ],
)
def test_what_holds_itself_otherwise_differs(branch: Json, rule: str) -> None:
    (change,) = compare(forest(TREE), forest(branch)).changes
    assert (change.rule, change.level, change.path) == (rule, "breaking", "branch")


def test_one_more_answer_to_an_event_that_counts_is_compatible_one_less_is_not() -> None:
    one, two = tiny.delivery(TEXT), tiny.delivery(TEXT)
    two["webhooks"]["thing.added"]["post"]["responses"]["204"] = {"description": ""}
    (change,) = compare(one, two).changes
    assert (change.rule, change.level, change.strict) == ("x-answer-taken", "info", "info")
    (change,) = compare(two, one).changes
    assert (change.rule, change.level, change.strict) == ("x-answer-refused", "breaking", "breaking")


def test_a_wider_pattern_is_told_in_words() -> None:
    narrow, wide = ({"type": "string", "pattern": text} for text in ("^[0-9]+$", "^.*$"))
    for make in (tiny.request_property, tiny.response_property):
        (change,) = compare(make(narrow), make(wide)).changes
        assert change.text == "the pattern of `p` is ^.*$, was ^[0-9]+$"
