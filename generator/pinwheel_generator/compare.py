"""How two generated trees, or two documents, differ: for people to read."""

from __future__ import annotations

import difflib
from pathlib import Path

SHOWN_LINES = 40


def files(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` but what Python leaves behind when it imports."""
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def differences(expected: Path, found: Path, label: str) -> list[str]:
    """What `found` has otherwise than `expected`, one paragraph a file."""
    want, have = files(expected), files(found)
    paragraphs: list[str] = []
    for name in sorted({*want, *have}):
        if name not in have:
            paragraphs.append(f"missing: {label}/{name}")
        elif name not in want:
            paragraphs.append(f"left over: {label}/{name} (nothing in spec/ makes it any more)")
        elif want[name] != have[name]:
            paragraphs.append("\n".join([f"differs: {label}/{name}", *text_diff(have[name], want[name])]))
    return paragraphs


def text_diff(before: bytes, after: bytes) -> list[str]:
    lines = list(
        difflib.unified_diff(
            before.decode(errors="replace").splitlines(),
            after.decode(errors="replace").splitlines(),
            "as it is",
            "as spec/ makes it",
            lineterm="",
            n=2,
        )
    )
    cut = [f"  ... {len(lines) - SHOWN_LINES} more lines"] if len(lines) > SHOWN_LINES else []
    return [f"  {line}" for line in lines[:SHOWN_LINES]] + cut
