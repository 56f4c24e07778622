"""A copy of the user's Python files, to be checked without touching them."""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_LEFT_OUT = {"__pycache__", "build", "dist", "node_modules", "site-packages", "venv", "env"}


class Source(NamedTuple):
    """One file of the user's that can be read."""

    path: Path
    """As the user would name it."""
    inside: str
    """Where it is in the copy."""
    text: str
    tree: ast.Module

    def line(self, number: int) -> str:
        lines = self.text.splitlines()
        return lines[number - 1].strip() if 0 < number <= len(lines) else ""


class Unreadable(NamedTuple):
    """A file that is not Python of this interpreter."""

    path: Path
    reason: str


def read_sources(code: Path) -> tuple[list[Source], list[Unreadable]]:
    """All Python files of a folder, or the one file."""
    sources: list[Source] = []
    unreadable: list[Unreadable] = []
    for path in _files(code, set()):
        inside = path.name if code.is_file() else f"{_name(code)}/{path.relative_to(code).as_posix()}"
        try:
            text = path.read_text(encoding="utf-8")
            sources.append(Source(path, inside, text, ast.parse(text)))
        except (SyntaxError, ValueError, OSError) as error:
            unreadable.append(Unreadable(path, str(error)))
    return sources, unreadable


def _name(code: Path) -> str:
    return code.resolve().name or "code"


def _files(code: Path, met: set[Path]) -> Iterator[Path]:
    """Each folder once, whatever links lead to it."""
    if code.is_file():
        yield code
        return
    if (real := code.resolve()) in met:
        return
    met.add(real)
    for path in sorted(code.iterdir()):
        if path.is_dir() and not path.name.startswith(".") and path.name not in _LEFT_OUT and not _is_environment(path):
            yield from _files(path, met)
        elif path.suffix in {".py", ".pyi"}:
            yield path


def _is_environment(path: Path) -> bool:
    return (path / "pyvenv.cfg").exists()


def write_copy(folder: Path, texts: dict[str, str]) -> None:
    """Fill a folder with texts by their places."""
    if folder.exists():
        shutil.rmtree(folder)
    for inside, text in texts.items():
        path = folder / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
