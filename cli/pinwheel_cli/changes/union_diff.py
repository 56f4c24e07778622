"""Differences of choices: `anyOf`, `oneOf`, and variants that a tag tells apart."""

from collections.abc import Callable, Iterator

from .facts import Effect, Fact, described
from .views import View

Compare = Callable[[View, View], tuple[Fact, ...]]
ALIKE = 0.5


def is_choice(view: View) -> bool:
    return bool(view.branches or view.variants)


def choice_facts(old: View, new: View, compare: Compare) -> Iterator[Fact]:
    """Of two schemas, at least one of which is a choice."""
    if not is_choice(old) or not is_choice(new):
        yield _wrapped_or_unwrapped(old, new)
        return
    if old.tag != new.tag:
        words = {(False, True): "discriminator-added", (True, False): "discriminator-removed"}
        kind = words.get((bool(old.tag), bool(new.tag)), "discriminator-property-name-changed")
        yield Fact((kind,), "neutral", old.tag or None, new.tag or None)
    if old.variants and new.variants:
        yield from _variants(old, new, compare)
    else:
        yield from _branches(old, new, compare)


def _variants(old: View, new: View, compare: Compare) -> Iterator[Fact]:
    for tag in sorted({*old.variants, *new.variants}):
        if tag not in old.variants:
            yield Fact(("discriminator-mapping-added",), "widens", after=tag)
        elif tag not in new.variants:
            yield Fact(("discriminator-mapping-deleted",), "narrows", before=tag)
        else:
            yield from (fact.below(f"{{{tag}}}") for fact in compare(old.variants[tag], new.variants[tag]))


def _branches(old: View, new: View, compare: Compare) -> Iterator[Fact]:
    if old.union != new.union and old.union and new.union:
        # A value that fits two branches is let through by `anyOf` only. Whoever reads it does not care.
        tighter = new.union == "oneOf"
        yield Fact(("choice-tightened",), "narrows") if tighter else Fact(("choice-loosened",), "neutral")
    before = _by_key(old)
    after = _by_key(new)
    gone = [before[key] for key in sorted(before.keys() - after.keys())]
    come = [after[key] for key in sorted(after.keys() - before.keys())]
    for first, second in _pairs(gone, come):
        gone.remove(first)
        come.remove(second)
        yield from (fact.below(f"{{{_label(first)}}}") for fact in compare(first, second))
    word = "one-of" if "oneOf" in {old.union, new.union} else "any-of"
    for view in come:
        yield Fact((f"{word}-added",), "widens", after=_shown(view), detail=view.key)
    for view in gone:
        yield Fact((f"{word}-removed",), "narrows", before=_shown(view), detail=view.key)


def _by_key(view: View) -> dict[str, View]:
    return {branch.key: branch for branch in (*view.branches, *view.variants.values())}


def _pairs(gone: list[View], come: list[View]) -> list[tuple[View, View]]:
    """Those that are the same branch, changed: the most alike first, each used once."""
    ranked = sorted(
        ((likeness(a, b), a.key, b.key, a, b) for a in gone for b in come), key=lambda row: (-row[0], *row[1:3])
    )
    pairs: list[tuple[View, View]] = []
    for score, _, _, first, second in ranked:
        taken = any(first is a or second is b for a, b in pairs)
        if score >= ALIKE and not taken:
            pairs.append((first, second))
    return pairs


def likeness(first: View, second: View) -> float:
    """How much of two schemas is the same, from 0 to 1: by their properties, as names of components may change."""
    if first.types != second.types:
        return 0.0
    ours, theirs = set(first.properties), set(second.properties)
    if not ours and not theirs:
        return 0.0
    constants = [
        name
        for name in ours & theirs
        if "const" in first.properties[name].bounds or "const" in second.properties[name].bounds
    ]
    if any(first.properties[name].key != second.properties[name].key for name in constants):
        return 0.0  # `event: a.added` and `event: b.added` are two things, however alike
    return len(ours & theirs) / len(ours | theirs)


def _label(view: View) -> str:
    """Names a branch by what is in it."""
    constant = next((str(inner.bounds["const"]) for inner in view.properties.values() if "const" in inner.bounds), "")
    return constant or "+".join(sorted(view.required)[:3]) or "+".join(sorted(view.properties)[:3]) or described(view)


def _shown(view: View) -> str:
    return view.name or described(view)


def _wrapped_or_unwrapped(old: View, new: View) -> Fact:
    choice, other, word = (new, old, "added") if is_choice(new) else (old, new, "removed")
    is_in = other.key in _by_key(choice) or any(
        branch.types == other.types and likeness(branch, other) >= ALIKE for branch in _by_key(choice).values()
    )
    if not is_in:
        return Fact(("type-changed",), "alters", described(old), described(new))
    effect: Effect = "widens" if word == "added" else "narrows"
    one = choice.union == "oneOf"
    kinds: tuple[str, ...] = (f"{'one' if one else 'any'}-of-{word}",)
    if one and word == "added":
        kinds = ("wrapped-in-one-of", *kinds)
    return Fact(kinds, effect, described(old), described(new))
