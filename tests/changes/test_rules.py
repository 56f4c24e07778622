"""Each rule once: one difference, found under its name and level, and nothing else reported. There and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pinwheel_cli.changes import RULES, Change, compare

from . import tiny
from .call_cases import CALLS, SECURITY
from .pairs import Pair
from .part_cases import BODIES, PARAMETERS, PROPERTIES
from .schema_cases import CASES, Case
from .tiny import Json

# Where the rules of a case apply: a column of it, what `{}` stands for, and the document around the schema.
PLACES = (
    ("request", "body", tiny.request_body),
    ("request", "property", tiny.request_property),
    ("response", "body", tiny.response_body),
    ("response", "property", tiny.response_property),
    ("parameter", "", tiny.parameter),
    ("item", "", tiny.parameter_item),
    ("header", "", tiny.header),
)
PAIRS = [*CALLS, *SECURITY, *PARAMETERS, *BODIES, *PROPERTIES]


def directions() -> Iterator[tuple[str, Json, Json, str]]:
    """Every document pair with the one rule it must show: (name, old, new, rule)."""
    for case in CASES:
        yield from _of_case(case)
    for pair in PAIRS:
        yield from _of_pair(pair)


def _of_case(case: Case) -> Iterator[tuple[str, Json, Json, str]]:
    for column, word, make in PLACES:
        rules: tuple[str, str] | None = getattr(case, column)
        if rules is None:
            continue
        old, new = make(case.old), make(case.new)
        there, back = (rule.format(word) for rule in rules)
        name = f"{case.name}, {column} {word}".strip()
        yield name, old, new, there
        if back:
            yield f"{name}, back", new, old, back


def _of_pair(pair: Pair) -> Iterator[tuple[str, Json, Json, str]]:
    yield pair.name, pair.old, pair.new, pair.there
    if pair.back:
        yield f"{pair.name}, back", pair.new, pair.old, pair.back


DIRECTIONS = list(directions())


def only(old: Json, new: Json) -> Change:
    (change,) = compare(old, new).changes
    return change


@pytest.mark.parametrize(("old", "new", "rule"), [row[1:] for row in DIRECTIONS], ids=[row[0] for row in DIRECTIONS])
def test_one_difference_is_one_change_with_its_rule_and_level(old: Json, new: Json, rule: str) -> None:
    change = only(old, new)
    assert change.rule == rule
    assert change.strict == (RULES[rule].level if rule in RULES else change.strict)
    assert (rule in RULES) != rule.startswith("x-")
    assert change.text
    assert change.reason
    assert "{" not in change.text.replace(change.path, "")


def test_every_rule_is_exercised_and_there_are_enough_of_them() -> None:
    exercised = {rule for _, _, _, rule in DIRECTIONS if not rule.startswith("x-")}
    assert len(exercised) >= 120
    assert not set(RULES) - exercised


@pytest.mark.parametrize(("old", "new"), [row[1:3] for row in DIRECTIONS], ids=[row[0] for row in DIRECTIONS])
def test_a_document_does_not_differ_from_itself(old: Json, new: Json) -> None:
    assert not compare(old, old).changes
    assert not compare(new, new).changes


def test_the_page_names_the_number_of_rules() -> None:
    page = (Path(__file__).parents[2] / "docs" / "upgrading.md").read_text(encoding="utf-8")
    assert f"{len(RULES)} of its rules" in page
