"""`spec/changes/`: why each breaking change was made and what to do about it, held against what really changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pinwheel_cli.changes import Change, compare
from pinwheel_cli.changes.guide import Advice, Step

from .bundle import Bundle
from .lifts import Lifts, problems_of, rules_of
from .lint import CONFIDENCE
from .render import Version
from .source import Pointer, Source, SpecError, SpecFolder
from .tree import Json, is_list, is_mapping

FOLDER = "changes"
_TEXTS = ("title", "why", "do", "before", "after")
_KEYS = {*_TEXTS, "breaks", "x-provenance"}
_MORE = {"lift"}


@dataclass
class ChangeLog:
    """What the versions changed, explained, and how stored objects follow."""

    steps: list[Step]
    lifts: Lifts


def read_change_log(spec: SpecFolder, bundles: dict[str, Bundle], versions: list[Version]) -> ChangeLog:
    """Every step from one version to the next; all that is missing, stale or broken is told at once."""
    steps: list[Step] = []
    lifts: Lifts = {}
    problems = list(_strangers(spec, versions))
    for older, newer in pairwise(versions):
        changes = compare(bundles[older.date].document, bundles[newer.date].document).changes
        log = _Log(spec, bundles[newer.date], bundles[older.date], changes)
        problems += log.problems()
        if not problems:
            steps.append(Step(older.date, newer.date, newer.summary, changes, tuple(log.advice())))
            lifts |= {(newer.date, name): rules for name, rules in log.lifts()}
    if problems:
        raise SpecError(problems)
    return ChangeLog(steps, lifts)


def file_of(version: str) -> str:
    return f"{FOLDER}/{version}.yaml"


def sources_of(spec: SpecFolder, version: str) -> set[str]:
    """The explanations of a version, where it has any."""
    return {file_of(version)} if (spec.root / file_of(version)).is_file() else set()


def _strangers(spec: SpecFolder, versions: list[Version]) -> Iterator[str]:
    known = {version.date for version in versions[1:]}
    for path in sorted((spec.root / FOLDER).glob("*.yaml")):
        if path.stem not in known:
            yield f"{spec.where(path, ())}: no version {path.stem} comes after another one"


class _Log:
    """One file of explanations, beside the changes that it is to explain."""

    def __init__(self, spec: SpecFolder, newer: Bundle, older: Bundle, changes: tuple[Change, ...]) -> None:
        self._path = spec.root / file_of(newer.version)
        self._name = f"{spec.root.name}/{file_of(newer.version)}"
        self._pair = f"{newer.version} against {older.version}"
        self._older, self._newer = older, newer
        self._changes = {change.fingerprint: change for change in changes}
        self._needed = {change.fingerprint for change in changes if change.breaking}
        self._source: Source | None = spec.read(self._path) if self._path.is_file() else None

    def _at(self, *pointer: str | int) -> str:
        return f"{self._name}:{self._source.line(pointer) if self._source else 1}"

    def _entries(self) -> list[Json]:
        data: object = self._source.data if self._source else {}
        found = data.get("entries") if is_mapping(data) else None
        return [entry for entry in found if is_mapping(entry)] if is_list(found) else []

    def advice(self) -> Iterator[Advice]:
        for entry in self._entries():
            origin = entry["x-provenance"]
            texts = {key: str(entry[key]).strip() for key in _TEXTS}
            yield Advice(
                **texts,
                breaks=tuple(entry["breaks"]),
                confidence=origin["confidence"],
                source=origin["source"],
                note=origin.get("note", ""),
            )

    def lifts(self) -> Iterator[tuple[str, list[Json]]]:
        """The rules of each class; several entries may be about one."""
        found: dict[str, list[Json]] = {}
        for entry in self._entries():
            for name, rules in rules_of(entry.get("lift", {})).items():
                found.setdefault(name, []).extend(rules)
        yield from sorted(found.items())

    def problems(self) -> Iterator[str]:
        if self._source is not None and not (
            is_mapping(self._source.data) and is_list(self._source.data.get("entries"))
        ):
            yield f"{self._at()}: `entries` has to be a list, empty where nothing broke"
            return
        explained: set[str] = set()
        for index, entry in enumerate(self._entries()):
            yield from self._of_entry(index, entry)
            breaks = entry.get("breaks")
            for fingerprint in breaks if is_mapping(breaks) else ():
                if fingerprint in explained:
                    yield f"{self._at('entries', index, 'breaks', fingerprint)}: {fingerprint} is explained twice"
                explained.add(fingerprint)
        for fingerprint in sorted(self._needed - explained, key=lambda known: self._changes[known].label):
            change = self._changes[fingerprint]
            yield (
                f"{self._at()}: nothing explains `{fingerprint}: {change.label}` ({change.text}), a breaking change of "
                f"{self._pair}; it belongs under `breaks` of an entry"
            )

    def _of_entry(self, index: int, entry: Json) -> Iterator[str]:
        for key in sorted(_KEYS - entry.keys()):
            yield f"{self._at('entries', index)}: the entry lacks `{key}`"
        for key in sorted(entry.keys() - _KEYS - _MORE):
            yield f"{self._at('entries', index, key)}: an entry has no `{key}`"
        for key in _TEXTS:
            if key in entry and not (isinstance(entry[key], str) and entry[key].strip()):
                yield f"{self._at('entries', index, key)}: `{key}` has to be text"
        for key in ("before", "after"):
            yield from self._of_code(entry.get(key), ("entries", index, key))
        origin = entry.get("x-provenance")
        if "x-provenance" in entry and not (
            is_mapping(origin) and origin.get("confidence") in CONFIDENCE and origin.get("source")
        ):
            yield f"{self._at('entries', index, 'x-provenance')}: x-provenance needs a confidence and a source"
        for at, problem in problems_of(entry.get("lift", {}), self._older, self._newer):
            yield f"{self._at('entries', index, 'lift', *at)}: {problem}"
        breaks = entry.get("breaks")
        if not is_mapping(breaks):
            yield f"{self._at('entries', index, 'breaks')}: `breaks` maps fingerprints to where they are"
            return
        for fingerprint, label in breaks.items():
            yield from self._of_break(fingerprint, label, ("entries", index, "breaks", fingerprint))

    def _of_code(self, text: object, pointer: Pointer) -> Iterator[str]:
        if isinstance(text, str):
            try:
                ast.parse(text)
            except SyntaxError as error:
                yield f"{self._at(*pointer)}: line {error.lineno} of the snippet is not Python: {error.msg}"

    def _of_break(self, fingerprint: str, label: object, pointer: Pointer) -> Iterator[str]:
        change = self._changes.get(fingerprint)
        if change is None or fingerprint not in self._needed:
            yield f"{self._at(*pointer)}: {fingerprint} is no breaking change of {self._pair}; remove it"
        elif label != change.label:
            yield f"{self._at(*pointer)}: {fingerprint} is `{change.label}`, not `{label}`"
