"""Reading an answer a second time: leniently, where the fast way refused it, or to look for what that does not see."""

from typing import Any, cast

import msgspec

from .decode import Decoded, Unreadable
from .drift import Drift
from .lenient import read_as
from .response import Envelope, Meta
from .scalars import read_number
from .shapes import class_name
from .walk import ShapeError, TreeWalk

__all__ = ["decode_again", "decode_json"]

_BOM = b"\xef\xbb\xbf"
_TREE: "msgspec.json.Decoder[Any]" = msgspec.json.Decoder(float_hook=read_number)


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


def decode_again(body: bytes, model: Any, envelope: "Envelope[Any] | None", refusal: str) -> Decoded:
    """Read an answer of which the fast way made ``envelope``, or None and said ``refusal``. Raises Unreadable."""
    drifts: list[Drift] = []
    try:
        tree = decode_json(body)
        lenient = _read(tree, model, drifts)
    except Unreadable as problem:
        if envelope is None:
            raise
        # The fast way skips what no model has, so it took an answer with damage in there: no reason to lose the call.
        damage = Drift("type", problem.location, problem.model or class_name(model), "readable JSON")
        return Decoded(envelope.data, envelope.meta or Meta(), [*drifts, damage])
    if envelope is None:
        envelope = _completed(lenient, tree, model)
        if not drifts:
            # The fast way refused something that the lenient way has no rule about, such as a limit on a length.
            expected, _, path = refusal.partition(" - at ")
            drifts.append(Drift("type", path.strip("`") or "$", class_name(model), expected.partition("'")[0].strip()))
    return Decoded(envelope.data, envelope.meta or Meta(), drifts)


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
