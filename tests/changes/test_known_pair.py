"""The report on the two versions whose documents are public agrees with a table made by hand, change by change."""

import pytest
from pinwheel_cli.changes import compare

from .known_pair import DIFFERENCES, IN_EVERY_VERSION, Row
from .tiny import Json

OLD, NEW = "2023-11-22", "2025-07-08"


def test_the_report_agrees_with_the_table_made_by_hand(documents: dict[str, Json]) -> None:
    found = [
        Row(change.operation, change.place, change.path, change.rule, change.level, change.strict)
        for change in compare(documents[OLD], documents[NEW]).changes
    ]
    assert sorted(found) == sorted(DIFFERENCES)


def test_the_way_back_is_the_opposite(documents: dict[str, Json]) -> None:
    changes = compare(documents[NEW], documents[OLD]).changes
    found = sorted((change.operation, change.path, change.rule) for change in changes)
    assert len(found) == len(DIFFERENCES)
    assert (("employers.lookup", "", "api-path-removed-without-deprecation")) in found
    assert (("link_tokens.create", "solution", "request-property-removed")) in found
    assert (("link_tokens.create", "required_jobs", "new-optional-request-property")) in found


@pytest.mark.parametrize(("model", "field"), IN_EVERY_VERSION)
def test_what_came_without_a_version_is_in_both(documents: dict[str, Json], model: str, field: str) -> None:
    for version in (OLD, NEW):
        assert field in documents[version]["components"]["schemas"][model]["properties"]
    assert not [c for c in compare(documents[OLD], documents[NEW]).changes if c.owner == f"{model}.{field}"]


def test_what_the_two_needs_are(documents: dict[str, Json]) -> None:
    needs = {c.rule: c.text for c in compare(documents[OLD], documents[NEW]).changes if "all-of" in c.rule}
    assert needs == {
        "request-body-all-of-added": "needs account_id or features",
        "request-body-all-of-removed": "no longer needs account_id or required_jobs",
    }
