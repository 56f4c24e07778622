"""The sandbox as what carries a client's requests: no socket, no port, no other process."""

from collections.abc import Callable
from urllib.parse import urlsplit

import anyio.to_thread
from pinwheel_overlays.wire import TransportError, WireRequest, WireResponse

from pinwheel_sandbox.controls.faults import Broken
from pinwheel_sandbox.messages import Answer, Request

Handle = Callable[[Request], Answer]


class InProcessTransport:
    """Hands a client's requests to the sandbox; the host in the URL does not matter."""

    def __init__(self, handle: Handle) -> None:
        """Take what answers."""
        self._handle = handle

    def send(self, request: WireRequest, /) -> WireResponse:
        """Answer one request."""
        return _answered(self._handle, request)

    def close(self) -> None:
        """Nothing is held open: the state lives as long as its sandbox."""


class AsyncInProcessTransport:
    """The same for asynchronous clients; the event loop goes on while the sandbox works."""

    def __init__(self, handle: Handle) -> None:
        """Take what answers."""
        self._handle = handle

    async def send(self, request: WireRequest, /) -> WireResponse:
        """Answer one request."""
        return await anyio.to_thread.run_sync(_answered, self._handle, request)

    async def aclose(self) -> None:
        """Nothing is held open: the state lives as long as its sandbox."""


def _received(request: WireRequest) -> Request:
    url = urlsplit(request.url)
    return Request(
        method=request.method,
        path=url.path,
        query=url.query,
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.body or b"",
    )


def _answered(handle: Handle, request: WireRequest) -> WireResponse:
    try:
        answer = handle(_received(request))
    except Broken as broken:
        raise TransportError(str(broken)) from broken
    return WireResponse(answer.status, answer.headers, answer.body)
