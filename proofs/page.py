"""docs/proofs.md: one section a proof, replaced when that proof runs again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

HEAD = """# Proofs

What the long runs showed: `nox -s prove` repeats them all, and `nox -s prove -- NAME` one. The ordinary tests run short
forms. Each section names its command and the day of the figures.
"""

Row = tuple[object, ...]


class Section(NamedTuple):
    name: str
    title: str
    made: str
    rows: list[Row]
    """The first is the head of the table."""


def write(page: Path, section: Section) -> None:
    """Put a section in its place, other sections and their order untouched."""
    text = page.read_text(encoding="utf-8") if page.exists() else HEAD
    start, end = f"<!-- proof: {section.name} -->\n", f"<!-- end: {section.name} -->\n"
    block = f"{start}## {section.title}\n\n{section.made}\n\n{table(section.rows)}{end}"
    old = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
    text = old.sub(lambda _: block, text) if old.search(text) else f"{text}\n{block}"
    page.write_text(text, encoding="utf-8")


def table(rows: list[Row]) -> str:
    head, *body = rows
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *body)]
    return "\n".join(lines) + "\n"
