"""Query parameters are checked against what the spec says they are."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pinwheel_overlays.errors import InvalidInputError
from pinwheel_overlays.query import build_query

from .shop import SEARCH, Color, Shop

COLOR = f"{Color.__module__}:Color"
OPERATION = SEARCH._replace(
    kinds=(
        ("day", "date"),
        ("moment", "date-time"),
        ("good", "bool"),
        ("year", "int"),
        ("color", COLOR),
        ("colors", f"{COLOR}[]"),
    )
)
MOMENT = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value", "sent"),
    [
        ("day", date(2026, 1, 31), "day=2026-01-31"),
        ("day", "2026-01-31", "day=2026-01-31"),
        ("moment", MOMENT, "moment=2026-01-31T12%3A00%3A00%2B00%3A00"),
        ("moment", "2026-01-31T12:00:00Z", "moment=2026-01-31T12%3A00%3A00Z"),
        ("good", True, "good=true"),
        ("good", False, "good=false"),
        ("year", 2026, "year=2026"),
        ("color", "red", "color=red"),
        ("color", Color.RED, "color=red"),
        ("color", Color("mauve"), "color=mauve"),
        ("colors", ["red", Color("mauve")], "colors=red&colors=mauve"),
        ("colors", {"red"}, "colors=red"),
        ("colors", "red", "colors=red"),
    ],
)
def test_what_is_meant_is_sent(name: str, value: object, sent: str) -> None:
    assert build_query({name: value}, OPERATION) == f"?{sent}"


@pytest.mark.parametrize("name", ["day", "moment", "good", "year", "color", "colors"])
def test_none_is_not_sent(name: str) -> None:
    assert build_query({name: None}, OPERATION) == ""


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("day", MOMENT, r"must be a date, not a datetime \(its day is .date\(\)\)"),
        ("day", "yesterday", "must be a date such as 2026-01-31"),
        ("day", "20260131", "must be a date such as 2026-01-31"),
        ("day", "2026-02-31", "must be a date such as 2026-01-31"),
        ("day", "2026-01-31T12:00:00Z", "must be a date such as 2026-01-31"),
        ("day", 20260131, "must be a date, not int"),
        ("day", [date(2026, 1, 31)], "must be one value, not several"),
        ("moment", date(2026, 1, 31), "must be a datetime with a timezone, not a date"),
        ("moment", MOMENT.replace(tzinfo=None), "must be a datetime with a timezone"),
        ("moment", "2026-01-31T12:00:00", "must be a datetime with a timezone"),
        ("moment", "noon", "must be a date and time such as 2026-01-31T12:00:00Z"),
        ("moment", 1.5, "must be a datetime, not float"),
        ("good", "yes", "must be True or False, not str"),
        ("good", 1, "must be True or False, not int"),
        ("year", "2026", "must be an int, not str"),
        ("year", True, "must be an int, not bool"),
        ("color", "mauve", r"must be one of 'red', 'green' \(for a value .* write Color\(\"...\"\)\)"),
        ("color", 3, "must be of Color or a str, not int"),
        ("color", ["red"], "must be one value, not several"),
        ("colors", ["red", "mauve"], "must be one of 'red', 'green'"),
    ],
)
def test_what_pinwheel_would_refuse_is_refused_before(name: str, value: Any, rule: str) -> None:
    with pytest.raises(InvalidInputError, match=f"^{name}: {rule}"):
        build_query({name: value}, OPERATION)


def test_a_value_is_not_quoted() -> None:
    with pytest.raises(InvalidInputError) as caught:
        build_query({"color": "123-45-6789"}, OPERATION)
    assert "6789" not in str(caught.value)


def test_it_is_told_where_the_list_is_written_not_where_it_is_read() -> None:
    client = Shop("s", rate_limit=None)
    with pytest.raises(InvalidInputError):
        client._core.list(OPERATION, dict, query={"day": "yesterday"})
