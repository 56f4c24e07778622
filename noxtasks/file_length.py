"""Fail when a file written by hand is longer than a reader keeps in mind: `python -m noxtasks.file_length`."""

import subprocess
import sys
from pathlib import Path

LIMIT = 400
CHECKED = {".py", ".js", ".ts", ".css", ".jinja", ".yaml", ".yml"}
# Written by a tool, or a table that is one long list by nature.
LEFT_OUT = ("generated/", "locks/")


def files() -> list[Path]:
    """Every file that git tracks or would track, so that a new file is checked before it is committed."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], check=True, capture_output=True, text=True
    )
    paths = (Path(line) for line in listing.stdout.splitlines() if not line.startswith(LEFT_OUT))
    return sorted(path for path in paths if path.suffix in CHECKED and path.is_file())


def main() -> int:
    """Print each file over the limit; the exit code is 1 when there is one."""
    too_long = 0
    for path in files():
        with path.open(encoding="utf-8") as lines:
            count = sum(1 for _ in lines)
        if count >= LIMIT:
            too_long += 1
            print(f"{path}: {count} lines, the limit is {LIMIT - 1}: split it by concern")
    return 1 if too_long else 0


if __name__ == "__main__":
    sys.exit(main())
