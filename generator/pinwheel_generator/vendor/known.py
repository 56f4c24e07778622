"""`spec/vendor/known.yaml`: the differences that are meant, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from pinwheel_cli.changes import Change

from pinwheel_generator.lint import CONFIDENCE
from pinwheel_generator.source import SpecError, SpecFolder
from pinwheel_generator.tree import Json, is_list, is_mapping

FILE = "vendor/known.yaml"
_KEYS = {"title", "rules", "where", "optional", "own", "document", "why", "x-provenance"}


@dataclass(frozen=True)
class Known:
    """One kind of difference that is meant."""

    title: str
    why: str
    source: str
    confidence: str
    rules: tuple[str, ...]
    where: tuple[str, ...]
    optional: bool
    own: bool
    document: str

    def covers(self, change: Change, document: str, field: Json | None, required: bool) -> bool:
        """Whether it is this one; `field` is what the spec says of it, where it is a field."""
        if self.document not in {"", document}:
            return False
        if not any(fnmatchcase(change.rule, pattern) for pattern in self.rules):
            return False
        if self.optional and (field is None or required):
            return False
        if self.own and (field is None or "x-provenance" not in field):
            return False
        places = (change.operation, f"{change.operation} {change.place} {change.path}", change.owner)
        return not self.where or any(fnmatchcase(place, pattern) for place in places for pattern in self.where)


def read_known(spec: SpecFolder) -> list[Known]:
    """All of them; what is missing or misspelt in the file is told with its line."""
    source = spec.read(spec.root / FILE)
    rows: object = source.data.get("known") if is_mapping(source.data) else None
    if not is_list(rows):
        raise SpecError([f"{spec.where(source.path, ())}: `known` has to be a list"])
    problems = [
        f"{spec.where(source.path, ('known', index))}: {problem}"
        for index, row in enumerate(rows)
        for problem in _problems(row)
    ]
    if problems:
        raise SpecError(problems)
    return [_known(row) for row in rows]


def _known(row: Json) -> Known:
    origin = row["x-provenance"]
    return Known(
        title=row["title"],
        why=" ".join(row["why"].split()),
        source=origin["source"],
        confidence=origin["confidence"],
        rules=tuple(row["rules"]),
        where=tuple(row.get("where", ())),
        optional=row.get("optional", False),
        own=row.get("own", False),
        document=row.get("document", ""),
    )


def _problems(row: object) -> Iterator[str]:
    if not is_mapping(row):
        yield "each is a mapping"
        return
    for key in sorted(row.keys() - _KEYS):
        yield f"there is no `{key}`"
    for key in ("title", "why"):
        if not isinstance(row.get(key), str):
            yield f"`{key}` has to be text"
    for key in ("rules", "where"):
        if not is_list(row.get(key, [] if key == "where" else None)):
            yield f"`{key}` has to be a list"
    origin = row.get("x-provenance")
    if not (is_mapping(origin) and origin.get("confidence") in CONFIDENCE and origin.get("source")):
        yield "x-provenance names a confidence (stated, observed, inferred) and a source"
