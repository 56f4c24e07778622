"""What the browser session needs from npm, and the check of the scripts' types."""

import hashlib
import shutil
from pathlib import Path

import nox

SOURCES = Path("link_web")
TOOLS = Path(".cache/link_web")
STAMP = TOOLS / "installed-from.txt"


BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def install_tools(session: nox.Session) -> bool:
    """Install `link_web/package-lock.json`, when it changed; false where there is no npm."""
    if not any(map(shutil.which, BROWSERS)):
        session.skip("there is no chromium on this machine, so nothing of Link was tested in a browser")
    if shutil.which("npm") is None:
        session.warn("there is no npm on this machine: types of scripts and the official npm package go unchecked")
        return False
    lock = SOURCES / "package-lock.json"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not STAMP.exists() or STAMP.read_text() != digest:
        TOOLS.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SOURCES / name, TOOLS / name)
        session.run(
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(TOOLS),
            external=True,
            silent=True,
        )
        STAMP.write_text(digest)
    return True


def check_scripts(session: nox.Session) -> None:
    """Check the JavaScript against the types in its comments."""
    session.run(str(TOOLS / "node_modules/.bin/tsc"), "--project", str(SOURCES / "tsconfig.json"), external=True)
