"""Which events the versions of webhooks have. The tables are made by the generator; nothing is built before its use."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, cast, get_args

from pinwheel_overlays.decoders import make_decoder
from pinwheel_overlays.errors import ConfigurationError

__all__ = ["EventCatalogue", "EventSet"]

_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class EventSet:
    """The events of one or more versions: a union of structs, told apart by their names."""

    __slots__ = ("classes", "decode", "members")

    def __init__(self, union: Any) -> None:
        self.members = frozenset(cast("tuple[type[Any], ...]", get_args(union)))
        self.classes: dict[str, type[Any]] = {kind.__struct_config__.tag: kind for kind in self.members}
        self.decode = make_decoder(union).decode


class EventCatalogue:
    """For each date from which on events differ, the union of those that there are from then on."""

    def __init__(self, unions: Mapping[str, Any]) -> None:
        self._unions = dict(sorted(unions.items()))
        self._dates = list(self._unions)
        self._sets: dict[str | None, EventSet] = {}

    def of(self, version: str | None) -> EventSet:
        """The events of a version.

        A version that is newer than this package has those of the newest one it knows, which is how Pinwheel's
        compatible changes are read, too. Without a version (webhooks had none before 2023-04-18): those of the oldest.
        """
        found = self._sets.get(version)
        return found if found is not None else self._find(version)

    def _find(self, version: str | None) -> EventSet:
        last = len(self._dates) - 1
        if version is None:
            index = 0
        elif _VERSION.fullmatch(version):
            index = max(bisect_right(self._dates, version) - 1, 0)
        else:
            index = last
        date = self._dates[index]
        found = self._sets.get(date)
        if found is None:
            # Two threads may both make one; they are equal, and one of them stays.
            found = self._sets.setdefault(date, EventSet(self._unions[date]))
        # Remembered only for plausible versions: the header is not signed, and its values could be endless.
        if version is None or (len(self._sets) < 100 and _VERSION.fullmatch(version)):
            self._sets[version] = found
        return found

    def pinned(self, version: str | None) -> EventSet | None:
        """The events of a version that a program was written for. Raises ConfigurationError if it is no version."""
        if version is None:
            return None
        if not _VERSION.fullmatch(version):
            raise ConfigurationError(f"version is {version!r}; it must be a date, such as '2025-07-08'")
        return self.of(version)

    @property
    def names(self) -> frozenset[str]:
        """The names of all events of all versions."""
        return frozenset(name for date in self._dates for name in self.of(date).classes)
