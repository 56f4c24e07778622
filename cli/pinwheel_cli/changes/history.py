"""Several versions in a row: when each call came, changed and went."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .api import Api
from .compare import compare
from .groups import Group, groups_of
from .model import Change, Comparison, Document, Level
from .versions import between, document

WEBHOOKS = "webhooks you receive"
WHOLE = "the whole API"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a step did to one call."""

    changes: tuple[Change, ...]
    came: bool
    went: bool

    def count(self, level: Level) -> int:
        return sum(change.level == level for change in self.changes)

    @property
    def worst(self) -> Level:
        return "breaking" if self.count("breaking") else "warning" if self.count("warning") else "info"

    @property
    def groups(self) -> list[Group]:
        return groups_of(self.changes)


@dataclass(frozen=True, slots=True)
class Row:
    """One call or event through all versions."""

    name: str
    url: str
    alive: tuple[bool, ...]
    """By version: whether it is there."""
    cells: tuple[Cell | None, ...]
    """By step, one fewer than versions."""

    @property
    def resource(self) -> str:
        """The heading it belongs under: `accounts` for `accounts.paystubs.list`."""
        if not self.name:
            return WHOLE
        return WEBHOOKS if self.name.startswith("webhook ") else self.name.partition(".")[0]

    @property
    def label(self) -> str:
        return self.name.removeprefix("webhook ") or "security and hosts"


@dataclass(frozen=True, slots=True)
class History:
    """The versions, what each step changed, and the same by call."""

    versions: tuple[str, ...]
    steps: tuple[Comparison, ...]
    rows: tuple[Row, ...]

    def resources(self) -> dict[str, list[Row]]:
        """Rows under their headings; what you call first, then what comes to you."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.resource, []).append(row)
        ranked = sorted(found, key=lambda name: (name == WHOLE, name == WEBHOOKS, name))
        return {name: found[name] for name in ranked}


def history(old: Document | Api | str, new: Document | Api | str) -> History:
    """From one document to another, with the versions between where both are Pinwheel-Versions."""
    if isinstance(old, str) and isinstance(new, str):
        apis = [document(version) for version in (old, *between(old, new))]
    else:
        apis = [source if isinstance(source, Api) else _read(source) for source in (old, new)]
    steps = tuple(compare(first, second) for first, second in pairwise(apis))
    names = tuple(api.version or label for api, label in zip(apis, ("old", *("new",) * len(apis)), strict=False))
    return History(names, steps, tuple(_rows(apis, steps)))


def _read(source: Document | str) -> Api:
    return document(source) if isinstance(source, str) else Api(source)


def _rows(apis: list[Api], steps: tuple[Comparison, ...]) -> Iterable[Row]:
    """Of the calls that anything happened to, and of the API as a whole."""
    operations = [{**api.operations, **api.webhooks} for api in apis]
    keys = sorted({key for known in operations for key in known}, key=lambda key: (key.partition(" ")[2], key))
    for key in keys:
        alive = tuple(key in known for known in operations)
        newest = [known[key].call for known in operations if key in known][-1]
        names = {known[key].call.name for known in operations if key in known}
        cells = [_cell(step, names, *pair) for step, pair in zip(steps, pairwise(alive), strict=True)]
        if any(cells):
            yield Row(newest.name, newest.url, alive, tuple(cells))
    whole = [_cell(step, {""}, came_before=True, is_there=True) for step in steps]
    if any(whole):
        yield Row("", "", (True,) * len(apis), tuple(whole))


def _cell(step: Comparison, names: set[str], came_before: bool, is_there: bool) -> Cell | None:
    changes = tuple(change for change in step.changes if change.operation in names)
    if not changes:
        return None
    return Cell(changes, came=is_there and not came_before, went=came_before and not is_there)
