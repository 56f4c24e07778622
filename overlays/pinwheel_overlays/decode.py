"""From the bytes of an answer to models.

The fast way is one msgspec call over the whole body: nothing here runs per item. Only what it refuses is read again
leniently. Unknown properties and unknown enum values do not disturb the fast way, so they are looked for, in a second
call of msgspec, only when somebody asked to be told.
"""

from typing import Any, NamedTuple

import msgspec

from .decoders import make_decoder
from .drift import Drift
from .response import Envelope, Meta

__all__ = ["Decoded", "Unreadable", "decode_answer"]

_NO_META = Meta()

_DECODERS: dict[Any, "msgspec.json.Decoder[Any]"] = {}


class Decoded(NamedTuple):
    """The data of an answer, its metadata, and where it differs from the spec."""

    data: Any
    meta: Meta
    drifts: list[Drift]


class Unreadable(Exception):  # noqa: N818 - never leaves the package: the caller gets a ResponseDecodeError
    """An answer that no object can be made of."""

    def __init__(
        self,
        message: str,
        location: str = "$",
        model: str = "",
        *,
        damaged: bool = False,
        drifts: tuple[Drift, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.location = location
        self.model = model
        self.drifts = drifts
        self.damaged = damaged
        """Not JSON at all: cut off or replaced on the way, so that another attempt may bring a good one."""


def decode_answer(body: bytes, model: Any, *, observe: bool = False) -> Decoded:
    """Read ``{"data": <model>, "meta": {...}}``.

    ``model`` is a model class, or ``list[Class]``. With ``observe``, unknown properties and enum values are looked for
    as well. Raises Unreadable.
    """
    refusal = ""
    try:
        envelope = _decoder(model).decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        envelope, refusal = None, str(error)
    if envelope is not None and not (observe and _may_drift(body, model)):
        return Decoded(envelope.data, envelope.meta or _NO_META, [])

    from .decode_again import decode_again  # noqa: PLC0415 - what most programs never need, they should not load

    return decode_again(body, model, envelope, refusal)


def _may_drift(body: bytes, model: Any) -> bool:
    from .exact import is_exact  # noqa: PLC0415 - loaded by who asks to be told

    return not is_exact(body, model)


def _decoder(model: Any) -> "msgspec.json.Decoder[Any]":
    decoder = _DECODERS.get(model)
    if decoder is None:
        # Two threads may both make one; they are equal, and one of them stays.
        decoder = _DECODERS.setdefault(model, make_decoder(Envelope[model]))
    return decoder
