"""From the bytes of an answer to models.

The fast way is one msgspec call over the whole body: nothing here runs per item. Only what it refuses is read again
leniently. Unknown properties and unknown enum values do not disturb the fast way, so they are looked for, in a second
pass, only when somebody asked to be told.
"""

from typing import Any, NamedTuple, cast

import msgspec

from .drift import Drift
from .lenient import read_as
from .response import Envelope, Meta
from .scalars import read_number
from .shapes import class_name
from .walk import ShapeError, TreeWalk

__all__ = ["Decoded", "Unreadable", "decode_answer", "decode_json"]

_BOM = b"\xef\xbb\xbf"
_NO_META = Meta()

_DECODERS: dict[Any, "msgspec.json.Decoder[Any]"] = {}
_TREE: "msgspec.json.Decoder[Any]" = msgspec.json.Decoder(float_hook=read_number)


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


def decode_json(body: bytes) -> Any:
    """Return the JSON tree of a body. Raises Unreadable."""
    reason = "it is nested too deeply"
    try:
        return _TREE.decode(body.removeprefix(_BOM))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # msgspec's text names the trouble and the position, not the content.
        reason = str(error) if isinstance(error, msgspec.DecodeError) else "it is not UTF-8"
    except RecursionError:
        pass
    raise Unreadable(f"the answer is not JSON: {reason}" if body else "the answer is empty", damaged=True)


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
    if envelope is not None and not observe:
        return Decoded(envelope.data, envelope.meta or _NO_META, [])

    drifts: list[Drift] = []
    tree = decode_json(body)
    lenient = _read(tree, model, drifts)
    if envelope is None:
        envelope = _completed(lenient, tree, model)
        if not drifts:
            # The fast way refused something that the lenient way has no rule about, such as a limit on a length.
            expected, _, path = refusal.partition(" - at ")
            drifts.append(Drift("type", path.strip("`") or "$", class_name(model), expected.partition("'")[0].strip()))
    return Decoded(envelope.data, envelope.meta or _NO_META, drifts)


def _decoder(model: Any) -> "msgspec.json.Decoder[Any]":
    decoder = _DECODERS.get(model)
    if decoder is None:
        # Two threads may both build one; they are equal, and one of them stays.
        decoder = _DECODERS.setdefault(model, msgspec.json.Decoder(Envelope[model]))
    return decoder


def _read(tree: Any, model: Any, drifts: list[Drift]) -> "Envelope[Any] | None":
    wrong = Unreadable("the answer is nested too deeply")
    try:
        return cast("Envelope[Any] | None", read_as(Envelope[model], tree, TreeWalk(drifts.append)))
    except ShapeError as error:
        wrong = Unreadable(f"expected {error.expected}, found {error.got}", error.path, error.model)
    except RecursionError:
        pass
    raise wrong


def _completed(envelope: "Envelope[Any] | None", tree: Any, model: Any) -> "Envelope[Any]":
    """Refuse an answer without data, except that a list may be null: then it has no items."""
    if envelope is not None and envelope.data is not None:
        return envelope
    if envelope is not None and "data" in tree and getattr(model, "__origin__", None) is list:
        return Envelope([], envelope.meta)
    raise Unreadable("the answer has no data", "$.data", class_name(model))
