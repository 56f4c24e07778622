"""From what came back, or did not, to the error that the caller gets."""

import json
from typing import TYPE_CHECKING, Any

from .auth import Secret
from .errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadGatewayError,
    BadRequestError,
    ErrorCode,
    ErrorField,
    ErrorType,
    GatewayTimeoutError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RedirectError,
    ResponseDecodeError,
    ServerError,
    ServiceUnavailableError,
)
from .narrow import is_array, is_tree
from .operation import Operation
from .redaction import scrub_secret
from .settings import Settings
from .wire import REQUEST_ID_HEADER, TransportError, WireResponse

if TYPE_CHECKING:
    from .decode import Unreadable

__all__ = ["context", "failure_error", "redirect_error", "status_error", "unreadable_error"]

_BY_STATUS: dict[int, type[APIError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    429: RateLimitError,
    502: BadGatewayError,
    503: ServiceUnavailableError,
    504: GatewayTimeoutError,
}


def context(settings: Settings, operation: Operation, response: WireResponse | None = None) -> dict[str, Any]:
    """Return what every error of a call says about it."""
    known: dict[str, Any] = {
        "operation": operation.id,
        "method": operation.method,
        "path": operation.path,
        "version": settings.version,
    }
    if response is not None:
        known["status"] = response.status
        known["request_id"] = response.headers.get(REQUEST_ID_HEADER)
        known["raw"] = _without_credentials(settings, response.body)
    return known


def failure_error(settings: Settings, operation: Operation, failure: TransportError) -> APIConnectionError:
    """Return the error for a request that got no answer."""
    cls = APITimeoutError if failure.timeout else APIConnectionError
    reached = failure.kind in {"timeout", "broken"}
    return cls(f"no answer: {failure.cause}", reached=reached, **context(settings, operation))


def redirect_error(settings: Settings, operation: Operation, response: WireResponse, refusal: str) -> RedirectError:
    """Return the error for a redirect that is not followed."""
    return RedirectError(refusal, **context(settings, operation, response))


def unreadable_error(
    settings: Settings, operation: Operation, response: WireResponse, problem: "Unreadable"
) -> ResponseDecodeError:
    """Return the error for an answer of the right status that cannot be read."""
    where = f" at {problem.location}" if problem.location != "$" else ""
    whom = f" while reading {problem.model}" if problem.model else ""
    return ResponseDecodeError(
        f"{problem.message}{where}{whom}",
        location=problem.location,
        model=problem.model,
        drifts=problem.drifts,
        **context(settings, operation, response),
    )


def status_error(settings: Settings, operation: Operation, response: WireResponse) -> APIError:
    """Return the error for an answer whose status says no, whatever its body looks like."""
    status = response.status
    cls = _BY_STATUS.get(status) or (ServerError if 500 <= status <= 599 else APIStatusError)
    known = context(settings, operation, response)
    told = _error_object(known["raw"])
    message = told.get("message")
    return cls(
        message if isinstance(message, str) and message else "the answer has no error object that says more",
        type=ErrorType(told["type"]) if isinstance(told.get("type"), str) else None,
        code=ErrorCode(told["code"]) if isinstance(told.get("code"), str) else None,
        fields=_fields(told.get("fields")),
        **known,
    )


def _error_object(body: bytes) -> dict[str, Any]:
    """Return the object under ``error``, or an empty one: a proxy's page is no reason for another kind of error."""
    try:
        tree: object = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    inner: object = tree.get("error") if is_tree(tree) else None
    return inner if is_tree(inner) else {}


def _fields(told: object) -> tuple[ErrorField, ...]:
    objects = [each for each in told if is_tree(each)] if is_array(told) else []
    return tuple(ErrorField(str(each.get("name") or ""), str(each.get("message") or "")) for each in objects)


def _without_credentials(settings: Settings, body: bytes) -> bytes:
    """Remove credentials that a server quoted: an error travels far, into logs and trackers."""
    credentials = [
        credential for credential in (settings.secret, settings.admin_token) if isinstance(credential, Secret)
    ]
    if not any(credential.reveal().encode() in body for credential in credentials):
        return body
    text = body.decode("utf-8", "replace")
    return scrub_secret(text, tuple(credential.reveal() for credential in credentials)).encode()
