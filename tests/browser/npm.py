"""Packages from npm, as `nox -s browser` installs them, bundled for a page."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / ".cache/link_web"
MODULES = TOOLS / "node_modules"


def needed() -> Path:
    """The installed packages, or a skipped test."""
    if shutil.which("node") is None or not MODULES.is_dir():
        pytest.skip("the npm packages are not installed: run nox -s browser on a machine with npm")
    return MODULES


@cache
def bundled(source: str) -> str:
    """A script and everything that it imports, as one classic script."""
    needed()
    command = [
        str(MODULES / ".bin/esbuild"),
        "--bundle",
        "--loader=jsx",
        '--define:process.env.NODE_ENV="production"',
        "--log-level=error",
    ]
    return subprocess.run(command, input=source, check=True, capture_output=True, text=True, cwd=TOOLS).stdout


def types_hold(name: str, source: str) -> None:
    """Check a TypeScript file against the packages' own type definitions."""
    needed()
    file = TOOLS / f"{name}.ts"
    file.write_text(source)
    options = {"strict": True, "noEmit": True, "target": "ES2022", "moduleResolution": "bundler", "module": "ES2022"}
    options |= {"lib": ["ES2022", "DOM"], "jsx": "react", "skipLibCheck": True, "types": []}
    project = TOOLS / f"{name}.tsconfig.json"
    project.write_text(json.dumps({"compilerOptions": options, "files": [file.name]}))
    checked = subprocess.run(
        [str(MODULES / ".bin/tsc"), "-p", str(project)], check=False, capture_output=True, text=True, cwd=TOOLS
    )
    assert checked.returncode == 0, checked.stdout
