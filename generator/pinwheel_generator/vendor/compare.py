"""A document of Pinwheel's against the spec: each difference with its place in `spec/`, and its reason if any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pinwheel_cli.changes import Api, Change, compare

from pinwheel_generator.bundle import Bundle
from pinwheel_generator.source import Pointer, SpecFolder
from pinwheel_generator.tree import Json

from .known import Known, read_known
from .reading import version_of


@dataclass(frozen=True)
class Difference:
    """One difference, from the document to the spec."""

    change: Change
    where: str
    """File and line in `spec/`."""
    known: Known | None
    why: str
    """The reason, empty for a new one."""


@dataclass(frozen=True)
class Drift:
    """All differences of one document."""

    document: str
    version: str
    """Of the spec."""
    differences: tuple[Difference, ...]
    unused: tuple[Known, ...]
    """What is expected and is not there."""

    @property
    def new(self) -> tuple[Difference, ...]:
        return tuple(found for found in self.differences if found.known is None)

    def known(self) -> Iterator[tuple[Known, tuple[Difference, ...]]]:
        """By reason, the most frequent first."""
        groups: dict[str, list[Difference]] = {}
        for found in self.differences:
            if found.known is not None:
                groups.setdefault(found.known.title, []).append(found)
        for members in sorted(groups.values(), key=lambda group: (-len(group), group[0].change.rule)):
            if members[0].known is not None:
                yield members[0].known, tuple(members)


def drift(document: Json, spec: SpecFolder, bundle: Bundle) -> Drift:
    """Compare a document, as read, with a version of the spec."""
    name = version_of(document)
    ours = Api(bundle.document)
    rows = read_known(spec)
    used = set[str]()
    found: list[Difference] = []
    for change in compare(Api(document), ours).changes:
        field, required = _field(bundle.document, change)
        known = next((row for row in rows if row.covers(change, name, field, required)), None)
        why = ""
        if known is not None:
            used.add(known.title)
            why = known.why if not known.own or field is None else _own_reason(field)
        found.append(Difference(change, bundle.where(_pointer(bundle.document, change)), known, why))
    unused = tuple(row for row in rows if row.title not in used and row.document in {"", name})
    return Drift(name, bundle.version, tuple(found), unused)


def _owner(change: Change) -> tuple[str, str]:
    name, _, rest = change.owner.partition(".")
    return name, rest.partition(".")[0].partition("[")[0].partition("{")[0]


def _field(document: Json, change: Change) -> tuple[Json | None, bool]:
    """What the spec says of the field, and whether it requires it."""
    name, field = _owner(change)
    schema: Json = document["components"]["schemas"].get(name, {})
    found: Json | None = schema.get("properties", {}).get(field)
    return found, field in schema.get("required", [])


def _own_reason(field: Json) -> str:
    origin: Json = field["x-provenance"]
    return " ".join(f"{origin['source']}{'; ' + origin['note'] if 'note' in origin else ''}".split())


def _pointer(document: Json, change: Change) -> Pointer:
    """Where in the bundle the difference is, as far as it can be told."""
    name, field = _owner(change)
    schema: Json = document["components"]["schemas"].get(name, {})
    if field in schema.get("properties", {}):
        return ("components", "schemas", name, "properties", field)
    if schema:
        return ("components", "schemas", name)
    event = change.operation.removeprefix("webhook ")
    if event in document.get("webhooks", {}):
        return ("webhooks", event)
    method, _, path = change.url.partition(" ")
    if method.lower() in document["paths"].get(path, {}):
        return ("paths", path, method.lower())
    return ()
