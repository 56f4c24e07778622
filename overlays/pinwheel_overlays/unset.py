"""The value of a request field that the caller left out.

Leaving a field out and sending ``null`` mean different things to Pinwheel, so ``None`` cannot stand for both.
The marker is msgspec's own: it is falsy, survives copy and pickle as the same object, and is never encoded.
"""

from msgspec import UNSET, UnsetType

__all__ = ["UNSET", "UnsetType"]
