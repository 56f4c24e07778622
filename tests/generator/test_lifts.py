"""`lift:` beside an explanation: into the package, or refused with file, line and reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from pinwheel_generator.__main__ import main

from .test_change_log import broken, explain, refused

__all__ = ["broken"]


def with_lift(root: Path, rules: str) -> None:
    explain(root)
    path = root / "spec" / "changes" / "2025-07-08.yaml"
    path.write_text(f"{path.read_text()}    lift:\n{rules}")


def test_rules_become_data_of_the_package(broken: Path) -> None:
    with_lift(broken, "      Thing:\n        - {from: price, into: colour, value: red}\n")
    assert main(["--root", str(broken), "regenerate"]) == 0
    made = (broken / "generated" / "pinwheel_api" / "_lift.py").read_text()
    assert '("2025-07-08", "Thing"): (Rule(source="price", into="colour", value="red"),)' in made
    assert '_NEWEST = "2025-07-08"' in made


@pytest.mark.parametrize(
    ("rules", "line", "reason"),
    [
        ("      Thing: 3\n", 13, "the rules of a class are a list"),
        ("      Other: []\n", 13, "Other is not an object of both versions"),
        ("      Thing:\n        - {from: price}\n", 14, "a rule has `from`, and `into` or `same_as`"),
        ("      Thing:\n        - {from: cost, into: id}\n", 14, "the older object has no `cost`"),
        ("      Thing:\n        - {from: price, into: price}\n", 14, "the newer object has no `price`"),
        ("      Thing:\n        - {from: price, same_as: cost}\n", 14, "the older object has no `cost`"),
        ("      Thing:\n        - {from: price, into: id, as: text}\n", 14, "`as` is one of moment"),
        ("      Thing:\n        - {from: price, into: id, to: id}\n", 14, "a rule has no `to`"),
        ("      - Thing\n", 12, "`lift` maps classes to lists of rules"),
    ],
)
def test_a_wrong_rule_is_named_by_file_line_and_reason(
    broken: Path, capsys: pytest.CaptureFixture[str], rules: str, line: int, reason: str
) -> None:
    with_lift(broken, rules)
    assert f"spec/changes/2025-07-08.yaml:{line}: {reason}" in refused(broken, capsys)
