"""A copy of the repository to add a version to, and what is run in it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import copyfile
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("generator", "generated", "overlays", "sandbox", "cli")
COPIED = (*PACKAGES, "spec", "tests", "docs/versions.md", "pyproject.toml", "README.md")


class Checkout:
    """The copy. Everything that runs in it imports from it alone."""

    def __init__(self, root: Path) -> None:
        self.root = root
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *COPIED],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        for name in filter(None, listing.stdout.split("\0")):
            if (ROOT / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                copyfile(ROOT / name, root / name)

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run Python; what it printed. Fails where it ends otherwise than with `code`."""
        imports = os.pathsep.join(str(self.root / name) for name in PACKAGES)
        environment = {**os.environ, "PYTHONPATH": imports, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "120"}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.root, env=environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == code, f"{arguments}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        return done.stdout + done.stderr

    def generate(self, *arguments: str, code: int = 0) -> str:
        return self.run("-m", "pinwheel_generator", *arguments, code=code)

    def pytest(self, *arguments: str, code: int = 0) -> str:
        return self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments, code=code)

    def told(self, code: str) -> Any:
        """What a program prints as JSON."""
        return json.loads(self.run("-W", "ignore", "-c", code).splitlines()[-1])

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert old in text, f"{name} has no {old!r}"
        self.write(name, text.replace(old, new))

    def python_lines(self) -> int:
        package = self.root / "generated" / "pinwheel_api"
        return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in package.rglob("*.py"))
