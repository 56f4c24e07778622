"""Explanations are held against what really changed: what is missing, stale or broken is told with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pinwheel_cli.changes import compare
from pinwheel_generator.__main__ import main

ENTRY = """\
entries:
  - title: Things have no price
    breaks:
      {fingerprint}: {label}
    why: Nobody paid.
    do: Do not read it.
    before: |
      print(client.things.get("1").price)
    after: |
      print(client.things.get("1").id)
    x-provenance: {{confidence: inferred, source: the test, note: a guess}}
"""


@pytest.fixture
def broken(small: Path) -> Path:
    """The newer version's things have no price; nothing explains it."""
    spec = small / "spec"
    thing = (spec / "schemas" / "Thing.yaml").read_text().replace("[id, price, currency]", "[id, currency]")
    without = "\n".join(line for line in thing.splitlines() if not line.strip().startswith("price:"))
    (spec / "schemas" / "Thing.2025-07-08.yaml").write_text(without + "\n")
    paths = (spec / "paths" / "things.yaml").read_text().replace("Thing.yaml", "Thing.2025-07-08.yaml")
    (spec / "paths" / "things.2025-07-08.yaml").write_text(paths)
    root = spec / "2025-07-08.yaml"
    root.write_text(root.read_text().replace("paths/things.yaml", "paths/things.2025-07-08.yaml"))
    (spec / "changes").mkdir(exist_ok=True)
    return small


def change_of(root: Path) -> tuple[str, str]:
    """Fingerprint and label of the one breaking change."""
    assert main(["--root", str(root), "bundle", "--to", str(root / "documents")]) == 0
    old, new = (json.loads((root / "documents" / f"{v}.json").read_text()) for v in ("2023-11-22", "2025-07-08"))
    (change,) = compare(old, new).breaking
    return change.fingerprint, change.label


def explain(root: Path, **replaced: str) -> None:
    fingerprint, label = change_of(root)
    text = ENTRY.format(fingerprint=fingerprint, label=label)
    for old, new in replaced.items():
        text = text.replace(old, new)
    (root / "spec" / "changes" / "2025-07-08.yaml").write_text(text)


def refused(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["--root", str(root), "check"]) == 1
    said = capsys.readouterr().err
    assert main(["--root", str(root), "regenerate"]) == 1
    return said


def test_a_breaking_change_without_an_explanation_is_refused(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fingerprint, label = change_of(broken)
    said = refused(broken, capsys)
    assert f"spec/changes/2025-07-08.yaml:1: nothing explains `{fingerprint}: {label}`" in said
    assert "things.get, answer 200 data.price" in said


def test_an_explained_change_passes_and_is_written_down(broken: Path) -> None:
    explain(broken)
    assert main(["--root", str(broken), "regenerate"]) == 0
    assert main(["--root", str(broken), "check"]) == 0
    step = json.loads((broken / "generated" / "changes" / "2025-07-08.json").read_text())
    assert step["advice"][0]["why"] == "Nobody paid."
    page = (broken / "generated" / "changes" / "2025-07-08.md").read_text()
    assert "### Things have no price" in page
    assert "The reason is inferred: a guess" in page
    guide = (broken / "generated" / "upgrading" / "2023-11-22_2025-07-08.md").read_text()
    assert 'print(client.things.get("1").id)' in guide


def test_check_finds_an_edited_page(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    explain(broken)
    assert main(["--root", str(broken), "regenerate"]) == 0
    page = broken / "generated" / "upgrading" / "2023-11-22_2025-07-08.md"
    page.write_text(page.read_text().replace("Nobody paid", "Everybody paid"))
    capsys.readouterr()
    assert main(["--root", str(broken), "check"]) == 1
    assert "differs: generated/upgrading/2023-11-22_2025-07-08.md" in capsys.readouterr().err


def test_a_stale_explanation_is_refused(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    explain(broken)
    root = broken / "spec" / "2025-07-08.yaml"
    root.write_text(root.read_text().replace("paths/things.2025-07-08.yaml", "paths/things.yaml"))
    said = refused(broken, capsys)
    assert "spec/changes/2025-07-08.yaml:4: " in said
    assert "is no breaking change of 2025-07-08 against 2023-11-22; remove it" in said


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("data.price", "data.cost", 4, "is `things.get, answer 200 data.price`, not `things.get, answer 200 data.c"),
        ("    why: Nobody paid.\n", "", 2, "the entry lacks `why`"),
        ("why: Nobody paid.", "why: ''", 5, "`why` has to be text"),
        ("do: Do not", "todo: Do not", 6, "an entry has no `todo`"),
        ("print(client.things.get(\"1\").id)", "print(", 9, "line 1 of the snippet is not Python"),
        ("confidence: inferred, ", "", 11, "x-provenance needs a confidence and a source"),
        ("confidence: inferred", "confidence: sure", 11, "x-provenance needs a confidence and a source"),
        ("entries:\n", "entries: {}\nothers:\n", 1, "`entries` has to be a list"),
    ],
)  # fmt: skip
def test_a_broken_explanation_is_named_by_file_line_and_reason(
    broken: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, line: int, reason: str
) -> None:
    explain(broken, **{old: new})
    said = refused(broken, capsys)
    assert f"spec/changes/2025-07-08.yaml:{line}: " in said
    assert reason in said


def test_what_is_explained_twice_is_refused(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    explain(broken)
    path = broken / "spec" / "changes" / "2025-07-08.yaml"
    text = path.read_text()
    path.write_text(text + text.removeprefix("entries:\n"))
    assert "spec/changes/2025-07-08.yaml:14: " in (said := refused(broken, capsys))
    assert "is explained twice" in said


def test_a_file_for_no_version_is_refused(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = small / "spec" / "changes"
    folder.mkdir(exist_ok=True)
    (folder / "2023-11-22.yaml").write_text("entries: []\n")
    assert "spec/changes/2023-11-22.yaml:1: no version 2023-11-22 comes after another one" in refused(small, capsys)
