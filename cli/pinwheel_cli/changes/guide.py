"""The way from one version to another: what broke at each step between, why, and what to do about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .compare import compare
from .model import Change, Comparison, Json
from .versions import between, document, known, log


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that a version broke, explained by hand."""

    title: str
    breaks: tuple[str, ...]
    """Fingerprints of the changes; none where it is about something that no document shows."""
    why: str
    do: str
    before: str
    after: str
    confidence: str
    """Of the reason: stated by the vendor, observed, or inferred by us."""
    source: str
    note: str = ""

    @property
    def is_inferred(self) -> bool:
        return self.confidence == "inferred"

    def as_json(self) -> Json:
        return {
            "title": self.title,
            "breaks": list(self.breaks),
            "why": self.why,
            "do": self.do,
            "before": self.before,
            "after": self.after,
            "confidence": self.confidence,
            "source": self.source,
            "note": self.note,
        }

    @classmethod
    def from_json(cls, data: Json) -> "Advice":
        return cls(breaks=tuple(data["breaks"]), **{key: value for key, value in data.items() if key != "breaks"})


@dataclass(frozen=True, slots=True)
class Step:
    """What one version changed against the one before it."""

    old: str
    new: str
    summary: str
    changes: tuple[Change, ...]
    advice: tuple[Advice, ...]

    def as_json(self) -> Json:
        return {
            "old": self.old,
            "new": self.new,
            "summary": self.summary,
            "changes": [change.as_json() for change in self.changes],
            "advice": [advice.as_json() for advice in self.advice],
        }

    @classmethod
    def from_json(cls, data: Json) -> "Step":
        changes = tuple(Change.from_json(change) for change in data["changes"])
        advice = tuple(Advice.from_json(each) for each in data["advice"])
        return cls(data["old"], data["new"], data["summary"], changes, advice)

    def changes_of(self, advice: Advice) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.fingerprint in advice.breaks)


@dataclass(frozen=True)
class Guide:
    """All steps from one version to another."""

    old: str
    new: str
    steps: tuple[Step, ...]
    net: Comparison
    """The two ends against each other."""

    def advice(self) -> Iterator[tuple[Step, Advice]]:
        """What is left to do, oldest step first: what a later step took back or away again is left out."""
        return ((step, advice) for step, advice in self._all() if self._is_needed(step, advice))

    def overtaken(self) -> Iterator[tuple[Step, Advice]]:
        """Advice that nobody needs who goes the whole way."""
        return ((step, advice) for step, advice in self._all() if not self._is_needed(step, advice))

    def _all(self) -> Iterator[tuple[Step, Advice]]:
        return ((step, advice) for step in self.steps for advice in step.advice)

    def _is_needed(self, step: Step, advice: Advice) -> bool:
        changes = step.changes_of(advice)
        return not changes or any(
            change.fingerprint in self._fingerprints or _spot(change) in self._spots for change in changes
        )

    @cached_property
    def _fingerprints(self) -> frozenset[str]:
        return frozenset(change.fingerprint for change in self.net.changes)

    @cached_property
    def _spots(self) -> frozenset[tuple[str, ...]]:
        return frozenset(spot for change in self.net.breaking if (spot := _spot(change)))


def _spot(change: Change) -> tuple[str, ...]:
    """Where a change is, when that is narrow enough to say that two changes are about the same thing."""
    if not change.path:
        return ()
    return re.sub(r"\{[^}]*\}", "{}", change.url) or change.operation, change.place, change.path


def guide(old: str, new: str) -> Guide:
    """The way from `old` to a newer version; reads what the package carries."""
    return Guide(old, new, tuple(steps_to(*between(old, new))), compare(document(old), document(new)))


def steps_to(*versions: str) -> Iterator[Step]:
    """The step that leads to each version, for those that have one before them."""
    return (Step.from_json(_without_header(log(version))) for version in versions if version in known()[1:])


def _without_header(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if not key.startswith("x-")}
