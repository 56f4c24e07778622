"""Sending over httpx: the only module that imports it, and not before a request is sent.

A client of the caller (httpx or httpx2; with proxies, mTLS or its own transport) is used as it is and never imported
here. Clients are kept per process, since a connection must not be shared with a forked child, and asynchronous ones per
event loop, to which their connections are bound.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from .errors import ClientClosedError, ConfigurationError
from .http_errors import as_failure
from .loops import PerLoop
from .quiet import QUIET
from .quiet import install as install_filters
from .wire import TransportError, WireRequest, WireResponse

if TYPE_CHECKING:
    import ssl

    import httpx

__all__ = ["AsyncHttpClient", "AsyncHttpxTransport", "HttpClient", "HttpxTransport"]


class HttpClient(Protocol):
    """What is used of an ``httpx.Client`` or ``httpx2.Client``."""

    def build_request(
        self, method: str, url: str, *, content: Any = ..., headers: Any = ..., timeout: Any = ...
    ) -> Any:
        """Make a request, with the client's own headers and cookies."""
        ...

    def send(self, request: Any, *, follow_redirects: Any = ...) -> Any:
        """Send a request and read the whole answer."""
        ...

    def close(self) -> None:
        """Not called here; an asynchronous client has none."""
        ...


class AsyncHttpClient(Protocol):
    """What is used of an ``httpx.AsyncClient`` or ``httpx2.AsyncClient``."""

    def build_request(
        self, method: str, url: str, *, content: Any = ..., headers: Any = ..., timeout: Any = ...
    ) -> Any:
        """Make a request, with the client's own headers and cookies."""
        ...

    async def send(self, request: Any, *, follow_redirects: Any = ...) -> Any:
        """Send a request and read the whole answer."""
        ...


_TLS: "list[ssl.SSLContext]" = []


def _client_options(*, secure: bool) -> dict[str, Any]:
    """Return the arguments of our own httpx clients."""
    import httpx  # noqa: PLC0415 - see the module's docstring

    if secure:
        # Reading the certificate store is most of the cost of a client: done once, for all clients.
        if not _TLS:
            _TLS.append(httpx.create_ssl_context())
        return {"verify": _TLS[0]}
    import ssl  # noqa: PLC0415

    # Plain http goes to this machine only: no proxy may see it, and a context without certificates suffices.
    return {"verify": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), "trust_env": False}


def _build(client: Any, request: WireRequest) -> Any:
    options: dict[str, Any] = {}
    if request.timeout is not None:
        connect, read = request.timeout
        options["timeout"] = (connect, read, read, connect)
    return client.build_request(request.method, request.url, content=request.body, headers=request.headers, **options)


def _received(response: "httpx.Response") -> WireResponse:
    return WireResponse(response.status_code, dict(response.headers.items()), response.content)


def _sorted_out(error: BaseException, client: Any) -> TransportError | ClientClosedError:
    """Return what the caller of a transport should see in place of an exception, or raise it again."""
    failure = as_failure(error)
    if failure is not None:
        return failure
    if isinstance(error, RuntimeError) and getattr(client, "is_closed", False):
        return ClientClosedError("the connections of this client were closed, or its http_client was")
    if isinstance(error, Exception):
        raise error
    # An interrupt or a cancellation: without the frames of the HTTP library, whose locals hold the headers.
    raise error.with_traceback(None)


class _Own:
    """Makes clients, one per process, without locks: a lock held during a fork would stay locked in the child."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._by_process: dict[int, Any] = {}
        self._is_closed = False

    def get(self) -> Any:
        if self._is_closed:
            # By another thread or task, while this call waited for its turn or for its next attempt.
            raise ClientClosedError("this client was closed while a call was under way")
        process = os.getpid()
        client = self._by_process.get(process)
        if client is None:
            # Several threads may each make one: the first to get here stays, the others were never used.
            client = self._by_process.setdefault(process, self._make())
        return client

    def take(self) -> Any:
        """Return the client of this process, if there is one, and make no more."""
        self._is_closed = True
        return self._by_process.pop(os.getpid(), None)


class _Given:
    """A client of the caller, which cannot be remade in a forked child."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._process: int | None = None

    def get(self) -> Any:
        process = os.getpid()
        if self._process is None:
            self._process = process
        if self._process != process:
            raise ConfigurationError(
                "http_client was used before this process was forked, and its connections cannot be shared: "
                "make the http_client and the client in each process"
            )
        return self._client

    def take(self) -> None:
        """The caller's own client stays open: who opened it closes it."""


class HttpxTransport:
    """Sends with an ``httpx.Client``: our own, made at the first request, or the caller's."""

    def __init__(self, given: HttpClient | None = None, *, secure: bool = True) -> None:
        if given is not None and _is_asynchronous(given):
            raise ConfigurationError("http_client is an asynchronous client; this client takes an httpx.Client")
        install_filters()
        self._clients = _Own(partial(self._make, secure=secure)) if given is None else _Given(given)

    @staticmethod
    def _make(*, secure: bool) -> "httpx.Client":
        options = _client_options(secure=secure)
        import httpx  # noqa: PLC0415 - see the module's docstring

        return httpx.Client(**options)

    def send(self, request: WireRequest, /) -> WireResponse:
        """Send one request. Raises TransportError."""
        client = self._clients.get()
        try:
            with QUIET:
                return _received(client.send(_build(client, request), follow_redirects=False))
        except BaseException as error:  # noqa: BLE001 - raised again unless it is the HTTP library's
            trouble = _sorted_out(error, client)
        # Outside of the handler, so that the library's exception, whose frames hold the headers, is not attached.
        raise trouble

    def close(self) -> None:
        """Close our own client."""
        client = self._clients.take()
        if client is not None:
            client.close()

    def __del__(self) -> None:
        # Dropped without close(): give the sockets back quietly. At interpreter shutdown anything may be gone already.
        with suppress(Exception):
            self.close()


class AsyncHttpxTransport:
    """Sends with an ``httpx.AsyncClient``: our own, one per event loop, or the caller's."""

    def __init__(self, given: AsyncHttpClient | None = None, *, secure: bool = True) -> None:
        if given is not None and not _is_asynchronous(given):
            raise ConfigurationError(
                "http_client is not an asynchronous client; this client takes an httpx.AsyncClient"
            )
        install_filters()
        self._clients = _Own(partial(PerLoop, partial(self._make, secure=secure))) if given is None else _Given(given)
        self._is_own = given is None

    @staticmethod
    def _make(*, secure: bool) -> "httpx.AsyncClient":
        options = _client_options(secure=secure)
        import httpx  # noqa: PLC0415 - see the module's docstring

        return httpx.AsyncClient(**options)

    def _client(self) -> Any:
        found = self._clients.get()
        return found.get() if self._is_own else found

    async def send(self, request: WireRequest, /) -> WireResponse:
        """Send one request. Raises TransportError."""
        client = self._client()
        try:
            with QUIET:
                return _received(await client.send(_build(client, request), follow_redirects=False))
        except BaseException as error:  # noqa: BLE001 - raised again unless it is the HTTP library's
            trouble = _sorted_out(error, client)
        raise trouble

    async def aclose(self) -> None:
        """Close our own client of the running event loop; those of loops that ended are gone with them."""
        clients: PerLoop[httpx.AsyncClient] | None = self._clients.take()
        client = None if clients is None else clients.take()
        if client is not None:
            await client.aclose()


def _is_asynchronous(client: object) -> bool:
    return hasattr(client, "aclose")
