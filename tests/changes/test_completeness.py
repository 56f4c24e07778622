"""No difference is lost: schemas that say other things are never reported as equal, whatever the difference is."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pinwheel_cli.changes import Api, compare

from .tiny import Json, request_property, response_property

WORDS = st.sampled_from(["a", "b", "c", "d"])
SMALL = st.integers(0, 3)


def maybe(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({}, optional=parts)


TEXTS = maybe(
    minLength=SMALL,
    maxLength=SMALL,
    pattern=st.sampled_from(["^a", "^b", ".*"]),
    format=st.sampled_from(["date", "date-time", "uuid"]),
    default=WORDS,
    enum=st.lists(WORDS, min_size=1, unique=True),
    const=WORDS,
).map(lambda more: {"type": "string", **more})
NUMBERS = st.tuples(
    st.sampled_from(["integer", "number", ["integer", "null"], ["string", "number"]]),
    maybe(minimum=SMALL, maximum=SMALL, exclusiveMinimum=SMALL, multipleOf=st.integers(1, 3)),
    maybe(**{"x-unit": st.sampled_from(["minor", "major"])}),
).map(lambda parts: {"type": parts[0], **parts[1], **parts[2]})


def grown(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Lists, objects and choices of what there is."""
    lists = st.tuples(inner, maybe(minItems=SMALL, maxItems=SMALL, uniqueItems=st.booleans())).map(
        lambda parts: {"type": "array", "items": parts[0], **parts[1]}
    )
    objects = st.tuples(
        st.dictionaries(WORDS, inner, max_size=3),
        maybe(
            required=st.lists(WORDS, max_size=2, unique=True),
            additionalProperties=st.one_of(st.booleans(), inner),
            patternProperties=st.dictionaries(st.sampled_from(["^x-"]), inner, max_size=1),
            dependentRequired=st.dictionaries(WORDS, st.lists(WORDS, max_size=1), max_size=1),
            propertyNames=inner,
        ),
    ).map(lambda parts: {"type": "object", "properties": parts[0], **parts[1]})
    choices = st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda branches: st.sampled_from(
            [{"anyOf": branches}, {"oneOf": branches}, {"anyOf": [*branches, {"type": "null"}]}]
        )
    )
    return st.one_of(lists, objects, choices)


SCHEMAS = st.recursive(st.one_of(TEXTS, NUMBERS), grown, max_leaves=5)


@settings(max_examples=400, deadline=None)
@given(SCHEMAS, SCHEMAS)
def test_what_differs_is_reported(first: Json, second: Json) -> None:
    views = [Api(response_property(schema)).views.view(schema) for schema in (first, second)]
    for make in (request_property, response_property):
        there = compare(make(first), make(second)).changes
        back = compare(make(second), make(first)).changes
        assert bool(there) == bool(back) == (views[0].key != views[1].key)
        for change in (*there, *back):
            assert change.text
            assert "{" not in change.text.replace(change.path, "")


@settings(max_examples=200, deadline=None)
@given(SCHEMAS)
def test_what_is_equal_is_not(schema: Json) -> None:
    assert not compare(response_property(schema), response_property(schema)).changes
    wrapped = {"allOf": [{"anyOf": [schema]}], "description": "In other words."}
    assert not compare(response_property(schema), response_property(wrapped)).changes
