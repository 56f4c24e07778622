"""What passes between the client and whatever carries it: plain values, no HTTP library.

A transport of your own (a proxy, a recording, the local sandbox in process) implements ``Transport`` or
``AsyncTransport``.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, Protocol

from .config import Timeout
from .redaction import MASK, SECRET_HEADERS

__all__ = [
    "REQUEST_ID_HEADER",
    "AsyncTransport",
    "FailureKind",
    "Headers",
    "Sent",
    "Transport",
    "TransportError",
    "WireRequest",
    "WireResponse",
    "as_transport_error",
]

REQUEST_ID_HEADER = "x-pinwheel-request-id"
"""Names each request in the answer, errors included; Pinwheel's support asks for it."""


class Headers(dict[str, str]):
    """Request headers, keys in lower case. Shown, pickled and copied without the values of credentials."""

    __slots__ = ()

    def _masked(self) -> dict[str, str]:
        return {name: MASK if name in SECRET_HEADERS else value for name, value in self.items()}

    def __repr__(self) -> str:
        return repr(self._masked())

    def __reduce_ex__(self, protocol: object, /) -> tuple[Any, ...]:
        return type(self), (self._masked(),)


class WireRequest:
    """One HTTP request. Its repr shows neither credentials nor the body nor the URL, which may hold personal data."""

    __slots__ = ("body", "headers", "method", "timeout", "url")

    def __init__(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None = None, timeout: Timeout | None = None
    ) -> None:
        self.method = method
        self.url = url
        """Absolute, with the encoded query."""
        self.headers = headers if isinstance(headers, Headers) else Headers(headers)
        self.body = body
        self.timeout = timeout
        """None: as the transport was configured."""

    def at(self, url: str) -> "WireRequest":
        """Return the same request to another URL."""
        return WireRequest(self.method, url, self.headers, self.body, self.timeout)

    def __repr__(self) -> str:
        return f"<WireRequest {self.method}>"


class WireResponse:
    """One HTTP answer, read to its end. Its repr shows no body."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers
        """Keys in lower case."""
        self.body = body
        """Decompressed."""

    def __repr__(self) -> str:
        return f"<WireResponse {self.status}, {len(self.body)} bytes>"


FailureKind = Literal["connect", "timeout", "broken", "refused"]
"""``connect``: nothing was sent, for certain. ``timeout`` and ``broken``: the server may have acted on the request.
``refused``: this side refused to send it, and will again."""


class TransportError(Exception):
    """Raised by a transport when there is no answer to hand back."""

    def __init__(self, cause: str, kind: FailureKind = "broken", *, timeout: bool = False) -> None:
        super().__init__(cause, kind)
        self.cause = cause
        """A few words, without personal data."""
        self.kind: FailureKind = kind
        self.timeout = timeout or kind == "timeout"
        """Whether it failed because a time ran out; a connection can time out with nothing sent."""


def as_transport_error(error: Exception) -> TransportError | None:
    """Return what a plain OSError of a transport means; None if the error is no such thing (a bug, then)."""
    if isinstance(error, TransportError):
        return error
    # A missing certificate file is a mistake of this machine, not of the network.
    if not isinstance(error, OSError) or isinstance(error, FileNotFoundError | PermissionError):
        return None
    name = type(error).__name__
    if isinstance(error, ConnectionRefusedError):
        return TransportError(f"connection refused: {name}", "connect")
    if isinstance(error, TimeoutError):
        return TransportError(f"timeout: {name}", "timeout")
    return TransportError(f"connection failed: {name}", "broken")


class Transport(Protocol):
    """Sends requests, from any thread."""

    def send(self, request: WireRequest, /) -> WireResponse:
        """Send one request and return the whole answer.

        Redirects are not followed and nothing is retried here. Raises TransportError, or any OSError, when there is no
        answer.
        """
        ...

    def close(self) -> None:
        """Give back connections."""
        ...


class AsyncTransport(Protocol):
    """Sends requests from tasks."""

    async def send(self, request: WireRequest, /) -> WireResponse:
        """As ``Transport.send``."""
        ...

    async def aclose(self) -> None:
        """Give back connections."""
        ...


class Sent(NamedTuple):
    """What one sending came to: an answer or a failure, and how long it took in seconds."""

    response: WireResponse | None
    failure: TransportError | None
    seconds: float
