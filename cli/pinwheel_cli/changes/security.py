"""Differences of what a call has to prove."""

from collections.abc import Iterator

from .api import Api, Operation, scheme_label
from .collect import WHOLE_API, Call, Collector
from .facts import Effect, Fact
from .naming import Place
from .tree import mapping

_PLACE = Place("request", "operation", "security")
Credentials = tuple[tuple[str, ...], ...]


def compare_global_security(out: Collector, old: Api, new: Api) -> None:
    out.add(WHOLE_API, _PLACE, _requirements(old.credentials(), new.credentials(), "api-global-security"))
    out.add(WHOLE_API, _PLACE, _schemes(old, new))


def compare_security(out: Collector, call: Call, old: Operation, new: Operation) -> None:
    """Of a call that has its own; one that has the API's changes with that."""
    if "security" in old.node or "security" in new.node:
        out.add(call, _PLACE, _requirements(old.security, new.security, "api-security"))


def _requirements(old: Credentials, new: Credentials, word: str) -> Iterator[Fact]:
    came, went = [need for need in new if need not in old], [need for need in old if need not in new]
    for before in list(went):
        after = next((need for need in came if _unscoped(need) == _unscoped(before)), None)
        if after is not None:
            came.remove(after)
            went.remove(before)
            yield from _scopes(before, after, word)
    first: Effect = "widens" if old else "narrows"  # one more way in, or the first lock on an open door
    last: Effect = "narrows" if new else "widens"
    for need in came:
        yield Fact((f"{word}-added",), first, after=" and ".join(need) or "calls without credentials")
    for need in went:
        yield Fact((f"{word}-removed",), last, before=" and ".join(need) or "calls without credentials")


def _scopes(before: tuple[str, ...], after: tuple[str, ...], word: str) -> Iterator[Fact]:
    old, new = (set(" ".join(_scopes_of(label) for label in need).split()) for need in (before, after))
    for scope in sorted(new - old):
        yield Fact((f"{word}-scope-added",), "narrows", after=scope)
    for scope in sorted(old - new):
        yield Fact((f"{word}-scope-removed",), "widens", before=scope)


def _unscoped(need: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(label.partition(" [")[0] for label in need)


def _scopes_of(label: str) -> str:
    return label.partition(" [")[2].rstrip("]")


def _schemes(old: Api, new: Api) -> Iterator[Fact]:
    before, after = (
        {
            name: scheme_label(node)
            for name, node in mapping(mapping(api.document, "components"), "securitySchemes").items()
        }
        for api in (old, new)
    )
    for name in sorted(before.keys() & after.keys()):
        if before[name] != after[name] and before[name] not in after.values() and after[name] not in before.values():
            yield Fact(("api-security-component-type-changed",), "alters", before.pop(name), after.pop(name))
    for label in sorted(set(after.values()) - set(before.values())):
        yield Fact(("api-security-component-added",), "widens", after=label)
    for label in sorted(set(before.values()) - set(after.values())):
        yield Fact(("api-security-component-removed",), "neutral", before=label)
