"""Where Pinwheel's own policy and the strict contract part, and why."""

import pytest
from pinwheel_cli.changes import Change, compare

from .pairs import secured
from .tiny import (
    Json,
    around,
    document,
    parameter,
    request_body,
    request_property,
    response_property,
    with_operation,
)

TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "integer"}


def only(old: Json, new: Json) -> Change:
    (change,) = compare(old, new).changes
    return change


def test_a_new_enum_value_in_an_answer_is_compatible_by_policy_only() -> None:
    change = only(response_property({**TEXT, "enum": ["a"]}), response_property({**TEXT, "enum": ["a", "b"]}))
    assert (change.level, change.strict) == ("info", "warning")
    assert change.reason == "by Pinwheel's policy, new values of enums are compatible"


def test_a_new_field_in_an_answer_is_compatible_and_says_so() -> None:
    change = only(response_property(TEXT), response_property_and_more())
    assert change.level == "info"
    assert "new properties of answers are compatible" in change.reason


def response_property_and_more() -> Json:
    both = {"type": "object", "properties": {"p": TEXT, "q": TEXT}}
    return with_operation(responses={"200": {"description": "", "content": {"application/json": {"schema": both}}}})


def test_a_new_enum_value_that_a_request_loses_is_breaking_by_both() -> None:
    change = only(request_property({**TEXT, "enum": ["a", "b"]}), request_property({**TEXT, "enum": ["a"]}))
    assert (change.level, change.strict) == ("breaking", "breaking")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({**TEXT, "maxLength": 5}, {**TEXT, "maxLength": 9}),
        ({**TEXT, "maxLength": 5}, TEXT),
        ({**TEXT, "format": "uuid"}, TEXT),
        ({**TEXT, "pattern": "^a"}, {**TEXT, "pattern": "^b"}),
        ({**TEXT, "minLength": 5}, TEXT),
    ],
)
def test_length_and_form_of_an_opaque_string_may_change(old: Json, new: Json) -> None:
    change = only(response_property(old), response_property(new))
    assert change.level == "info"
    assert "opaque strings" in change.reason


@pytest.mark.parametrize(
    ("old", "new"), [({**TEXT, "format": "date"}, TEXT), ({**TEXT, "format": "date-time"}, {**TEXT, "format": "date"})]
)
def test_a_date_is_no_opaque_string(old: Json, new: Json) -> None:
    assert only(response_property(old), response_property(new)).level == "breaking"


def test_a_request_is_held_to_its_strings() -> None:
    assert (
        only(request_property({**TEXT, "maxLength": 9}), request_property({**TEXT, "maxLength": 5})).level == "breaking"
    )


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (parameter(TEXT), with_operation(), "request-parameter-removed"),
        (request_body(around(TEXT)), request_body({"type": "object"}), "request-property-removed"),
        (request_property(NUMBER), request_property({**NUMBER, "maximum": 5}), "request-property-max-set"),
    ],
)
def test_what_the_contract_cannot_decide_is_breaking_by_policy(old: Json, new: Json, rule: str) -> None:
    change = only(old, new)
    assert change.rule == rule
    assert (change.level, change.strict) == ("breaking", "warning")
    assert change.reason == "not among the changes that Pinwheel's policy calls compatible"


def test_less_to_send_is_compatible_though_the_contract_cannot_decide() -> None:
    needy = {"type": "object", "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    change = only(request_body(needy), request_body({"type": "object"}))
    assert (change.rule, change.level, change.strict) == ("request-body-all-of-removed", "info", "warning")


def test_a_list_that_comes_in_pages_breaks_what_no_contract_says() -> None:
    change = only(with_operation(), with_operation(**{"x-paginated": True}))
    assert (change.level, change.strict) == ("breaking", "info")


@pytest.mark.parametrize(("old", "new", "level"), [("minor", "major", "breaking"), ("unstated", "minor", "info")])
def test_another_unit_breaks_unless_it_was_not_known(old: str, new: str, level: str) -> None:
    change = only(response_property({**NUMBER, "x-unit": old}), response_property({**NUMBER, "x-unit": new}))
    assert (change.level, change.strict) == (level, "info")


def test_a_first_lock_breaks_and_another_key_does_not() -> None:
    open_door, key = document(**secured()), document(**secured(security=[{"key": []}]))
    both = document(**secured(security=[{"key": []}, {"token": []}]))
    assert only(open_door, key).level == "breaking"
    assert only(key, both).level == "info"
    assert only(both, key).level == "breaking"


def test_a_default_that_changes_is_to_look_at() -> None:
    change = only(request_property({**TEXT, "default": "a"}), request_property({**TEXT, "default": "b"}))
    assert (change.level, change.strict) == ("warning", "info")


def test_an_announced_removal_still_breaks() -> None:
    change = only(with_operation(deprecated=True), document())
    assert (change.level, change.strict) == ("breaking", "info")
