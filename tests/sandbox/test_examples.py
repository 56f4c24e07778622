"""The examples run as they stand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(name: str) -> str:
    # Warnings are errors here too; no colours and no width come from the machine that runs the tests.
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "FORCE_COLOR"}}
    command = [sys.executable, "-W", "error", str(EXAMPLES / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_demo_tells_the_whole_story() -> None:
    told = run("demo.py")
    for text in (
        "Link token",
        "Ash Userton",
        "Acme Corporation",
        "10.00 USD hourly",
        "460.00",
        "and 23 more",
        "Done in",
    ):
        assert text in told
    assert "\x1b" not in told
    assert "…" not in told
    assert max(map(len, told.splitlines())) <= 92


@pytest.mark.parametrize(("name", "said"), [("quickstart.py", "460.00 USD"), ("quickstart_async.py", "09:00 to 17:00")])
def test_quickstarts(name: str, said: str) -> None:
    assert said in run(name)


def test_controls() -> None:
    told = run("sandbox_controls.py")
    for text in (
        "'paystubs.added': 4",
        "4 more paystubs",
        "503 then True",
        "[503, 503, 200] delivered",
        "09:00:10+00:00 0",
    ):
        assert text in told


def test_fixtures_of_pytest() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(EXAMPLES / "test_income_check.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert "5 passed" in done.stdout, done.stdout + done.stderr
