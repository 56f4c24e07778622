"""Reading case files, and saying where each case runs."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from .format import Case, CaseFile

__all__ = [
    "CASES",
    "FOLDER",
    "MUST_FAIL",
    "VERSIONS",
    "WAYS",
    "Run",
    "Way",
    "arguments_of",
    "load",
    "operations",
    "read_json",
    "runs",
    "versions_of",
]

FOLDER = Path(__file__).parents[1]
CASES = FOLDER / "cases"
MUST_FAIL = FOLDER / "cases_that_must_fail"
_DOCUMENTS = FOLDER.parents[1] / "generated" / "openapi"
_METHODS = {"get", "post", "put", "patch", "delete"}

VERSIONS = sorted(path.stem for path in _DOCUMENTS.glob("*.json"))


class Way(NamedTuple):
    """One way to play a case: which client, and what carries its requests."""

    name: str
    asynchronous: bool
    http: bool
    """Through an httpx client with a scripted transport, so that httpx has its say about URL, headers and failures."""


WAYS = (
    Way("sync", asynchronous=False, http=False),
    Way("async", asynchronous=True, http=False),
    Way("sync-httpx", asynchronous=False, http=True),
    Way("async-httpx", asynchronous=True, http=True),
)


class Run(NamedTuple):
    """A case in one version, in one way."""

    case: Case
    version: str
    way: Way

    @property
    def id(self) -> str:
        """What a failure is called: case, version, sync or async."""
        return f"{self.case.name}-{self.version}-{self.way.name}"


def read_json(path: Path) -> Any:
    """Return the JSON of a file, integers of any size as they are."""
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def load(folder: Path) -> tuple[tuple[str, CaseFile], ...]:
    """Return each case file of a folder with its name. Raises msgspec.ValidationError for a key it does not know."""
    return tuple((path.name, msgspec.convert(read_json(path), CaseFile)) for path in sorted(folder.glob("*.json")))


@cache
def operations(version: str) -> frozenset[str]:
    """Return the ids of all operations of a version."""
    # The bundled document, not the client: a call that the client lost must fail, not be left out.
    paths: dict[str, dict[str, Any]] = read_json(_DOCUMENTS / f"{version}.json")["paths"]
    found = (value for item in paths.values() for name, value in item.items() if name in _METHODS)
    return frozenset(operation["operationId"] for operation in found)


def _within(version: str, since: str | UnsetType, until: str | UnsetType) -> bool:
    return (since is UNSET or since <= version) and (until is UNSET or version <= until)


def versions_of(case: Case) -> list[str]:
    """Return the versions that a case runs in: those that have all its operations, within since and until."""
    return [
        version
        for version in VERSIONS
        if _within(version, case.since, case.until) and operations(version).issuperset(c.operation for c in case.calls)
    ]


def arguments_of(case: Case, call_index: int, version: str) -> dict[str, Any]:
    """Return the arguments of a call in a version. Raises LookupError unless exactly one range holds the version."""
    call = case.calls[call_index]
    if call.arguments_by_version is UNSET:
        return {} if call.arguments is UNSET else call.arguments
    found = [each.arguments for each in call.arguments_by_version if _within(version, each.since, each.until)]
    if len(found) != 1:
        raise LookupError(f"{case.name}: {len(found)} sets of arguments for {version}")
    return found[0]


def runs(folder: Path) -> list[Run]:
    """Return every run of every case: sync and async in each version, over httpx in the newest of them."""
    found: list[Run] = []
    for _, file in load(folder):
        for case in file.cases:
            versions = versions_of(case)
            for version in versions:
                ways = WAYS if version == versions[-1] else WAYS[:2]
                found += [Run(case, version, way) for way in ways]
    return found
