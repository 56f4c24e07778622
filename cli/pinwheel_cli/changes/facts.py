"""A difference between two schemas before it is known where they are used: no direction, no rule, no level yet."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from .tree import text_of
from .views import View

# What happens to the set of values that the schema lets through. `meaning`: the same values say something else.
Effect = Literal["narrows", "widens", "alters", "meaning", "neutral"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that differs."""

    kinds: tuple[str, ...]
    """Words for the end of a rule id. The first that oasdiff has a rule for wins; the last is for a rule of ours."""
    effect: Effect
    before: Any = None
    after: Any = None
    path: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    """Of the property: required, default, write-only."""
    detail: str | None = None
    """What tells it from others of the same rule at the same place; from `before` and `after` when not given."""
    owner: str = ""
    """The named object it lies in, and where in it."""
    within: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        return text_of([self.before, self.after]) if self.detail is None else self.detail

    def below(self, step: str, owner: str = "") -> "Fact":
        """The same fact, seen from the schema around it."""
        if self.owner:
            return replace(self, path=(step, *self.path))
        return replace(self, path=(step, *self.path), within=(step, *self.within), owner=owner)


def came_or_went(kind: str, came: bool, *, before: Any = None, after: Any = None, detail: str | None = "") -> Fact:
    """A fact about something that is there or not: more of it lets more through."""
    return Fact((kind,), "widens" if came else "narrows", before, after, detail=detail)


def joined(path: tuple[str, ...]) -> str:
    """`("data", "[]", "params")` as `data[].params`."""
    text = ""
    for step in path:
        text += step if step.startswith(("[", "{")) or not text else f".{step}"
    return text


def described(view: View | None) -> str:
    """The kind of a value in a few words that do not depend on the names of components."""
    if view is None:
        return "anything"
    words = " or ".join(sorted(view.types)) or ("one of several" if view.branches or view.variants else "anything")
    if view.types == frozenset({"array"}):
        words = f"array of {described(view.item)}"
    words += f" ({view.format})" if view.format else ""
    return f"{words} or null" if view.nullable else words
