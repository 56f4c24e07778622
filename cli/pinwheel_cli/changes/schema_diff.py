"""Everything that differs between two schemas, as facts without a direction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from .facts import Effect, Fact, described
from .lifecycle import Stage, stage_change
from .shapes import SINGLE_SCHEMAS
from .union_diff import choice_facts, is_choice
from .value_diff import are_unlike, bound_facts, enum_facts, null_facts, type_facts
from .views import ANYTHING, View

_GROUPS = {
    "patternProperties": "pattern-property",
    "dependentSchemas": "dependent-schema",
    "prefixItems": "prefix-items",
    "allOf": "all-of",
}
_MARKS: dict[str, tuple[str, Effect]] = {
    "x-unit": ("unit-changed", "meaning"),
    "x-currency": ("currency-changed", "meaning"),
    "x-pii": ("pii-changed", "neutral"),
    "x-trim": ("trim-changed", "neutral"),
    "x-plain": ("plain-changed", "neutral"),
}


class Differ:
    """Compares schemas of two documents; each pair of objects once."""

    def __init__(self, today: date | None) -> None:
        self._today = today
        # The views are kept with their facts: an id is only good as long as its object lives.
        self._known: dict[tuple[int, int], tuple[View, View, tuple[Fact, ...]]] = {}

    def compare(self, old: View, new: View) -> tuple[Fact, ...]:
        if old.key == new.key:
            return ()
        if old.key.startswith("^") or new.key.startswith("^"):  # more of it was compared further up
            return (*null_facts(old, new), *type_facts(old, new))
        pair = (id(old), id(new))
        if pair not in self._known:
            self._known[pair] = (old, new, tuple(self._facts(old, new)))
        return self._known[pair][2]

    def _facts(self, old: View, new: View) -> Iterator[Fact]:
        yield from null_facts(old, new)
        if is_choice(old) or is_choice(new):
            yield from choice_facts(old, new, self.compare)
            if is_choice(old) != is_choice(new):
                return
        else:
            yield from type_facts(old, new)
            if are_unlike(old, new) and (old.types or new.types):
                return
        yield from enum_facts(old, new)
        yield from bound_facts(old, new)
        owner = new.name or old.name
        yield from self._properties(old, new, owner)
        yield from self._rest(old, new, owner)
        yield from self._items(old, new)
        yield from _groups(old, new)
        yield from self._schemas(old, new, owner)
        yield from _demands(old, new)
        yield from _marks(old, new)

    def _properties(self, old: View, new: View, owner: str) -> Iterator[Fact]:
        for name in sorted({*old.properties, *new.properties, *old.required, *new.required}):
            before, after = old.properties.get(name), new.properties.get(name)
            needed = (name in old.required, name in new.required)
            if before is None and after is not None:
                flags = _flags(after, needed[1])
                effect: Effect = "narrows" if needed[1] else "widens"
                yield Fact(("property-added",), effect, after=described(after), flags=flags, detail="").below(
                    name, owner
                )
            elif before is not None and after is None:
                flags = _flags(before, needed[0])
                yield Fact(("property-removed",), "narrows", described(before), flags=flags, detail="").below(
                    name, owner
                )
            else:
                for fact in self._kept(before, after, *needed):
                    yield fact.below(name, owner)

    def _kept(self, before: View | None, after: View | None, was_needed: bool, is_needed: bool) -> Iterator[Fact]:
        if was_needed != is_needed:
            flags = _flags(after, is_needed)
            kind: tuple[str, Effect] = ("became-required", "narrows") if is_needed else ("became-optional", "widens")
            yield Fact((kind[0],), kind[1], flags=flags, detail="")
        if before is None or after is None:
            return
        for flag, word in (("readOnly", "read-only"), ("writeOnly", "write-only")):
            if (flag in before.flags) != (flag in after.flags):
                became = f"became-{word}" if flag in after.flags else f"became-not-{word}"
                yield Fact((became,), "neutral", flags=_flags(after, is_needed), detail="")
        old, new = (Stage("deprecated" in view.flags, view.sunset) for view in (before, after))
        if word := stage_change(old, new, self._today):
            yield Fact((word,), "neutral", old.sunset, new.sunset)
        for fact in self.compare(before, after):
            yield fact if fact.path else replace(fact, flags=_flags(after, is_needed))

    def _rest(self, old: View, new: View, owner: str) -> Iterator[Fact]:
        if old.closed != new.closed:
            kind: tuple[str, Effect] = ("closed", "narrows") if new.closed else ("opened", "widens")
            yield Fact((f"additional-properties-{kind[0]}",), kind[1], detail="")
        else:
            yield from (fact.below("*", owner) for fact in self.compare(old.rest or ANYTHING, new.rest or ANYTHING))

    def _items(self, old: View, new: View) -> Iterator[Fact]:
        yield from (fact.below("[]") for fact in self.compare(old.item or ANYTHING, new.item or ANYTHING))

    def _schemas(self, old: View, new: View, owner: str) -> Iterator[Fact]:
        for key in sorted({*old.schemas, *new.schemas}):
            group, _, name = key.partition("/")
            word = SINGLE_SCHEMAS.get(group) or _GROUPS[group]
            before, after = old.schemas.get(key), new.schemas.get(key)
            if before is None or after is None:
                effect: Effect = "narrows" if before is None else "widens"
                kind = f"{word}-{'added' if before is None else 'removed'}"
                yield Fact(
                    (kind,), effect, before and (name or described(before)), after and (name or described(after))
                )
            elif group == "patternProperties":
                yield from (fact.below(f"{{/{name}/}}", owner) for fact in self.compare(before, after))
            elif group == "prefixItems":
                yield from (fact.below(f"[{name}]", owner) for fact in self.compare(before, after))
            elif before.key != after.key:
                yield Fact((f"{word}-changed",), "alters", detail=f"{before.key} {after.key}")


def _flags(view: View | None, required: bool) -> frozenset[str]:
    found = {"required"} if required else set[str]()
    if view is not None and "default" in view.bounds:
        found.add("default")
    if view is not None and "writeOnly" in view.flags:
        found.add("write-only")
    return frozenset(found)


def _groups(old: View, new: View) -> Iterator[Fact]:
    """Of some properties at least one has to be there."""
    for group in sorted(new.needs - old.needs):
        yield Fact(("all-of-added",), "narrows", after=_choice(group))
    for group in sorted(old.needs - new.needs):
        yield Fact(("all-of-removed",), "widens", before=_choice(group))


def _choice(group: tuple[tuple[str, ...], ...]) -> str:
    return " or ".join(" and ".join(names) for names in group)


def _demands(old: View, new: View) -> Iterator[Fact]:
    for key in sorted({*old.demands, *new.demands}):
        before, after = old.demands.get(key), new.demands.get(key)
        if before == after:
            continue
        word: tuple[str, Effect] = ("added", "narrows") if before is None else ("removed", "widens")
        if before is not None and after is not None:
            word = ("changed", "alters")
        shown = [None if names is None else f"{key} -> {', '.join(names)}" for names in (before, after)]
        yield Fact((f"dependent-required-{word[0]}",), word[1], shown[0], shown[1])


def _marks(old: View, new: View) -> Iterator[Fact]:
    for mark, (kind, effect) in _MARKS.items():
        before, after = old.marks.get(mark), new.marks.get(mark)
        if before != after:
            yield Fact((kind,), effect, before, after)
    for keyword in sorted({*old.others, *new.others}):
        if old.others.get(keyword) != new.others.get(keyword):
            yield Fact(("keyword-changed",), "alters", after=keyword, detail=f"{keyword} {new.others.get(keyword)}")
