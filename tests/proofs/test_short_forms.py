"""Short forms of the proofs, and how their page is written."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from proofs import faults, fuzz
from proofs.page import Section, write


@pytest.mark.parametrize(("name", "read"), faults.CLIENTS)
def test_every_item_once_while_answers_fail(name: str, read: Callable[[str], list[str]]) -> None:
    server = faults.run(1_500, 10, read, seed=4)
    assert len(server.faults) >= 4
    assert server.requests == 150 + server.faults.total() - server.faults["other content type"]


def test_mutated_answers_raise_only_our_errors() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        outcomes = fuzz.run(1_500, seed=99)
    assert outcomes["read"] > 100
    assert outcomes["ResponseDecodeError"] > 100


def test_a_section_is_replaced_and_others_stay(tmp_path: Path) -> None:
    page = tmp_path / "proofs.md"
    write(page, Section("one", "First", "made so", [("a", "b"), (1, 2)]))
    write(page, Section("two", "Second", "made so", [("a",), (3,)]))
    write(page, Section("one", "First again", "made so", [("a", "b"), (4, 5)]))
    text = page.read_text()
    assert text.index("First again") < text.index("Second")
    assert "| 4 | 5 |" in text
    assert "| 1 | 2 |" not in text
