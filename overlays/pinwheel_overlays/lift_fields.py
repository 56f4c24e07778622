"""The fields of a model or an event, however it is made."""

import functools
from collections.abc import Hashable
from types import NoneType
from typing import Any, NamedTuple, cast, get_args, get_type_hints

import attrs
import msgspec

__all__ = ["Field", "fields_of", "name_of", "takes_none"]


class Field(NamedTuple):
    """One field of a class."""

    kind: Any
    """Its type."""
    required: bool
    """Whether an object cannot be made without it."""


def fields_of(kind: type[Any]) -> dict[str, Field]:
    """The fields of an attrs model or of an event, by name."""
    return _fields(cast(Hashable, kind))


@functools.cache
def _fields(kind: Any) -> dict[str, Field]:
    kinds = get_type_hints(kind, include_extras=True)
    if issubclass(kind, msgspec.Struct):
        needed = {found.name: found.required for found in msgspec.structs.fields(kind)}
    else:
        needed = {found.name: found.default is attrs.NOTHING for found in attrs.fields(kind)}
    return {name: Field(kinds[name], required) for name, required in needed.items()}


def takes_none(kind: Any) -> bool:
    """Whether a type lets null through."""
    return NoneType in get_args(kind)


def name_of(kind: type[Any]) -> str:
    """`LinkToken`."""
    return kind.__name__
