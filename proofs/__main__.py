"""Run proofs and write their figures into docs/proofs.md."""

from __future__ import annotations

import importlib
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from .page import Section, write

FOLDER = Path(__file__).parent
PAGE = FOLDER.parent / "docs" / "proofs.md"
NOT_PROOFS = {"__init__", "__main__", "page"}


def main(chosen: list[str]) -> int:
    known = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in NOT_PROOFS)
    names = chosen or known
    if unknown := [name for name in names if name not in known]:
        print(f"no such proof: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    for name in names:
        module = importlib.import_module(f"proofs.{name}")
        title = (module.__doc__ or name).strip().splitlines()[0]
        print(f"{name}: {title}", flush=True)
        started = time.monotonic()
        rows = module.prove(lambda text: print(f"  {text}", flush=True))
        seconds = time.monotonic() - started
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        made = f"`nox -s prove -- {name}`, {day}, CPython {platform.python_version()}, {seconds:.0f} s"
        write(PAGE, Section(name, title, made, rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
