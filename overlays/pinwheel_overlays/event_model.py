"""What generated webhook and Link events are made of.

Events are msgspec Structs, unlike the models of answers: which class one is follows from the name of the event, and
only Structs carry such a tag.
"""

from typing import ClassVar

import msgspec

from .redaction import MASK

__all__ = ["EventModel"]


class EventModel(msgspec.Struct, frozen=True, kw_only=True):
    """Base of events and of what they carry: frozen, equal by value, a repr that hides personal data."""

    __pii__: ClassVar[frozenset[str]] = frozenset()
    """Fields with personal data: shown as ``***``."""

    def __repr__(self) -> str:
        values = ((name, getattr(self, name)) for name in self.__struct_fields__)
        shown = (
            f"{name}={MASK if name in self.__pii__ and value is not None else repr(value)}" for name, value in values
        )
        return f"{type(self).__name__}({', '.join(shown)})"
