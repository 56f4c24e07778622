"""Objects of an older version made into those of a newer one, where that loses nothing.

What is special about a class at a version is data (``Rule``), written beside the explanation of what the version broke.
Everything else follows from the classes: fields of the same name are kept, and nested objects are lifted, too.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple, cast

import msgspec

from .decoders import convert
from .errors import InputError
from .event_model import EventModel
from .lift_fields import Field, fields_of, name_of, takes_none
from .model import Model
from .narrow import is_array
from .unset import UNSET

__all__ = ["LiftError", "LiftReport", "Lifter", "Rule"]


class Rule(NamedTuple):
    """What becomes of one field of an older class."""

    source: str
    """The field of the older class. Where it is null, nothing is to be done."""
    into: str = ""
    """The field of the newer class that gets its value; with dots, of an object in it."""
    reading: str = ""
    """How the value is read: ``moment`` is a number of seconds since 1970 as a point in time."""
    value: object = None
    """What ``into`` gets in place of the value of the source."""
    same_as: str = ""
    """It may go where it holds the same as this field."""


Rules = Mapping[tuple[str, str], tuple[Rule, ...]]
"""By version and class: what that version did to that class."""


class LiftError(InputError):
    """An object cannot be made into that of another version without loss or invention; names the fields, no values."""

    def __init__(self, text: str, missing: tuple[str, ...] = (), lost: tuple[str, ...] = ()) -> None:
        super().__init__(text, missing, lost)
        self.text = text
        self.missing = missing
        """What the newer object needs and the older one cannot tell: hand it over with ``given``."""
        self.lost = lost
        """What the older object says and the newer one has no place for: give it up with ``without``."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class LiftReport:
    """What became of an object on its way to a newer version."""

    value: Any
    """The newer object, or None where ``missing`` or ``lost`` is not empty."""
    unknown: tuple[str, ...]
    """Fields of the newer class that the older object could not tell; they are null."""
    missing: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(slots=True)
class _Way:
    """One lift: what was handed over, and what was found out."""

    given: dict[str, object]
    without: set[str]
    unknown: dict[str, None] = field(default_factory=dict[str, None])
    missing: dict[str, None] = field(default_factory=dict[str, None])
    lost: dict[str, None] = field(default_factory=dict[str, None])


class Lifter:
    """Lifts objects of one package with a module for each version."""

    def __init__(self, package: str, versions: Sequence[str], rules: Rules, sent: frozenset[str]) -> None:
        self._package, self._versions, self._rules, self._sent = package, tuple(versions), rules, sent

    def report(
        self, old: object, to: str | type[Any], given: Mapping[str, object], without: Sequence[str]
    ) -> LiftReport:
        """Go from version to version. Raises LiftError where there is no way at all."""
        start = self._version_of(type(old))
        end = self._version_of(to) if isinstance(to, type) else to
        if end not in self._versions:
            raise LiftError(f"There is no version {end!r}; there are {', '.join(self._versions)}.")
        if isinstance(to, type) and to.__name__ != type(old).__name__:
            raise LiftError(f"{_named(old)} cannot become {name_of(to)}: they are different things.")
        way, value = _Way(dict(given), set(without)), old
        for version in self._versions:
            if start < version <= end:
                value = self._step(value, version, "", way)
        if end < start and self._class_at(end, type(old)) is not type(old):
            raise LiftError(f"{_named(old)} is of {start}, and {end} is older: objects are only made newer.")
        if unused := [*way.given, *way.without]:
            raise LiftError(f"{_named(old)} leaves nothing open at {', '.join(unused)}.")
        broken = way.missing or way.lost
        return LiftReport(None if broken else value, tuple(way.unknown), tuple(way.missing), tuple(way.lost))

    def lift(self, old: object, to: str | type[Any], given: Mapping[str, object], without: Sequence[str]) -> Any:
        """The newer object. Raises LiftError."""
        found = self.report(old, to, given, without)
        if found.missing or found.lost:
            end = to if isinstance(to, str) else self._version_of(to)
            reasons = [f"it does not say {', '.join(found.missing)} (hand that over with `given`)"] * bool(
                found.missing
            )
            reasons += [f"{', '.join(found.lost)} would be lost (give that up with `without`)"] * bool(found.lost)
            text = f"{_named(old)} cannot become that of {end}: {'; '.join(reasons)}."
            raise LiftError(text, found.missing, found.lost)
        return found.value

    def _version_of(self, kind: type[Any]) -> str:
        """The newest version that has the class."""
        if not issubclass(kind, Model | EventModel):
            raise LiftError(f"{name_of(kind)} is not a class of {self._package}: models and events can be lifted.")
        if kind.__name__ in self._sent:
            raise LiftError(f"{name_of(kind)} is what you send. Make it anew, by the rules of the newer version.")
        for version in reversed(self._versions):
            if self._class_at(version, kind) is kind:
                return version
        raise LiftError(f"{name_of(kind)} is not a class of any version in {self._package}.")

    def _class_at(self, version: str, kind: type[Any]) -> type[Any] | None:
        """What a version has under the name of a class; None where it has nothing."""
        place: ModuleType = import_module(f"{self._package}.v{version.replace('-', '_')}")
        if issubclass(kind, EventModel):
            place = place.link if kind.__module__.endswith(".link") else place.events
        return cast("type[Any] | None", getattr(place, kind.__name__, None))

    def _step(self, value: object, version: str, path: str, way: _Way) -> object:
        """A value as the version has it; a value that the version did not change is given back as it is."""
        if is_array(value):
            lifted = [self._step(item, version, f"{path}[]", way) for item in value]
            return value if all(new is old for new, old in zip(lifted, value, strict=True)) else lifted
        if not isinstance(value, Model | EventModel):
            return value
        kind = type(value)
        newer = self._class_at(version, kind)
        if newer is None:
            raise LiftError(f"{_named(value)} is not in {version} any more, and nothing takes its place.")
        found = {
            name: self._step(getattr(value, name), version, f"{path}.{name}".lstrip("."), way)
            for name in fields_of(kind)
        }
        if newer is kind and all(found[name] is getattr(value, name) for name in found):
            return value
        rules = self._rules.get((version, kind.__name__), ()) if newer is not kind else ()
        return _made(newer, found, rules, path, way)


def _named(value: object) -> str:
    return f"This {name_of(type(value))}"


def _made(kind: type[Any], have: dict[str, object], rules: tuple[Rule, ...], path: str, way: _Way) -> object:
    """An object of the newer class out of the fields of the older one."""
    moved: dict[str, object] = {}
    left = set[str]()
    for rule in rules:
        value = have[rule.source]
        if rule.same_as and value == have[rule.same_as]:
            left.add(rule.source)
        elif rule.into:
            left.add(rule.source)
            if value is not None:
                _put(moved, rule.into, _read(rule, value))
    wanted = fields_of(kind)
    values: dict[str, object] = {}
    for name, its in wanted.items():
        at = f"{path}.{name}".lstrip(".")
        if name in moved:
            values[name] = _built(moved[name], its, at, way)
        elif name in have and name not in left:
            values[name] = have[name]
        elif (found := _otherwise(its, at, way)) is not UNSET:
            values[name] = found
    for name, value in have.items():
        at = f"{path}.{name}".lstrip(".")
        if name not in wanted and name not in left and value is not None and value != []:
            if at in way.without:
                way.without.discard(at)
            else:
                way.lost[at] = None
    return kind(**values) if values.keys() >= {name for name, its in wanted.items() if its.required} else None


def _otherwise(its: Field, at: str, way: _Way) -> object:
    """What a field gets that the older object says nothing about; UNSET where nothing can stand in for it."""
    if at in way.given:
        return _converted(way.given.pop(at), its, at)
    if not takes_none(its.kind):
        way.missing[at] = None
        return UNSET
    # Parts of it may be handed over, though not the whole.
    parts = dict(_parts(at, way))
    if parts:
        return _built(parts, its, at, way)
    way.unknown[at] = None
    return None


def _parts(at: str, way: _Way, own: Container[str] = ()) -> Iterator[tuple[str, object]]:
    """What was handed over of an object's fields, but for its own ones."""
    for key in [key for key in way.given if key.startswith(f"{at}.")]:
        if (name := key.removeprefix(f"{at}.")) not in own:
            yield name, way.given.pop(key)


def _put(tree: dict[str, object], into: str, value: object) -> None:
    name, _, rest = into.partition(".")
    if rest:
        inner = tree.setdefault(name, {})
        _put(cast("dict[str, object]", inner), rest, value)
    else:
        tree[name] = value


def _read(rule: Rule, value: object) -> object:
    if rule.value is not None:
        return rule.value
    return _moment(rule, cast("int", value)) if rule.reading == "moment" else value


def _moment(rule: Rule, seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):  # which of them depends on the platform
        raise LiftError(f"{rule.source} is no time in seconds since 1970.") from None


def _built(value: object, its: Field, at: str, way: _Way) -> object:
    """The value of a field that was put together: of an object, the parts that nobody told are unknown."""
    if not isinstance(value, dict):
        return value
    own = cast("dict[str, object]", value)
    told = {**own, **dict(_parts(at, way, own))}
    built = _converted(told, its, at)
    for name in fields_of(type(built)):
        if name not in told:
            way.unknown[f"{at}.{name}"] = None
    return built


def _converted(value: object, its: Field, at: str) -> object:
    """A value as its field has it: a text becomes a member of an enum, a mapping becomes an object."""
    try:
        return cast("object", convert(value, its.kind))
    except msgspec.ValidationError:
        # Its text may quote the value.
        raise LiftError(f"What was given for {at} does not fit there.") from None
