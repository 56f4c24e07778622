"""Facts become changes: named, judged, worded, and given a fingerprint."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from .facts import Fact, joined
from .judge import judge
from .model import Change
from .naming import Place, rule_of
from .wording import sentence


@dataclass(frozen=True, slots=True)
class Call:
    """Where changes are found: an operation, a webhook, or the API as a whole."""

    name: str
    url: str
    key: str
    """For the fingerprint: no names that may change freely."""


WHOLE_API = Call("", "", "api")


@dataclass(slots=True)
class Collector:
    """Takes facts in any order."""

    changes: list[Change] = field(default_factory=list[Change])

    def add(self, call: Call, place: Place, facts: Iterable[Fact]) -> None:
        for fact in facts:
            rule = rule_of(place, fact)
            level, reason = judge(rule, place, fact)
            self.changes.append(
                Change(
                    rule=rule.id,
                    level=level,
                    strict=rule.level,
                    fingerprint=fingerprint(rule.id, call, place, fact),
                    operation=call.name,
                    url=call.url,
                    place=place.label,
                    path=joined(fact.path),
                    owner=f"{fact.owner}.{joined(fact.within)}" if fact.owner else "",
                    before=fact.before,
                    after=fact.after,
                    text=sentence(place, fact),
                    reason=reason,
                )
            )


def fingerprint(rule: str, call: Call, place: Place, fact: Fact) -> str:
    """Twelve hexadecimal digits that name this difference."""
    parts = (rule, call.key, place.identity, joined(fact.path), fact.identity)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
