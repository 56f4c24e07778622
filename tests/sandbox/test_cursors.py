"""Cursors: opaque, never the same twice, and good for nothing but their own list."""

import itertools
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pinwheel_sandbox.cursors import BadCursorError, Cursors

from .asking import Asker

CURSORS = Cursors(b"k" * 32, nonce=os.urandom, seconds=itertools.count(1_700_000_000).__next__)

positions = st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3)


@given(st.text(st.characters(exclude_categories=["Cs"])), positions)
def test_what_is_written_is_read(scope: str, position: list[str]) -> None:
    one, two = CURSORS.write(scope, position), CURSORS.write(scope, position)
    assert one != two
    assert one.startswith("gAAAAA")
    assert CURSORS.read(scope, one) == CURSORS.read(scope, two) == position


@given(positions, st.data())
def test_any_changed_character_is_found_out(position: list[str], data: st.DataObject) -> None:
    cursor = CURSORS.write("list", position)
    place = data.draw(st.integers(0, len(cursor) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda character: character != cursor[place]))
    with pytest.raises(BadCursorError):
        CURSORS.read("list", cursor[:place] + other + cursor[place + 1 :])


@given(positions, st.integers(0, 400))
def test_cut_cursors_are_found_out(position: list[str], length: int) -> None:
    cursor = CURSORS.write("list", position)
    if length < len(cursor):
        with pytest.raises(BadCursorError):
            CURSORS.read("list", cursor[:length])


@given(st.text())
def test_made_up_cursors_are_refused(text: str) -> None:
    with pytest.raises(BadCursorError):
        CURSORS.read("list", text)


def test_cursor_of_another_list_or_sandbox_is_refused() -> None:
    cursor = CURSORS.write("one", ["a"])
    with pytest.raises(BadCursorError):
        CURSORS.read("two", cursor)
    with pytest.raises(BadCursorError):
        Cursors(b"other", nonce=os.urandom, seconds=lambda: 0).read("one", cursor)


def test_cursor_shows_nothing_of_what_is_in_it() -> None:
    assert "secret" not in CURSORS.write("list", ["secret"])


def test_same_page_gives_another_cursor(ask: Asker) -> None:
    one, two = (ask("GET", "/v1/employers").body["meta"]["next_cursor"] for _ in range(2))
    assert one != two
    first, second = (ask("GET", "/v1/employers", query={"cursor": cursor}).data for cursor in (one, two))
    assert [item["id"] for item in first] == [item["id"] for item in second]


def test_cursor_works_with_another_limit_but_not_on_another_list(ask: Asker) -> None:
    cursor = ask("GET", "/v1/employers", query={"limit": 3}).body["meta"]["next_cursor"]
    everything = ask("GET", "/v1/employers", query={"limit": 10}).data
    rest = ask("GET", "/v1/employers", query={"limit": 7, "cursor": cursor}).data
    assert [item["id"] for item in rest] == [item["id"] for item in everything[3:]]
    refused = ask("GET", "/v1/platforms", query={"cursor": cursor})
    assert (refused.status, refused.error["code"], refused.wrong_fields) == (400, "INVALID_CURSOR", {"cursor"})
    login = ask.login()
    assert ask("GET", f"/v1/accounts/{login.account_id}/shifts", query={"cursor": cursor}).status == 400
