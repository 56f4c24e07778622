"""Building one request: URL, headers, body. Everything that can be refused is refused here, before anything is sent."""

from collections.abc import Mapping
from typing import Any

from .auth import Secret
from .errors import ConfigurationError
from .operation import Operation
from .query import build_query, render_path
from .settings import USER_AGENT, Settings
from .version import VERSION_HEADER
from .wire import Headers, WireRequest

__all__ = ["build_request"]

_NOTHING: Mapping[str, Any] = {}


def build_request(
    settings: Settings,
    operation: Operation,
    *,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, object] | None = None,
    body: type[Any] | None = None,
    fields: Mapping[str, object] | None = None,
) -> WireRequest:
    """Return the request of a call.

    ``path`` and ``query`` are the parameters by their names in the spec, ``body`` the class of the request body and
    ``fields`` its properties. Raises InvalidInputError, or ConfigurationError when the credential is missing.
    """
    url = (
        settings.base_url
        + render_path(operation.path, path or _NOTHING, operation.trim)
        + build_query(query or _NOTHING, operation)
    )
    content = None
    if body is not None:
        from .body import encode_body  # noqa: PLC0415 - loads attrs and msgspec, which a call without a body can do without

        content = encode_body(operation, body, fields or _NOTHING)
    return WireRequest(
        operation.method, url, _headers(settings, operation, has_body=content is not None), content, settings.timeout
    )


def _headers(settings: Settings, operation: Operation, *, has_body: bool) -> Headers:
    # Never a plain dict with a credential in it: a traceback that shows local variables would show it.
    headers = Headers({"accept": "application/json", "user-agent": USER_AGENT, VERSION_HEADER: settings.version})
    if has_body:
        headers["content-type"] = "application/json"
    if operation.auth == "secret":
        headers["x-api-secret"] = _required(settings.secret, operation, "an API secret").reveal()
    elif operation.auth == "bearer":
        token = _required(settings.admin_token, operation, "an admin token")
        headers["authorization"] = f"Bearer {token.reveal()}"
    return headers


def _required(credential: Secret | None, operation: Operation, what: str) -> Secret:
    if credential is None:
        argument = "api_secret" if operation.auth == "secret" else "admin_token"
        raise ConfigurationError(
            f"{operation.id} needs {what}: make the client, or client.with_options(), with {argument}="
        )
    return credential
