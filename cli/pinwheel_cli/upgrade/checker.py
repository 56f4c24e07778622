"""Run whichever type checker is installed, and read what it says."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple

CheckerName = Literal["basedpyright", "pyright", "mypy"]
NAMES: tuple[CheckerName, ...] = ("basedpyright", "pyright", "mypy")
HOW_TO_GET_ONE = (
    "no type checker is installed beside pinwheel: `pip install basedpyright` (or pyright, or mypy) and run this again"
)


class CheckerError(Exception):
    """There is no checker, it could not do its work, or there is none for it."""


class Finding(NamedTuple):
    """Something that a checker says about a place of the copy."""

    inside: str
    line: int
    column: int
    """In characters, from 0."""
    message: str
    is_error: bool
    revealed: str = ""
    """The type, where it was asked for one."""


class Checker(NamedTuple):
    """An installed checker."""

    name: CheckerName
    command: tuple[str, ...]


def find_checker(wanted: str | None = None) -> Checker:
    """The one that is wanted, or the first that is there: beside this interpreter, or on the path."""
    for name in NAMES:
        if wanted not in {None, name}:
            continue
        if find_spec(name) is not None:
            return Checker(name, (sys.executable, "-m", name))
        if program := shutil.which(name):
            return Checker(name, (program,))
    raise CheckerError(f"{wanted} is not installed" if wanted else HOW_TO_GET_ONE)


def check(checker: Checker, folder: Path) -> list[Finding]:
    """Everything that the checker says about the Python files below a folder."""
    return _mypy(checker, folder) if checker.name == "mypy" else _pyright(checker, folder)


def _run(command: tuple[str, ...], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode not in {0, 1}:  # 1: it found something
        said = (done.stderr or done.stdout).strip().splitlines()
        raise CheckerError(f"{Path(command[0]).name} failed: {said[-1] if said else f'exit code {done.returncode}'}")
    return done.stdout


def _pyright(checker: Checker, folder: Path) -> list[Finding]:
    roots = [".", *sorted(path.name for path in folder.iterdir() if path.is_dir())]
    settings: dict[str, Any] = {"typeCheckingMode": "standard", "extraPaths": roots, "reportMissingModuleSource": False}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    said = _run((*checker.command, "--outputjson", "--pythonpath", sys.executable, "--project", "."), folder)
    try:
        rows: list[dict[str, Any]] = json.loads(said)["generalDiagnostics"]
    except (ValueError, KeyError) as error:
        raise CheckerError(f"{checker.name} answered no JSON") from error
    return [_of_pyright(row, folder) for row in rows]


def _of_pyright(row: dict[str, Any], folder: Path) -> Finding:
    start = row["range"]["start"]
    inside = Path(row["file"]).resolve().relative_to(folder.resolve()).as_posix()
    message = str(row["message"])
    found = re.match(r'Type of ".*" is "(.*)"$', message, re.DOTALL)
    revealed = found[1] if found and row["severity"] == "information" else ""
    return Finding(
        inside, start["line"] + 1, start["character"], message.partition("\n")[0], row["severity"] == "error", revealed
    )


def _mypy(checker: Checker, folder: Path) -> list[Finding]:
    (folder / "mypy.ini").write_text("[mypy]\n", encoding="utf-8")
    roots = os.pathsep.join([".", *sorted(path.name for path in folder.iterdir() if path.is_dir())])
    options = (
        "--output=json", "--check-untyped-defs", "--explicit-package-bases", "--namespace-packages",
        "--config-file=mypy.ini", "--cache-dir=../mypy-cache", "--python-executable", sys.executable,
        "--follow-imports=normal",
    )  # fmt: skip
    said = _run((*checker.command, *options, "."), folder, MYPYPATH=roots)
    return [_of_mypy(json.loads(line)) for line in said.splitlines() if line.startswith("{")]


def _of_mypy(row: dict[str, Any]) -> Finding:
    found = re.match(r'Revealed type is "(.*)"$', str(row["message"]))
    inside = Path(row["file"]).as_posix().removeprefix("./")
    is_error = row["severity"] == "error"
    return Finding(inside, row["line"], max(row["column"], 0), str(row["message"]), is_error, found[1] if found else "")
