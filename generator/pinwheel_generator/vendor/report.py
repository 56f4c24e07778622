"""The report, for people and for programs; and an editor at the place that a difference is about."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path

from .compare import Difference, Drift

_WIDTH = 110


def text(drift: Drift) -> str:
    """What is new first: that is what somebody has to look at."""
    return "\n".join(_lines(drift)) + "\n"


def _lines(drift: Drift) -> Iterator[str]:
    total, new = len(drift.differences), drift.new
    yield f"OpenAPI document {drift.document or 'without a version'} against spec/{drift.version}.yaml"
    yield f"{total} differences: {total - len(new)} known, {len(new)} new"
    if new:
        yield "\nNew: what the spec says otherwise than the document, with no reason in spec/vendor/known.yaml"
    for number, found in enumerate(new, start=1):
        yield from _difference(number, found)
    if new:
        yield "\n`--open NUMBER` opens the file. Change the spec, or say in spec/vendor/known.yaml why it differs."
    if total > len(new):
        yield "\nKnown"
    for known, members in drift.known():
        reason = f"{known.why} ({known.confidence}: {known.source})"
        yield f"{len(members):6}  {known.title}"
        yield textwrap.fill(reason, _WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8)
        if known.own:
            yield from _own(members)
    if drift.unused:
        yield "\nExpected, but the document says the same as the spec by now: spec/vendor/known.yaml can do without"
        yield from (f"        {known.title}" for known in drift.unused)


def _difference(number: int, found: Difference) -> Iterator[str]:
    change = found.change
    yield f"\n{number:4}  {found.where}"
    yield f"      {change.operation or 'the API'}, {change.where}"
    yield f"      {change.text}  [{change.rule}, {change.level}]"


def _own(members: tuple[Difference, ...]) -> Iterator[str]:
    told = dict.fromkeys((found.change.owner, found.why) for found in members)
    for owner, why in told:
        yield textwrap.fill(f"{owner}: {why}", _WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 12)


def as_json(drift: Drift) -> str:
    rows = [
        {
            **found.change.as_json(),
            "where": found.where,
            "known": found.known.title if found.known else None,
            "why": found.why or None,
        }
        for found in drift.differences
    ]
    counts = {"differences": len(rows), "new": len(drift.new), "known": len(rows) - len(drift.new)}
    head = {"document": drift.document, "version": drift.version, **counts}
    return json.dumps({**head, "changes": rows, "unused": [known.title for known in drift.unused]}, indent=2) + "\n"


def open_place(root: Path, found: Difference) -> int:
    """Start the editor that $VISUAL or $EDITOR names, at the line; without one, tell where it is."""
    file, _, line = found.where.rpartition(":")
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        print(f"{file}:{line} (set EDITOR to have it opened)")
        return 0
    words = shlex.split(editor)
    is_code = Path(words[0]).stem in {"code", "codium", "cursor"}
    place = ["--goto", f"{root / file}:{line}"] if is_code else [f"+{line}", str(root / file)]
    return subprocess.run([*words, *place], check=False).returncode
