"""Every mutation of the documents is found under its rule and level, and nothing else is; 36 pairs take no time.

Each rule there is, in each place and both directions, is grafted into the newest document and one of another size.
The mutated side is written otherwise: other names of components, order, prose, references in place of what they name.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import combinations, cycle
from pathlib import Path

from pinwheel_cli.changes import Api, compare

from tests.changes.disguise import disguise
from tests.changes.test_mutations import graft
from tests.changes.test_rules import DIRECTIONS
from tests.changes.tiny import Json

from .page import Row

FOLDER = Path(__file__).parents[1] / "generated" / "openapi"
LIMIT = 5.0


def prove(say: Callable[[str], None]) -> list[Row]:
    documents: dict[str, Json] = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
    }
    rules = mutations(documents, say)
    seconds, found = pairs(documents)
    say(f"{found} differences of 36 pairs in {seconds:.2f} s")
    assert seconds < LIMIT, seconds
    return [
        ("what", "figure"),
        ("mutations, each found alone", len(DIRECTIONS)),
        ("rules of oasdiff's among them", sum(not rule.startswith("x-") for rule in rules)),
        ("rules of our own", sum(rule.startswith("x-") for rule in rules)),
        (f"pairs of versions: {found:,} differences, seconds of the processor", f"{seconds:.2f}"),
    ]


def mutations(documents: dict[str, Json], say: Callable[[str], None]) -> set[str]:
    hosts = {version: (documents[version], disguise(documents[version], seed=11)) for version in documents}
    sizes = cycle([*["2021-04-29"] * 7, max(documents)])
    rules: set[str] = set()
    for number, (name, old, new, rule) in enumerate(DIRECTIONS):
        plain, disguised = hosts[next(sizes)]
        (alone,) = compare(old, new).changes
        changes = compare(graft(plain, old, rule), graft(disguised, new, rule)).changes
        assert len(changes) == 1, (name, [change.rule for change in changes])
        (change,) = changes
        found = (change.rule, change.level, change.strict, change.fingerprint)
        assert found == (rule, alone.level, alone.strict, alone.fingerprint), (name, found)
        rules.add(rule)
        if number % 200 == 0:
            say(f"{number} of {len(DIRECTIONS)} mutations")
    return rules


def pairs(documents: dict[str, Json]) -> tuple[float, int]:
    """From plain data to differences; nothing is kept from one pair to the next."""
    started = time.process_time()
    found = sum(
        len(compare(Api(documents[old]), Api(documents[new])).changes) for old, new in combinations(documents, 2)
    )
    return time.process_time() - started, found
