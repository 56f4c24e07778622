"""Drift: where an answer differs from the spec without being useless, told once and never at the cost of a call."""

import re
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from .logs import log_callback_failure

__all__ = ["Drift", "DriftKind", "DriftMonitor"]

DriftKind = Literal["null", "missing", "type", "enum", "unknown"]
"""null in a required place, a missing required property, another type than declared, an enum value or a property that
the spec does not list."""

_INDEX = r"\[\d+\]"
_MOST_REMEMBERED = 10_000


class Drift(NamedTuple):
    """One difference between an answer and the spec. It never holds the value."""

    kind: DriftKind
    path: str
    """Where it was met, as a JSON path: ``$.data[3].pay_date``."""
    model: str
    """Name of the class that has the property."""
    expected: str
    """What the spec says: ``integer``, ``date``, ``PayFrequency``; empty for an unknown property."""
    operation: str = ""
    """The call: ``accounts.paystubs.list``."""
    request_id: str | None = None

    @property
    def pattern(self) -> str:
        """The path without positions: ``$.data[*].pay_date``."""
        return re.sub(_INDEX, "[*]", self.path)


class DriftMonitor:
    """Hands each distinct (kind, path pattern, model) to a callback once."""

    def __init__(self, callback: Callable[[Drift], object]) -> None:
        self._callback = callback
        self._seen: dict[tuple[str, str, str], object] = {}

    def report(self, drifts: Iterable[Drift]) -> None:
        """Tell the callback what it has not been told. Its exceptions are logged and go no further."""
        for drift in drifts:
            # A bound, should a server invent property names without end.
            if len(self._seen) >= _MOST_REMEMBERED:
                return
            token = object()
            # setdefault is atomic: of several threads that meet the same drift, one gets its own token back.
            if self._seen.setdefault((drift.kind, drift.pattern, drift.model), token) is not token:
                continue
            try:
                self._callback(drift)
            except Exception as error:  # noqa: BLE001 - a callback must never break a call
                log_callback_failure("on_drift", error)
