"""The page of HTML: one file, nothing from elsewhere, every change in it, and a way to each by keyboard."""

import re
from html.parser import HTMLParser

import pytest
from pinwheel_cli.changes import compare
from pinwheel_cli.changes.guide import steps_to
from pinwheel_cli.changes.history import WEBHOOKS, History, history
from pinwheel_cli.changes.render_html import page

from .conftest import VERSIONS
from .tiny import document, operation

OLD, NEW = VERSIONS[0], VERSIONS[-1]
VOID = {"meta", "input", "br", "link", "img", "hr", "wbr"}


class Reader(HTMLParser):
    """Collects what a browser would load, jump to and name; and whether tags are closed as they were opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.loaded: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"] or "")
        if tag == "a":
            self.targets.append(values["href"] or "")
        self.loaded += [value or "" for key, value in attrs if key in {"src", "srcset", "data"}]
        if tag == "link":
            self.loaded.append(values.get("href") or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def past() -> History:
    return history(OLD, NEW)


@pytest.fixture(scope="module")
def text(past: History) -> str:
    return page(past, compare(OLD, NEW), steps_to(*past.versions[1:]))


def test_the_page_needs_nothing_else(text: str) -> None:
    read = Reader(text)
    assert read.loaded == []
    assert not re.search(r"url\(|@import|https?://[^<\s]*\.(?:js|css|woff2?)", text)
    assert read.open == []
    assert "$" not in re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)


def test_every_link_leads_somewhere_and_no_id_is_twice(text: str) -> None:
    read = Reader(text)
    assert len(set(read.ids)) == len(read.ids)
    assert {target.removeprefix("#") for target in read.targets} <= set(read.ids)
    assert len(read.targets) > 80


def test_every_change_of_every_step_is_on_the_page(text: str, past: History) -> None:
    for step in past.steps:
        for change in step.changes:
            assert change.fingerprint in text or change.rule in text
    assert sum(len(cell.changes) for row in past.rows for cell in row.cells if cell) == sum(
        len(step.changes) for step in past.steps
    )


def test_every_explanation_is_on_the_page(text: str) -> None:
    words = " ".join(" ".join(Reader(text).words).split())
    for step in steps_to(*VERSIONS[1:]):
        for advice in step.advice:
            assert advice.title in words
    assert "inferred" in words


def test_it_has_both_colours_and_a_way_round_by_keyboard(text: str) -> None:
    assert "prefers-color-scheme: dark" in text
    assert 'data-theme="dark"' in text
    assert "ArrowLeft" in text
    assert text.count('class="skip"') == 1
    assert "aria-label=" in text


def test_it_is_the_same_in_every_run(past: History, text: str) -> None:
    assert page(past, compare(OLD, NEW), steps_to(*past.versions[1:])) == text


def test_names_from_documents_cannot_break_out() -> None:
    nasty = "<script>alert(1)</script>&\"'"
    old = document(paths={"/v1/a": {"get": operation(operationId=nasty)}})
    new = document(paths={"/v1/a": {"get": operation(operationId=nasty, **{"x-paginated": True})}})
    made = page(history(old, new), compare(old, new))
    assert "<script>alert" not in made
    assert Reader(made).open == []


def test_the_history_tells_when_calls_came_and_went(past: History) -> None:
    rows = {row.name: row for row in past.rows}
    sites = rows["sites.create"]
    assert sites.alive[:9] == (True,) * 7 + (False,) * 2
    assert [bool(cell and cell.went) for cell in sites.cells[:8]] == [False] * 6 + [True, False]
    lookup = rows["employers.lookup"]
    assert [bool(cell and cell.came) for cell in lookup.cells[:8]] == [False] * 7 + [True]
    assert rows["webhook paystubs.fully_synced"].resource == WEBHOOKS
    assert list(past.resources())[-1] == "the whole API"


def test_two_documents_that_are_no_versions_make_one_step() -> None:
    past = history(document("2030-01-01"), document("2030-01-01"))
    assert past.rows == ()
    assert "Nothing differs." in page(past, past.steps[0])
