"""Fill a session's environment from a lock file, and only when something changed since the last time."""

import hashlib
import sys
from pathlib import Path

import nox

LOCKS = Path("locks")
STAMP = "installed-from.txt"


def install(session: nox.Session, group: str, *, project: bool = True) -> None:
    """Install `locks/<group>.txt` by hash and, where asked for, the project itself, editable and with no resolving.

    A reused environment is left alone while its lock file and pyproject.toml are as they were, so that a second run
    starts at once and needs no network.
    """
    lock = LOCKS / f"{group}.txt"
    stamp = Path(session.virtualenv.location) / STAMP
    digest = hashlib.sha256(lock.read_bytes() + Path("pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    session.install("--require-hashes", "-r", str(lock))
    if project:
        # The lock has the build backend, so that nothing is fetched past it.
        session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(digest)


def python_of(session: nox.Session, other: str) -> str:
    """The interpreter of another session's environment."""
    environment = Path(session.virtualenv.location).resolve()
    (found,) = (environment.parent / other / Path(session.bin).name).glob("python" + Path(sys.executable).suffix)
    return str(found)
