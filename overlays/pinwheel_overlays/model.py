"""What every generated model is made of.

A model is an attrs class with slots whose field names are the JSON keys, so that msgspec builds it straight from the
bytes. It is frozen, compares by value, and its repr hides the fields named in ``__pii__``.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar, cast, dataclass_transform

import attrs
import msgspec

from .lazy import load
from .narrow import is_tree
from .redaction import MASK
from .unset import UNSET, UnsetType

__all__ = ["UNSET", "Model", "Timestamp", "UnsetType", "Variants", "model", "resolve_variants", "variant_for"]

Timestamp = Annotated[datetime, msgspec.Meta(tz=True)]
"""A point in time with its offset from UTC."""


class Variants(NamedTuple):
    """The classes that the JSON of one property may be, chosen by a tag."""

    tag: str
    """Name of the tag: looked for in the JSON object itself first, then among the fields of the model that holds it."""

    classes: Mapping[str, str]
    """For each value of the tag ``"module:Class"``, imported when it is met."""


class Model:
    """Base of all models."""

    __slots__ = ()

    __pii__: ClassVar[frozenset[str]] = frozenset()
    """Fields with personal data: shown as ``***``."""

    __variants__: ClassVar[Mapping[str, Variants]] = {}
    """Fields whose class depends on a tag."""

    def __repr__(self) -> str:
        hidden = self.__pii__
        # The bases of attrs classes are not known as such to type checkers.
        names = [field.name for field in attrs.fields(cast("Any", type(self)))]
        fields = ((name, getattr(self, name)) for name in names)
        # None says only that there is nothing to hide; knowing so helps when reading a log.
        shown = (
            f"{name}={MASK if name in hidden and value is not None else repr(value)}"
            for name, value in fields
            if value is not UNSET
        )
        return f"{type(self).__name__}({', '.join(shown)})"


_Class = TypeVar("_Class", bound=type)

_frozen = attrs.frozen(kw_only=True, slots=True, repr=False, eq=True)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(attrs.field,))
def model(cls: _Class) -> _Class:
    """Make a class a model: frozen, slots, keyword arguments only, equality by value, the repr of ``Model``."""
    return _frozen(cls)


def variant_for(variants: Variants, raw: Mapping[str, Any], outer: object) -> type[Any] | None:
    """Return the class for one tagged JSON object, or None when no variant fits.

    ``outer`` is the value of the tag on the model that holds the object.
    """
    for tag in (raw.get(variants.tag), outer):
        if isinstance(tag, str) and tag in variants.classes:
            return cast("type[Any]", load(variants.classes[tag]))
    return None


def resolve_variants(self: Model) -> None:
    """Replace the JSON object in each tagged field by the model its tag names.

    Assign it in the class body: ``__attrs_post_init__ = resolve_variants``. It never raises: an object whose tag is
    unknown, or whose shape is not that of its variant, stays a dict.
    """
    from .lenient import read_leniently  # noqa: PLC0415 - only models with variants need it, and it needs this module

    for name, variants in type(self).__variants__.items():
        raw: object = getattr(self, name)
        if is_tree(raw):
            found = variant_for(variants, raw, getattr(self, variants.tag, None))
            built = None if found is None else read_leniently(raw, found)
            if built is not None:
                object.__setattr__(self, name, built)
