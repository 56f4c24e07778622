"""Changes put together for people: what happened to a shared object is told once, with all the calls it reaches."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .model import LEVELS, Change, Level
from .wording import shown

_ONE_NAME = re.compile(r"(`[^`]+`) (is|has|may|can|takes)( [^`]*)")
_PLURAL = {"is": "are", "has": "have", "takes": "take"}


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that are one to a reader."""

    changes: tuple[Change, ...]
    text: str
    """One sentence for all of them."""

    @property
    def first(self) -> Change:
        return self.changes[0]

    @property
    def operations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.operation or "the API" for change in self.changes))


def groups_of(changes: Iterable[Change]) -> list[Group]:
    """In the order of the first change of each."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        found.setdefault((change.level, change.strict, *_kind(change)), []).append(change)
    return _merged([Group(tuple(members), _text(members)) for members in found.values()])


def by_level(changes: Iterable[Change]) -> dict[Level, list[Group]]:
    """Groups under each level that occurs, the worst first."""
    ranked = list(changes)
    found: dict[Level, list[Group]] = {
        level: groups_of(change for change in ranked if change.level == level) for level in LEVELS
    }
    return {level: groups for level, groups in found.items() if groups}


def _value(change: Change) -> object:
    return change.after if change.after is not None else change.before


def _kind(change: Change) -> tuple[str, ...]:
    if change.place in {"call", "event"}:
        return change.rule, change.text
    value = "" if "enum-value" in change.rule else f"{change.before} -> {change.after}"
    return change.rule, change.place.partition(" ")[0], change.owner or change.path or change.place, value


def _text(members: list[Change]) -> str:
    """By the name of the object where the paths differ, with all values of an enum."""
    change = members[0]
    text = change.text
    if len({each.where for each in members}) > 1 and change.owner:
        text = text.replace(f"`{change.path}`", f"`{change.owner}`")
    values = sorted({str(_value(each)) for each in members if _value(each) is not None})
    if "enum-value" in change.rule and len(values) > 1:
        text = text.replace(str(_value(change)), shown(list(values)))
    return text


def _merged(groups: list[Group]) -> list[Group]:
    """`a` is gone and `b` is gone: `a`, `b` are gone."""
    found: dict[tuple[object, ...], list[Group]] = {}
    for group in groups:
        match = _ONE_NAME.fullmatch(group.text)
        change = group.first
        key = (
            (change.level, change.strict, change.rule, group.operations, match[2], match[3]) if match else (id(group),)
        )
        found.setdefault(key, []).append(group)
    return [members[0] if len(members) == 1 else _joined(members) for members in found.values()]


def _joined(groups: list[Group]) -> Group:
    parts = [match for group in groups if (match := _ONE_NAME.fullmatch(group.text))]
    names = ", ".join(match[1] for match in parts)
    verb, rest = parts[0][2], parts[0][3]
    changes = tuple(change for group in groups for change in group.changes)
    return Group(changes, f"{names} {_PLURAL.get(verb, verb)}{rest}")
