"""From an answer of a good status to a ``Response``: decoding, and telling of drift."""

from typing import Any

from .decode import Decoded, Unreadable, decode_answer
from .drift import Drift
from .operation import Operation
from .response import Meta, Response
from .settings import Settings
from .version import answered_version
from .wire import REQUEST_ID_HEADER, WireResponse

__all__ = ["read_answer"]

_NOTHING = Decoded(None, Meta(), [])


def read_answer(settings: Settings, operation: Operation, response: WireResponse, model: Any) -> Response[Any]:
    """Return the data of an answer with what surrounds it.

    ``model`` is the class of the data, ``list[Class]``, or None where the call answers nothing. Raises Unreadable.
    """
    request_id = response.headers.get(REQUEST_ID_HEADER)
    decoded = _NOTHING
    if model is not None:
        observe = settings.strict or settings.monitor is not None
        decoded = decode_answer(response.body, model, observe=observe)
        if decoded.drifts and observe:
            _tell(settings, [drift._replace(operation=operation.id, request_id=request_id) for drift in decoded.drifts])
    return Response(
        decoded.data,
        decoded.meta,
        status=response.status,
        headers=response.headers,
        request_id=request_id,
        version=answered_version(response.headers),
        raw=response.body,
    )


def _tell(settings: Settings, drifts: list[Drift]) -> None:
    if settings.monitor is not None:
        settings.monitor.report(drifts)
    if settings.strict:
        first = drifts[0]
        others = f" and {len(drifts) - 1} more" if len(drifts) > 1 else ""
        expected = f", where {first.expected} is expected" if first.expected else ""
        raise Unreadable(
            f"the answer differs from the spec: {first.kind}{expected}{others}",
            first.path,
            first.model,
            drifts=tuple(drifts),
        )
