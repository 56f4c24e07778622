"""What a comparison says: one `Change` for each difference that a caller could notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
Document = Mapping[str, Any]

Level = Literal["breaking", "warning", "info"]
LEVELS: tuple[Level, ...] = ("breaking", "warning", "info")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two documents of the API, at one place of one call."""

    rule: str
    """oasdiff's name for this kind of difference. One that begins with `x-` is ours: oasdiff has none for it."""
    level: Level
    """By Pinwheel's own policy, under which new fields in answers and new enum values are compatible."""
    strict: Level
    """By the declared contract alone, as oasdiff judges it."""
    fingerprint: str
    """The same for the same difference, however the documents are ordered, worded or cut into components."""
    operation: str
    """The call, e.g. `link_tokens.create`; `webhook paystubs.added`; empty for the API as a whole."""
    url: str
    """Method and path, e.g. `POST /v1/link_tokens`; empty for webhooks and the API as a whole."""
    place: str
    """Part of the exchange: `request`, `query limit`, `answer 200`, `answer 200 header X-Y`, `delivery`, ..."""
    path: str
    """Where in that part, e.g. `data[].params.amount`; empty for the whole of it."""
    owner: str
    """Named object that holds it: the class in the client, e.g. `JobParams`. For people; not in the fingerprint."""
    before: Any
    after: Any
    text: str
    """What happened, as a sentence."""
    reason: str
    """Why Pinwheel's policy judges it as `level`."""

    @property
    def where(self) -> str:
        """`answer 200 data[].params.amount`."""
        return f"{self.place} {self.path}".strip()

    @property
    def label(self) -> str:
        """`jobs.list, answer 200 data[].params.amount`: what a fingerprint stands for, for people."""
        value = self.before if self.after is None else self.after
        told_apart = f" {value}" if "enum-value" in self.rule or "all-of" in self.rule else ""
        return f"{self.operation or 'the API'}, {self.where}{told_apart}"

    @property
    def breaking(self) -> bool:
        """Whether the policy or the strict contract calls it breaking: such a change needs an explanation."""
        return "breaking" in {self.level, self.strict}

    def as_json(self) -> Json:
        """Plain data, with keys in the order in which people ask."""
        return {
            "fingerprint": self.fingerprint,
            "rule": self.rule,
            "level": self.level,
            "strict": self.strict,
            "operation": self.operation,
            "url": self.url,
            "place": self.place,
            "path": self.path,
            "owner": self.owner,
            "before": self.before,
            "after": self.after,
            "text": self.text,
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, data: Json) -> "Change":
        """What `as_json` gave."""
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences between two documents, in the order of the calls."""

    old: str
    """`info.version` of the older document."""
    new: str
    changes: tuple[Change, ...]

    def count(self, level: Level) -> int:
        """How many changes the policy gives a level."""
        return sum(change.level == level for change in self.changes)

    @property
    def breaking(self) -> tuple[Change, ...]:
        """What needs an explanation."""
        return tuple(change for change in self.changes if change.breaking)
