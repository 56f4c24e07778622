"""Changes to source text by the positions that `ast` gives, with every line staying where it is."""

import ast
from collections.abc import Iterable
from typing import NamedTuple


class Spot(NamedTuple):
    """A line, from 1, and a column in bytes of UTF-8, from 0, as `ast` counts."""

    line: int
    column: int


class Edit(NamedTuple):
    """Replace what stands from `start` to `end`; both are equal for an insertion."""

    start: Spot
    end: Spot
    text: str


def start_of(node: ast.expr | ast.stmt | ast.alias) -> Spot:
    return Spot(node.lineno, node.col_offset)


def end_of(node: ast.expr | ast.stmt | ast.alias) -> Spot:
    return Spot(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; edits at one spot are made in the order given."""
    lines = [line.encode() for line in text.splitlines(keepends=True)]
    for _, edit in sorted(enumerate(edits), key=lambda each: (each[1].start, each[0]), reverse=True):
        if edit.start.line != edit.end.line:
            raise ValueError("an edit stays on its line")
        line = lines[edit.start.line - 1]
        lines[edit.start.line - 1] = line[: edit.start.column] + edit.text.encode() + line[edit.end.column :]
    return b"".join(lines).decode()
