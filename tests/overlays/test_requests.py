"""Paths, queries and headers: what is sent, and what is refused before it is."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pinwheel_overlays.errors import ConfigurationError, InvalidInputError
from pinwheel_overlays.query import build_query, render_path

from .harness import SECRET, Bench, answer, widget
from .shop import SEARCH, Color


def test_headers(bench: Bench) -> None:
    client = bench.client(answer(widget()))
    bench.do(client.widgets.get("w1"))
    headers = bench.script.requests[0].headers
    assert headers["x-api-secret"] == SECRET
    assert headers["pinwheel-version"] == "2025-07-08"
    assert headers["accept"] == "application/json"
    assert headers["user-agent"].startswith("pinwheel-api/")
    assert "python/3." in headers["user-agent"]
    assert "authorization" not in headers
    assert "content-type" not in headers


def test_a_bearer_call_carries_the_token_and_not_the_secret(bench: Bench) -> None:
    client = bench.client(answer(widget()), admin_token="tok-1")
    bench.do(client.widgets.keys())
    headers = bench.script.requests[0].headers
    assert headers["authorization"] == "Bearer tok-1"
    assert "x-api-secret" not in headers


def test_a_call_without_credentials_carries_none(bench: Bench) -> None:
    client = bench.client(answer(widget()), admin_token="tok-1")
    bench.do(client.widgets.login())
    headers = bench.script.requests[0].headers
    assert "x-api-secret" not in headers
    assert "authorization" not in headers


def test_a_missing_credential_is_told_before_anything_is_sent(bench: Bench) -> None:
    with pytest.raises(ConfigurationError, match="admin_token="):
        bench.do(bench.client().widgets.keys())
    with pytest.raises(ConfigurationError, match="api_secret="):
        bench.do(bench.client(api_secret=None, admin_token="tok-1").widgets.get("w1"))
    assert bench.script.requests == []


@pytest.mark.parametrize(
    ("given_id", "path"),
    [
        ("abc", "abc"),
        ("a b", "a%20b"),
        ("a?b#c%", "a%3Fb%23c%25"),
        ("ü", "%C3%BC"),
        ("a..b", "a..b"),
        ("a;b=c", "a%3Bb%3Dc"),
    ],
)
def test_ids_are_one_encoded_segment(bench: Bench, given_id: str, path: str) -> None:
    bench.do(bench.client(answer(widget())).widgets.get(given_id))
    assert bench.script.urls == [f"/v1/widgets/{path}"]


@pytest.mark.parametrize(
    "bad", ["", " ", "a/b", "/", ".", "..", "a\\b", "a\nb", "a\0", "\x7f", "\ud800", None, 3, b"a"]
)
def test_ids_that_cannot_be_meant_are_refused(bench: Bench, bad: Any) -> None:
    with pytest.raises(InvalidInputError) as caught:
        bench.do(bench.client().widgets.get(bad))
    assert caught.value.field == "widget_id"
    assert bench.script.requests == []


def test_ids_of_a_list_are_refused_where_the_list_is_made(bench: Bench) -> None:
    with pytest.raises(InvalidInputError):
        bench.client().widgets.made_by("a/b")


@pytest.mark.parametrize("owner", ["user_1", "  user_1\t", "u" * 255, f" {'u' * 255} "])
def test_a_trimmed_id_is_sent_without_outer_whitespace(bench: Bench, owner: str) -> None:
    bench.do(bench.client(answer(widget())).widgets.owned(owner))
    assert bench.script.urls == [f"/v1/owners/{owner.strip()}/widget"]


@pytest.mark.parametrize("owner", ["", "   ", "u" * 256, None])
def test_a_trimmed_id_has_1_to_255_characters(bench: Bench, owner: Any) -> None:
    with pytest.raises(InvalidInputError, match="owner_id"):
        bench.do(bench.client().widgets.owned(owner))


@given(st.text(min_size=1))
def test_whatever_id_is_accepted_arrives_as_it_was(text: str) -> None:
    try:
        path = render_path("/v1/x/{id}/y", {"id": text}, ())
    except InvalidInputError:
        return
    assert path.isascii()
    head, segment, tail = path.removeprefix("/v1/x/").rpartition("/y")[0], path.split("/")[3], path.split("/")[4:]
    assert unquote(segment) == text
    assert head == segment
    assert tail == ["y"]
    assert urlsplit(f"https://h{path}").path == path


def test_an_id_cannot_fill_another_placeholder() -> None:
    assert render_path("/{a}/{b}", {"a": "{b}", "b": "x"}, ()) == "/%7Bb%7D/x"


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (None, []),
        ([], []),
        ("a b&c=d", ["a b&c=d"]),
        (True, ["true"]),
        (False, ["false"]),
        (7, ["7"]),
        (Decimal("1.50"), ["1.50"]),
        (Color.RED, ["red"]),
        (Color("violet"), ["violet"]),
        (date(2026, 1, 31), ["2026-01-31"]),
        (datetime(2026, 1, 31, 12, tzinfo=UTC), ["2026-01-31T12:00:00+00:00"]),
        (datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=-4))), ["2026-01-31T12:00:00-04:00"]),
        (["a", Color.RED, 1], ["a", "red", "1"]),
        (("a", "b"), ["a", "b"]),
        ("gAAAAA-_==", ["gAAAAA-_=="]),
    ],
)
def test_query_values(value: object, sent: list[str]) -> None:
    query = build_query({"q": value})
    assert [pair[1] for pair in parse_qsl(query.removeprefix("?"), keep_blank_values=True)] == sent
    assert query.startswith("?") == bool(sent)
    assert query.isascii()


def test_lists_become_repeated_keys() -> None:
    assert build_query({"a": ["x", "y"], "b": 1}) == "?a=x&a=y&b=1"
    assert build_query({"cursor": "a=="}) == "?cursor=a%3D%3D"


@pytest.mark.parametrize("bad", [datetime(2026, 1, 1), float("nan"), object(), b"x", {"a": 1}, "\ud800", [None]])  # noqa: DTZ001
def test_query_values_that_are_refused(bad: object) -> None:
    with pytest.raises(InvalidInputError, match="when"):
        build_query({"when": bad})


@pytest.mark.parametrize("limit", [0, 101, -1, True, "10", 2.0])
def test_a_page_size_is_1_to_100(bench: Bench, limit: Any) -> None:
    with pytest.raises(InvalidInputError, match="1 to 100"):
        bench.client().widgets.list(limit=limit)


def test_a_text_of_a_query_has_its_least_length() -> None:
    operation = SEARCH._replace(lengths=(("q", 2),))
    assert build_query({"q": "ab"}, operation) == "?q=ab"
    assert build_query({"q": None}, operation) == ""
    for bad in ("a", "", 12):
        with pytest.raises(InvalidInputError, match="q: must be a str of at least 2 characters"):
            build_query({"q": bad}, operation)


def test_timeouts_go_with_the_request(bench: Bench) -> None:
    client = bench.client(answer(widget()), answer(widget()), answer(widget()))
    bench.do(client.widgets.get("a"))
    bench.do(client.with_options(timeout=3).widgets.get("a"))
    bench.do(client.with_options(timeout=3).with_options(max_retries=0).widgets.get("a"))
    assert [request.timeout for request in bench.script.requests] == [(5.0, 30.0), (3, 3), (3, 3)]
