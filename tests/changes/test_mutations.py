"""Each rule once on the real documents: graft a difference into one, write the other differently, find just that."""

from itertools import cycle
from typing import Any

import pytest
from pinwheel_cli.changes import compare

from .disguise import disguise
from .test_rules import DIRECTIONS
from .tiny import Json

FIRST_OF_EACH_RULE = list({rule: (name, old, new, rule) for name, old, new, rule in reversed(DIRECTIONS)}.values())
# Small documents for most, so that this stays quick, and the newest now and then.
HOSTS = cycle(["2021-04-29"] * 9 + ["2021-07-28"] * 9 + ["2023-07-18", "2025-07-08"])
ROWS = [(*row, host) for row, host in zip(FIRST_OF_EACH_RULE, HOSTS, strict=False)]


def graft(host: Json, tiny: Json, rule: str) -> Json:
    """The real document with the calls, events and credentials of a tiny one."""
    grown: Json = {**host, "info": {**host["info"], "version": tiny["info"]["version"]}}
    for part in ("paths", "webhooks"):
        grown[part] = {**host.get(part, {}), **_known_by(tiny.get(part, {}), tiny)}
    schemes = {**host["components"]["securitySchemes"], **{_named(name): node for name, node in _schemes(tiny).items()}}
    grown["components"] = {**host["components"], "securitySchemes": schemes}
    if "global-security" in rule:
        grown["security"] = _known_by({"security": tiny.get("security", [])}, tiny)["security"]
    if "server" in rule:
        grown["servers"] = tiny["servers"]
    return grown


def _schemes(tiny: Json) -> Json:
    found: Json = tiny.get("components", {}).get("securitySchemes", {})
    return found


def _named(scheme: str) -> str:
    return f"tiny-{scheme}"


def _known_by(node: Any, tiny: Json) -> Any:
    """With the schemes of the tiny document under the names that they have in the real one."""
    if isinstance(node, list):
        return [_known_by(item, tiny) for item in node]
    if not isinstance(node, dict):
        return node
    renamed = {key: _known_by(value, tiny) for key, value in node.items()}
    if "security" in renamed:
        own = _schemes(tiny)
        renamed["security"] = [
            {_named(name) if name in own else name: scopes for name, scopes in need.items()}
            for need in node["security"]
        ]
    return renamed


@pytest.fixture(scope="session")
def disguised(documents: dict[str, Json]) -> dict[str, Json]:
    return {version: disguise(document, seed=5) for version, document in documents.items()}


@pytest.mark.parametrize(("old", "new", "rule", "host"), [row[1:] for row in ROWS], ids=[row[3] for row in ROWS])
def test_a_mutation_of_a_real_document_is_found_and_nothing_else(
    documents: dict[str, Json], disguised: dict[str, Json], old: Json, new: Json, rule: str, host: str
) -> None:
    (alone,) = compare(old, new).changes
    (change,) = compare(graft(documents[host], old, rule), graft(disguised[host], new, rule)).changes
    assert change.rule == rule
    assert (change.level, change.strict, change.fingerprint) == (alone.level, alone.strict, alone.fingerprint)
