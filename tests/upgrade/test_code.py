"""`pinwheel upgrade --code` on a small project, with real type checkers.

`nox -s types` has them. Where one is missing, its tests are skipped.
"""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pinwheel_cli.changes.guide import guide
from pinwheel_cli.main import app
from pinwheel_cli.upgrade import checker as checkers
from pinwheel_cli.upgrade.checker import Checker, CheckerError, find_checker
from pinwheel_cli.upgrade.impact import Impact, assess
from pinwheel_cli.upgrade.workspace import read_sources
from typer.testing import CliRunner

PAYROLL = '''\
"""A small program of 2021-07-28."""

from pinwheel_api.v2021_07_28 import (
    Paystub,
    Pinwheel,
    Site,
)

from acme.store import Store

client = Pinwheel(api_secret="secret")


def start() -> str:
    token = client.link_tokens.create(
        org_name="Acme Bank",
        job="paystubs",
        skip_intro_screen=True,
    )
    return token.token


def read(account_id: str) -> list[Paystub]:
    return client.with_response.accounts.paystubs.list(account_id).data


def hosted() -> Site:
    return client.sites.create(org_name="Acme", required_jobs=["paystubs"], redirect_url="https://acme.example")


def switched() -> int:
    total = 0
    for job in client.jobs.list():
        if job.params and job.params.amount:
            total += job.params.amount
    return total


def untouched() -> None:
    for account in client.end_users.accounts.list("user_1"):
        print(account.id, client.accounts.identity.get(account.id).full_name)
    Store().create(job="x").amount
    number: int = "was wrong before"
'''
STORE = '''\
class Row:
    amount = 1


class Store:
    """Has methods and fields of the same names, and nothing to do with Pinwheel."""

    def create(self, job: str) -> Row:
        return Row()

    def list(self) -> list[Row]:
        return [Row()]


Store().list()
'''
ASYNC = """\
from pinwheel_api import AsyncPinwheel, Money


async def start(client: AsyncPinwheel) -> Money | None:
    await client.link_tokens.create(org_name="Acme Bank", end_user_id="user_1", required_jobs=["paystubs"])
    async for stub in client.accounts.paystubs.list("id"):
        return stub.net_pay
    return None
"""
OLD, NEW = "2021-07-28", "2025-07-08"
NAMES = ("basedpyright", "mypy")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with what a real folder also has."""
    folder = tmp_path_factory.mktemp("project")
    for name, text in {
        "src/acme/__init__.py": "",
        "src/acme/payroll.py": PAYROLL,
        "src/acme/store.py": STORE,
        "src/acme/broken.py": "def (",
        "src/.venv/pyvenv.cfg": "",
        "src/.venv/lib/other.py": PAYROLL,
        "src/env3/pyvenv.cfg": "",
        "src/env3/other.py": PAYROLL,
        "src/__pycache__/old.py": PAYROLL,
        "src/notes.txt": "not Python",
        "newer/app.py": ASYNC,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def checker_or_skip(name: str) -> Checker:
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed; `nox -s types` runs this")
    return find_checker(name)


@pytest.fixture(scope="module", params=NAMES)
def impact(request: pytest.FixtureRequest, project: Path) -> Impact:
    return assess(guide(OLD, NEW), project / "src", checker_or_skip(request.param))


def titles(impact: Impact, line: int) -> set[str]:
    return {advice.title for hit in impact.hits if hit.line == line for _, advice in hit.advice}


def line_of(code: str) -> int:
    return next(number for number, line in enumerate(PAYROLL.splitlines(), 1) if code in line)


def test_every_line_that_is_concerned_is_listed_and_no_other(impact: Impact) -> None:
    assert {hit.path.name for hit in impact.hits} == {"payroll.py"}
    lines = {hit.line: bool(hit.messages) for hit in impact.hits}
    import_line = next(line for line in lines if line < 10)
    del lines[import_line]  # pyright names the line of the name, mypy that of the statement
    assert lines == {
        line_of("link_tokens.create"): True,
        line_of("paystubs.list"): False,
        line_of("sites.create"): True,
        line_of("jobs.list"): False,
        line_of("if job.params"): True,
        line_of("total += job"): True,
    }


def test_each_line_has_what_to_do(impact: Impact) -> None:
    assert titles(impact, line_of("link_tokens.create")) == {
        "A Link token asks for jobs by a list",
        "A Link token belongs to an end user",
        "A Link token names a solution",
        "Jobs of a Link token are its features",
    }
    assert titles(impact, line_of("paystubs.list")) == {"Lists come in pages"}
    assert titles(impact, line_of("jobs.list")) == {"Lists come in pages"}
    assert titles(impact, line_of("sites.create")) == {"Hosted Link pages are gone"}
    assert titles(impact, line_of("if job.params")) == {"A switch says what it did and to which account"}
    import_line = min(hit.line for hit in impact.hits)
    assert titles(impact, import_line) == {"Hosted Link pages are gone"}


def test_what_was_not_found_is_named(impact: Impact) -> None:
    left = {advice.title for _, advice in impact.untouched}
    assert "Target accounts stand in an allocation" in left
    assert "Lists come in pages" not in left


def test_files_that_are_not_the_users_are_left_out_and_broken_ones_named(impact: Impact) -> None:
    assert impact.files == 3
    (broken,) = impact.unreadable
    assert broken.path.name == "broken.py"


@pytest.mark.parametrize("name", NAMES)
def test_code_that_pins_no_version_and_is_asynchronous(project: Path, name: str) -> None:
    found = assess(guide("2023-11-22", NEW), project / "newer" / "app.py", checker_or_skip(name))
    (hit,) = found.hits
    assert hit.line == 5
    assert any("required_jobs" in message for message in hit.messages)
    assert {advice.title for _, advice in hit.advice} == {
        "A Link token names a solution",
        "Jobs of a Link token are its features",
    }


def test_the_command_and_its_json(project: Path) -> None:
    name = next((name for name in NAMES if find_spec(name)), "") or pytest.skip("no type checker is installed")
    arguments = ["upgrade", "2023-11-22", NEW, "--code", str(project / "newer"), "--checker", name]
    shown = CliRunner().invoke(app, arguments, env={"COLUMNS": "140", "TERM": "dumb"})
    assert "1 line refused" in shown.stdout
    assert "A Link token names a solution" in shown.stdout
    data: dict[str, Any] = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert [line["line"] for line in data["lines"]] == [5]


def test_nothing_of_the_project_is_touched(project: Path, impact: Impact) -> None:
    assert (project / "src" / "acme" / "payroll.py").read_text() == PAYROLL
    assert not list(project.rglob("pyrightconfig.json")) + list(project.rglob("mypy.ini"))


def test_a_folder_that_is_linked_into_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    sources, unreadable = read_sources(tmp_path)
    assert [source.path for source in sources] == [tmp_path / "app.py"]
    assert unreadable == []


@pytest.mark.parametrize(("name", "text"), [("notes.txt", "not Python"), ("broken.py", "def (")])
def test_a_folder_without_python_is_an_error(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(CheckerError, match="has no Python that can be read"):
        assess(guide(OLD, NEW), tmp_path, Checker("mypy", ("never called",)))


def test_a_checker_that_fails_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app.py").write_text("")
    failing = tmp_path / "failing"
    failing.write_text("#!/bin/sh\necho out of order >&2\nexit 3\n")
    failing.chmod(0o755)
    for name in ("pyright", "mypy"):
        with pytest.raises(CheckerError, match="out of order"):
            checkers.check(Checker(name, (str(failing),)), tmp_path)
    talking = tmp_path / "talking"
    talking.write_text("#!/bin/sh\necho hello\n")
    talking.chmod(0o755)
    with pytest.raises(CheckerError, match="no JSON"):
        checkers.check(Checker("pyright", (str(talking),)), tmp_path)


def test_a_checker_on_the_path_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkers, "find_spec", lambda name: None)
    program = tmp_path / "pyright"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_checker() == Checker("pyright", (str(program),))
    with pytest.raises(CheckerError, match="mypy is not installed"):
        find_checker("mypy")
