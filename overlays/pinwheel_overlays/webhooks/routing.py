"""Which handlers an event goes to."""

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase
from inspect import iscoroutinefunction
from typing import Any

import attrs

from pinwheel_overlays.errors import ConfigurationError

__all__ = ["Handler", "Routes", "pattern_of"]

_WILDCARDS = frozenset("*?[")


@attrs.frozen
class Handler:
    """A function, and what it is called for."""

    function: Callable[[Any], Any]
    patterns: tuple[str, ...]
    name: str
    """By this name the store remembers what was handled, so it must stay the same from one release to the next."""

    @property
    def is_async(self) -> bool:
        """Whether it has to be awaited."""
        return iscoroutinefunction(self.function) or iscoroutinefunction(getattr(self.function, "__call__", None))  # noqa: B004 - the method is asked about, not called

    def takes(self, event: str) -> bool:
        """Whether it is called for an event of this name."""
        return any(pattern == event or fnmatchcase(event, pattern) for pattern in self.patterns)


class Routes:
    """The handlers of a receiver, in the order in which they were registered."""

    __slots__ = ("_found", "_handlers")

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}
        self._found: dict[str, tuple[Handler, ...]] = {}

    def add(self, handler: Handler) -> None:
        """Add a handler. Raises ConfigurationError if its name is taken."""
        if handler.name in self._handlers:
            raise ConfigurationError(
                f"there is a handler called {handler.name!r} already; pass name= to tell them apart in the store"
            )
        self._handlers[handler.name] = handler
        self._found = {}

    def of(self, event: str) -> tuple[Handler, ...]:
        """The handlers of an event."""
        found = self._found.get(event)
        if found is None:
            found = tuple(handler for handler in self if handler.takes(event))
            if len(self._found) < 1000:  # a sender could invent names without end
                self._found[event] = found
        return found

    def __iter__(self) -> Iterator[Handler]:
        return iter(self._handlers.values())


def pattern_of(target: str | type[Any], known: Iterable[str]) -> str:
    """Return the pattern for what ``on()`` was given: a name, a pattern with wildcards, or the class of an event.

    Raises ConfigurationError for a name without wildcards that no version has: it is a slip far more often than an
    event that is newer than this package.
    """
    if isinstance(target, type):
        name = getattr(getattr(target, "__struct_config__", None), "tag", None)
        if not isinstance(name, str):
            raise ConfigurationError(f"{target.__name__} is no class of an event")
        return name
    known = sorted(known)
    if not _WILDCARDS.intersection(target) and target not in known:
        close = get_close_matches(target, known, 1)
        advice = f"did you mean {close[0]!r}?" if close else f"this package knows {', '.join(known)}."
        raise ConfigurationError(
            f"{target!r} is no event that this package knows; {advice} For an event that is newer, add a wildcard: "
            f"{target + '*'!r}"
        )
    return target
