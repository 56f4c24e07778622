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
# A secret belongs to a client for good; a token is short-lived, so a client can be given another one.
_OF_A_CLIENT = "an API secret, and this client has none: make one with api_secret=, or set PINWHEEL_API_SECRET"
_OF_A_PERSON = "an admin token: client.with_options(admin_token=...), with the token of admin.tokens.create()"


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

        # A base URL with plain http is one of this machine: nothing else gets through the settings.
        local = settings.base_url.startswith("http://")
        content = encode_body(operation, body, fields or _NOTHING, to_this_machine=local)
    return WireRequest(
        operation.method, url, _headers(settings, operation, has_body=content is not None), content, settings.timeout
    )


def _headers(settings: Settings, operation: Operation, *, has_body: bool) -> Headers:
    # Never a plain dict with a credential in it: a traceback that shows local variables would show it.
    headers = Headers({"accept": "application/json", "user-agent": USER_AGENT, VERSION_HEADER: settings.version})
    if has_body:
        headers["content-type"] = "application/json"
    if operation.auth == "secret":
        headers["x-api-secret"] = _required(settings.secret, operation, _OF_A_CLIENT).reveal()
    elif operation.auth == "bearer":
        token = _required(settings.admin_token, operation, _OF_A_PERSON)
        headers["authorization"] = f"Bearer {token.reveal()}"
    return headers


def _required(credential: Secret | None, operation: Operation, advice: str) -> Secret:
    if credential is None:
        raise ConfigurationError(f"{operation.id} needs {advice}")
    return credential
