"""Programs of other languages: are they there, and what did they say."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_TIMEOUT = 900


def need(program: str, package: str) -> str:
    """The path of a program; without it the proof ends, and says what to install."""
    found = shutil.which(program)
    if found is None:
        raise SystemExit(f"{program} is not installed; on Debian and Ubuntu it comes with {package}")
    return found


def run(command: list[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """What a command prints; when it fails, an error with the end of it."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        check=False,
        text=True,
        timeout=_TIMEOUT,
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return done.stdout
