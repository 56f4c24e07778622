"""What the journal shows: was every event handled, and had every further run a reason?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from .journal import Fact


class Verdict(NamedTuple):
    runs: int
    raised: int
    killed: int
    """Runs that ended because their process killed itself or was killed."""
    handled: int
    lost: int
    """Events that no handler brought to its end."""
    needless: int
    """Runs of events that were handled already, or were just being handled."""


def judge(facts: Iterable[Fact], events: Collection[str], interrupted: Counter[str]) -> Verdict:
    """`interrupted`: how often a process was killed from outside in the midst of an event, its last line unwritten."""
    excuses = interrupted.copy()
    counts: Counter[str] = Counter()
    state: dict[str, str] = {}
    for kind, event, _ in facts:
        counts[kind] += 1
        if kind == "S":
            before = state.get(event, "")
            # After X and K the handler has to run again; after S or E only if it was killed before it was marked done.
            if before in {"S", "E"}:
                excuses[event] -= 1
                counts["needless"] += excuses[event] < 0
                counts["cut off"] += before == "S"
        state[event] = kind
    handled = {fact.event for fact in facts if fact.kind == "E"}
    return Verdict(
        counts["S"],
        counts["X"],
        counts["K"] + counts["cut off"],
        len(handled),
        len(set(events) - handled),
        counts["needless"],
    )
