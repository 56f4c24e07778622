"""`pinwheel changes` and `pinwheel upgrade`, as people call them."""

import json
from pathlib import Path

import pytest
from pinwheel_cli.main import app
from typer.testing import CliRunner, Result

from .conftest import FOLDER
from .tiny import response_property


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "140", "TERM": "dumb"})


def test_changes_in_the_terminal() -> None:
    result = run("changes", "2021-07-28", "2025-07-08")
    assert result.exit_code == 0
    assert "2021-07-28 → 2025-07-08   36 breaking   150 compatible" in result.output
    assert "22-03-02" in result.output  # the table of versions
    assert "link_tokens.create   POST /v1/link_tokens" in result.output
    assert "✖ solution has to be sent" in result.output
    assert "new-required-request-property" in result.output
    assert "warning by the strict contract" in result.output


def test_versions_that_do_not_differ() -> None:
    assert "nothing differs" in run("changes", "2023-04-18", "2023-07-18").output
    assert "nothing differs" in run("changes", "2025-07-08", "2025-07-08").output


def test_changes_back_to_an_older_version() -> None:
    assert "sites.create" in run("changes", "2023-11-22", "2023-07-18").output


def test_changes_as_json() -> None:
    result = run("changes", "2023-11-22", "2025-07-08", "--json")
    data = json.loads(result.output)
    assert (data["old"], data["new"]) == ("2023-11-22", "2025-07-08")
    assert data["counts"] == {"breaking": 3, "warning": 0, "info": 7}
    assert set(data["changes"][0]) >= {"rule", "level", "strict", "fingerprint", "operation", "path", "text", "reason"}
    assert result.output == run("changes", "2023-11-22", "2025-07-08", "--json").output


def test_changes_as_markdown() -> None:
    result = run("changes", "2023-11-22", "2025-07-08", "--markdown")
    assert result.output.startswith("# What changed from 2023-11-22 to 2025-07-08\n")
    assert "## Breaking" in result.output


def test_changes_as_a_page(tmp_path: Path) -> None:
    target = tmp_path / "changes.html"
    assert run("changes", "2021-04-29", "2025-07-08", "--html", str(target)).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_page_that_cannot_be_written(tmp_path: Path) -> None:
    result = run("changes", "2023-11-22", "2025-07-08", "--html", str(tmp_path / "none" / "changes.html"))
    assert result.exit_code == 2
    assert "--html" in result.output
    assert "cannot be written" in result.output
    assert "Traceback" not in result.output


def test_changes_of_documents_of_ones_own(tmp_path: Path) -> None:
    for name, kind in (("old", "string"), ("new", "integer")):
        (tmp_path / f"{name}.json").write_text(json.dumps(response_property({"type": kind})))
    result = run("changes", str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--json")
    assert [change["rule"] for change in json.loads(result.output)["changes"]] == ["response-property-type-changed"]
    own = json.loads((FOLDER / "2025-07-08.json").read_text())
    (tmp_path / "same.json").write_text(json.dumps(own))
    assert "nothing differs" in run("changes", "2025-07-08", str(tmp_path / "same.json")).output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("changes", "2020-01-01", "2025-07-08"), "neither a file nor one of"),
        (("changes", "2023-11-22", "2025-07-08", "--json", "--markdown"), "choose one of"),
        (("upgrade", "2025-07-08", "2021-07-28"), "not older"),
        (("upgrade", "2021-07-28", "2030-01-01"), "none of the Pinwheel-Versions"),
        (("upgrade", "2021-07-28", "2025-07-08", "--json"), "--json is for --code"),
        (("upgrade", "2021-07-28", "2025-07-08", "--checker", "eyes"), "--checker is one of"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], reason: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert reason in " ".join(result.output.replace("│", " ").split())


def test_a_file_that_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("[]")
    (tmp_path / "not.json").write_text("{")
    for name in ("no.json", "not.json"):
        result = run("changes", str(tmp_path / name), "2025-07-08")
        assert result.exit_code == 2


def test_the_guide_in_the_terminal() -> None:
    result = run("upgrade", "2021-07-28", "2025-07-08")
    assert result.exit_code == 0
    assert "+ from pinwheel_api.v2025_07_08 import Pinwheel" in result.output
    assert "Lists come in pages" in result.output
    assert "The reason is inferred" in result.output
    assert "Not for you" in result.output


def test_the_guide_as_markdown() -> None:
    result = run("upgrade", "2021-07-28", "2025-07-08", "--markdown")
    assert result.output.startswith("# From 2021-07-28 to 2025-07-08\n")


def test_without_a_type_checker_it_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pinwheel_cli.upgrade.checker.find_spec", lambda name: None)
    monkeypatch.setattr("pinwheel_cli.upgrade.checker.shutil.which", lambda name: None)
    (tmp_path / "app.py").write_text("")
    result = run("upgrade", "2021-07-28", "2025-07-08", "--code", str(tmp_path))
    assert result.exit_code == 2
    assert "pip install basedpyright" in " ".join(result.output.split())
