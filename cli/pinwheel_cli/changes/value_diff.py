"""Differences of single values: type, null, enum, limits, default."""

from collections.abc import Iterator
from typing import Any

from .facts import Effect, Fact, described
from .shapes import IMPLIED, LIMITS
from .views import View

_WIDER_FORMATS = {("int32", "int64"), ("float", "double")}
_ANY_TEXT = {"", ".*", "^.*$", "^.*", ".*$"}


def type_facts(old: View, new: View) -> Iterator[Fact]:
    """At most one: what became of the type and its format."""
    kinds, effect = _type_change(old, new)
    if kinds:
        yield Fact(kinds, effect, _words(old), _words(new))


def are_unlike(old: View, new: View) -> bool:
    """Whether the values are of so different kinds that comparing them any further tells nothing."""
    return (old.types != new.types and _type_change(old, new)[1] == "alters") or not old.types or not new.types


def _type_change(old: View, new: View) -> tuple[tuple[str, ...], Effect]:
    before, after = _with_integers(old.types), _with_integers(new.types)
    if before == after:
        return _format_change(old.format, new.format)
    if not after:
        return ("type-generalized",), "widens"
    if not before:
        return ("type-specialized", "type-changed"), "narrows"
    several = len(old.types) > 1 or len(new.types) > 1
    if before < after:
        return ("list-of-types-widened", "type-generalized") if several else ("type-generalized",), "widens"
    if before > after:
        narrowed = ("list-of-types-narrowed", "type-specialized", "type-changed")
        return narrowed if several else ("type-specialized", "type-changed"), "narrows"
    return ("type-changed",), "alters"


def _format_change(old: str, new: str) -> tuple[tuple[str, ...], Effect]:
    if old == new:
        return (), "neutral"
    if not new or (old, new) in _WIDER_FORMATS:
        return ("type-generalized",), "widens"
    if not old or (new, old) in _WIDER_FORMATS:
        return ("type-specialized", "type-changed"), "narrows"
    return ("type-changed",), "alters"


def _with_integers(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _words(view: View) -> str:
    return described(view).removesuffix(" or null")


def null_facts(old: View, new: View) -> Iterator[Fact]:
    if old.nullable != new.nullable:
        yield (
            Fact(("became-nullable",), "widens", detail="")
            if new.nullable
            else Fact(("became-not-nullable",), "narrows", detail="")
        )


def enum_facts(old: View, new: View) -> Iterator[Fact]:
    """Values that came and went, and whether others are let through."""
    before, after = _values(old, new), _values(new, old)
    if before is None or after is None:
        yield from _enum_came_or_went(old, new)
        return
    for value in sorted(after - before):
        yield Fact(("enum-value-added",), "widens", after=value)
    for value in sorted(before - after):
        yield Fact(("enum-value-removed",), "narrows", before=value)
    if old.open != new.open:
        kind: tuple[str, Effect] = ("enum-opened", "widens") if new.open else ("enum-closed", "narrows")
        yield Fact((kind[0],), kind[1], detail="")


def _values(view: View, other: View) -> frozenset[str] | None:
    """A fixed text is an enum of one where the other schema has an enum."""
    fixed = view.bounds.get("const")
    return frozenset({fixed}) if isinstance(fixed, str) and other.values is not None else view.values


def _enum_came_or_went(old: View, new: View) -> Iterator[Fact]:
    if new.values is not None:
        narrower: Effect = "neutral" if new.open else "narrows"
        kind = "values-listed" if new.open else "became-enum"
        yield Fact((kind,), narrower, after=sorted(new.values), detail="")
    elif old.values is not None:
        wider: Effect = "neutral" if old.open else "widens"
        kind = "values-unlisted" if old.open else "enum-dropped"
        yield Fact((kind,), wider, before=sorted(old.values), detail="")


def bound_facts(old: View, new: View) -> Iterator[Fact]:
    """Limits, patterns, defaults and constants."""
    for keyword, (word, side) in LIMITS.items():
        yield from _limit(word, side == "above", _bound(old, keyword), _bound(new, keyword))
    before, after = old.bounds.get("pattern"), new.bounds.get("pattern")
    if before != after:
        yield _pattern(before, after)
    for keyword, word in (("const", "const"), ("default", "default-value")):
        if keyword == "const" and _values(old, new) is not None and _values(new, old) is not None:
            continue
        if (keyword in old.bounds) != (keyword in new.bounds) or old.bounds.get(keyword) != new.bounds.get(keyword):
            yield _set_or_not(word, keyword, old, new)
    for keyword, word in (("contentMediaType", "content-media-type"), ("contentEncoding", "content-encoding")):
        if old.bounds.get(keyword) != new.bounds.get(keyword):
            yield Fact((f"{word}-changed",), "alters", old.bounds.get(keyword), new.bounds.get(keyword))


def _bound(view: View, keyword: str) -> Any:
    return view.bounds.get(keyword, IMPLIED.get(keyword))


def _limit(word: str, above: bool, before: Any, after: Any) -> Iterator[Fact]:
    if before == after:
        return
    tighter, looser = ("decreased", "increased") if above else ("increased", "decreased")
    if before is None:
        yield Fact((f"{word}-set", f"{word}-{tighter}"), "narrows", before, after)
    elif after is None:
        yield Fact((f"{word}-unset", f"{word}-{looser}"), "widens", before, after)
    elif (after < before) == above:
        yield Fact((f"{word}-{tighter}",), "narrows", before, after)
    else:
        yield Fact((f"{word}-{looser}",), "widens", before, after)


def _pattern(before: Any, after: Any) -> Fact:
    if before is None:
        return Fact(("pattern-added",), "narrows", before, after)
    if after is None:
        return Fact(("pattern-removed",), "widens", before, after)
    if after in _ANY_TEXT:
        return Fact(("pattern-generalized", "pattern-changed"), "widens", before, after)
    return Fact(("pattern-changed",), "alters", before, after)


def _set_or_not(word: str, keyword: str, old: View, new: View) -> Fact:
    before, after = old.bounds.get(keyword), new.bounds.get(keyword)
    is_limit = word == "const"
    if keyword not in old.bounds:
        return Fact((f"{word}-added",), "narrows" if is_limit else "neutral", before, after)
    if keyword not in new.bounds:
        return Fact((f"{word}-removed",), "widens" if is_limit else "neutral", before, after)
    return Fact((f"{word}-changed",), "alters" if is_limit else "neutral", before, after)
