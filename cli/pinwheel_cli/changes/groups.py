"""Changes put together for people: what happened to a shared object is told once, with all the calls it reaches."""

from collections.abc import Iterable
from dataclasses import dataclass

from .model import LEVELS, Change, Level
from .wording import shown


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that are one to a reader."""

    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        return self.changes[0]

    @property
    def operations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.operation or "the API" for change in self.changes))

    @property
    def text(self) -> str:
        """One sentence for all: by the name of the object where the paths differ, with all values of an enum."""
        change = self.first
        text = change.text
        if len({change.where for change in self.changes}) > 1 and change.owner:
            text = text.replace(f"`{change.path}`", f"`{change.owner}`")
        values = sorted({str(_value(each)) for each in self.changes if _value(each) is not None})
        if "enum-value" in change.rule and len(values) > 1:
            text = text.replace(str(_value(change)), shown(list(values)))
        return text


def _value(change: Change) -> object:
    return change.after if change.after is not None else change.before


def _is_whole(change: Change) -> bool:
    """Of a call or event itself, not of something in it."""
    return change.place in {"call", "event"}


def _kind(change: Change) -> tuple[str, ...]:
    subject = change.owner or change.path
    if _is_whole(change):
        return change.rule, change.text
    value = "" if "enum-value" in change.rule else f"{change.before} -> {change.after}"
    side = change.place.partition(" ")[0]
    return change.rule, side, subject or change.place, value


def groups_of(changes: Iterable[Change]) -> list[Group]:
    """In the order of the first change of each."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        found.setdefault((change.level, change.strict, *_kind(change)), []).append(change)
    return [Group(tuple(group)) for group in found.values()]


def by_level(changes: Iterable[Change]) -> dict[Level, list[Group]]:
    """Groups under each level that occurs, the worst first."""
    ranked = list(changes)
    found = {level: groups_of(change for change in ranked if change.level == level) for level in LEVELS}
    return {level: groups for level, groups in found.items() if groups}
