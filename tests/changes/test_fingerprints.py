"""A fingerprint names a difference, whatever the documents look like."""

from itertools import pairwise

import pytest
from pinwheel_cli.changes import Api, compare

from .conftest import VERSIONS
from .disguise import disguise
from .tiny import Json, around, document, operation, request_body, response_property, with_operation

TEXT = {"type": "string"}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_document_written_otherwise_is_the_same(documents: dict[str, Json], version: str) -> None:
    assert not compare(documents[version], disguise(documents[version], seed=1)).changes
    assert not compare(disguise(documents[version], seed=2), documents[version]).changes


@pytest.mark.parametrize(("old", "new"), list(pairwise(VERSIONS)))
def test_fingerprints_do_not_depend_on_how_documents_are_written(
    documents: dict[str, Json], old: str, new: str
) -> None:
    plain = compare(documents[old], documents[new]).changes
    other = compare(disguise(documents[old], seed=3), disguise(documents[new], seed=4)).changes
    assert [change.fingerprint for change in plain] == [change.fingerprint for change in other]
    assert [(change.rule, change.level, change.strict) for change in plain] == [
        (change.rule, change.level, change.strict) for change in other
    ]


@pytest.mark.parametrize(("old", "new"), [(old, new) for old in VERSIONS for new in VERSIONS if old != new])
def test_a_fingerprint_names_one_change_of_a_pair(apis: dict[str, Api], old: str, new: str) -> None:
    fingerprints = [change.fingerprint for change in compare(apis[old], apis[new]).changes]
    assert len(set(fingerprints)) == len(fingerprints)


def test_the_names_of_path_parameters_do_not_matter() -> None:
    def by(name: str, schema: Json) -> Json:
        parameter = {"name": name, "in": "path", "required": True, "schema": schema}
        return document(paths={f"/v1/things/{{{name}}}": {"get": operation(parameters=[parameter])}})

    assert not compare(by("id", TEXT), by("thing_id", TEXT)).changes
    (first,) = compare(by("id", TEXT), by("id", {"type": "integer"})).changes
    (second,) = compare(by("a", TEXT), by("b", {"type": "integer"})).changes
    assert first.fingerprint == second.fingerprint


def test_another_place_value_or_rule_is_another_fingerprint() -> None:
    base = response_property({**TEXT, "maxLength": 5})
    changes = [
        *compare(base, response_property({**TEXT, "maxLength": 6})).changes,
        *compare(base, response_property({**TEXT, "maxLength": 7})).changes,
        *compare(request_body(around(TEXT)), request_body(around({"type": "integer"}))).changes,
        *compare(response_property(TEXT), response_property({"type": "integer"})).changes,
        *compare(with_operation(), with_operation(tags=["a"])).changes,
        *compare(with_operation(), with_operation(tags=["b"])).changes,
    ]
    assert len({change.fingerprint for change in changes}) == len(changes) == 6


def test_a_fingerprint_is_the_same_on_every_machine() -> None:
    (change,) = compare(response_property(TEXT), response_property({"type": "integer"})).changes
    assert change.fingerprint == "713d8f6865fb"
