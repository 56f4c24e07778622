"""What a caller would notice between two versions or two generated trees: for whoever edits the spec."""

from __future__ import annotations

import json
from pathlib import Path

from pinwheel_cli.changes import Change, compare
from pinwheel_cli.changes.groups import groups_of

from .compare import files


def describe_versions(old: Path, new: Path) -> list[str]:
    """Call by call, each difference with its level by Pinwheel's policy and its rule."""
    before, after = (json.loads(path.read_text(encoding="utf-8")) for path in (old, new))
    by_call: dict[str, list[Change]] = {}
    for change in compare(before, after).changes:
        by_call.setdefault(change.operation, []).append(change)
    lines: list[str] = []
    for changes in by_call.values():
        lines += [_heading(changes[0]), *_lines(changes)]
    return lines


def _heading(change: Change) -> str:
    where = f" ({change.url})" if change.url else ""
    return f"~ {change.operation or 'the whole API'}{where}"


def _lines(changes: list[Change]) -> list[str]:
    return [f"    {group.first.level:8}  {group.text}  [{group.first.rule}]" for group in groups_of(changes)]


def describe_trees(old: Path, new: Path) -> list[str]:
    """Documents by what they say, code by file."""
    lines: list[str] = []
    before, after = files(old), files(new)
    for name in sorted({*before, *after}):
        if before.get(name) == after.get(name):
            continue
        if name not in before or name not in after:
            lines.append(f"{'+' if name in after else '-'} {name}")
        elif name.endswith(".json") and "openapi" in json.loads(after[name]):
            lines += [f"~ {name}", *(f"  {line}" for line in describe_versions(old / name, new / name))]
        else:
            lines.append(f"~ {name}")
    return lines
