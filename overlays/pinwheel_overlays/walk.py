"""The place in an answer while it is read: which path, inside which model, and whom to tell of drift."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from .drift import Drift, DriftKind
from .redaction import scrub

__all__ = ["ShapeError", "TreeWalk"]

_LONGEST_NAME = 64


class ShapeError(Exception):
    """An object where a list belongs, text where an object belongs, and the like."""

    def __init__(self, path: str, model: str, expected: str, got: str) -> None:
        super().__init__(path, model, expected, got)
        self.path = path
        self.model = model
        self.expected = expected
        self.got = got


class TreeWalk:
    """Follows the reading of one tree."""

    __slots__ = ("_report", "model", "path")

    def __init__(self, report: Callable[[Drift], None]) -> None:
        self.path: list[str | int] = []
        """Property names and positions from the root; ``*`` for a key that is data."""
        self.model = "answer"
        """Name of the class whose property is read."""
        self._report = report

    @contextmanager
    def at(self, step: str | int) -> Generator[None]:
        """Go one step down. After an error the path stays where it happened."""
        self.path.append(step)
        yield
        self.path.pop()

    def drift(self, kind: DriftKind, expected: str) -> None:
        """Report drift at this place."""
        self._report(Drift(kind, self._rendered(), self.model, expected))

    def wrong_shape(self, expected: str, value: object) -> ShapeError:
        """Return the error for a value that cannot be what it should be."""
        return ShapeError(self._rendered(), self.model, expected, _json_kind(value))

    def _rendered(self) -> str:
        return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{_shown(step)}" for step in self.path)


def _shown(name: str) -> str:
    """Return a property name as it may be shown: a name that the spec does not list could hold anything."""
    return scrub(name[:_LONGEST_NAME])


def _json_kind(value: object) -> str:
    if isinstance(value, dict):
        return "object"
    if isinstance(value, list):
        return "array"
    return "string" if isinstance(value, str) else "boolean" if isinstance(value, bool) else "number"
