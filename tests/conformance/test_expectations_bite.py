"""Proof that the runner can fail: wrong cases fail for their reason, and every expectation of a true case counts."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, cast

import msgspec
import pytest

from .runner import format as case_format
from .runner.compare import problems
from .runner.format import Case
from .runner.load import CASES, MUST_FAIL, VERSIONS, WAYS, Run, load, read_json, runs, versions_of
from .runner.play import play

NEWEST = [run for run in runs(MUST_FAIL) if run.version == VERSIONS[-1]]
CHECKS = (
    "Outcome",
    "ErrorCheck",
    "AttemptCheck",
    "DriftCheck",
    "WireChecks",
    "RequestCheck",
    "HeaderCheck",
    "TimeoutCheck",
    "WarningCheck",
    "LogCheck",
)


@pytest.mark.parametrize("run", [pytest.param(run, id=run.id) for run in NEWEST])
def test_wrong_case_fails_for_its_reason(run: Run) -> None:
    reasons = cast("list[str]", run.case.must_fail)
    found = problems(run, play(run))
    assert len(found) == len(reasons), found
    for reason, problem in zip(reasons, found, strict=True):
        assert reason in problem


def _keys(value: Any) -> Iterator[tuple[str, str]]:
    """Names of checks, and the keys of them that are used."""
    if isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(value):
            inner = getattr(value, field.name)
            default: Any = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
            if inner != default:
                yield type(value).__name__, field.encode_name
                yield from _keys(inner)
    elif isinstance(value, dict | list):
        inside = cast("Any", value)
        for inner in inside.values() if isinstance(value, dict) else inside:
            yield from _keys(inner)


@pytest.mark.parametrize("check", CHECKS)
def test_each_kind_of_expectation_was_seen_to_fail(check: str) -> None:
    used = {key for _, file in load(MUST_FAIL) for case in file.cases for key in _keys(case)}
    names = {field.encode_name for field in msgspec.structs.fields(getattr(case_format, check))}
    assert {name for name in names if (check, name) not in used} == set()


Path = tuple[str | int, ...]


def _leaves(tree: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Places of a case's expectations, each with another value; what has to be absent is left to the cases by hand."""
    if isinstance(tree, dict):
        for key, item in cast("dict[str, Any]", tree).items():
            if not key.endswith("lacks"):
                yield from _leaves(item, (*path, key))
    elif isinstance(tree, list):
        items = cast("list[Any]", tree)
        if items and not str(path[-1]).endswith(("has", "is_a")):
            yield path, [*items, items[-1]]
        for index, item in enumerate(items):
            yield from _leaves(item, (*path, index))
    elif isinstance(tree, bool):
        yield path, not tree
    elif isinstance(tree, int | float):
        yield path, tree + 1
    elif tree is None and path[-1] == "status":
        yield path, 500
    else:
        yield path, f"{tree} or not"


def _changed(case: dict[str, Any], path: Path, value: Any) -> Case:
    whole = deepcopy(case)
    inner: Any = whole
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return msgspec.convert(whole, Case)


RAW = [case for path in sorted(CASES.glob("*.json")) for case in read_json(path)["cases"]]


@pytest.mark.parametrize("raw", [pytest.param(raw, id=raw["name"]) for raw in RAW])
def test_no_expectation_of_a_case_is_idle(raw: dict[str, Any]) -> None:
    case = msgspec.convert(raw, Case)
    version = versions_of(case)[-1]
    played = play(Run(case, version, WAYS[0]))
    places = [("expect",), *(("calls", index, "expect") for index in range(len(case.calls)))]
    for place in places:
        tree: Any = raw
        for step in place:
            tree = tree[step]
        for path, value in _leaves(tree, place):
            wrong = Run(_changed(raw, path, value), version, WAYS[0])
            assert problems(wrong, played), f"{path} may as well be {value!r}"
