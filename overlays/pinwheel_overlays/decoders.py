"""What msgspec learns of a type, learned by one thread at a time.

msgspec keeps that on the class itself and puts it there before it is complete, so that a class can be part of itself.
A second thread that meets the half-made record follows a null pointer, and the process dies of a segmentation fault
(seen with 0.22). Whatever may be the first use of a model therefore goes through here; of what is known, nobody waits.
"""

import threading
from typing import Any, TypeVar

import msgspec

from .forks import hold_over_forks

__all__ = ["convert", "make_decoder"]

T = TypeVar("T")

_LEARNING = threading.Lock()
_KNOWN: set[Any] = set()


def make_decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    """Return a decoder, which any number of threads can use."""
    with _LEARNING:
        return msgspec.json.Decoder(kind)


def convert(value: object, kind: type[T], *, strict: bool = True) -> T:
    """Do what ``msgspec.convert`` does. Raises ``msgspec.ValidationError``."""
    if kind not in _KNOWN:
        make_decoder(kind)
        _KNOWN.add(kind)
    return msgspec.convert(value, kind, strict=strict)  # noqa: TID251 - here it is known


# A child of a fork in the middle would keep what is half made for good.
hold_over_forks(make_decoder, _LEARNING)
