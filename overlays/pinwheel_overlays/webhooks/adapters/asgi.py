"""A receiver as an ASGI application: for Starlette, FastAPI, Litestar, Quart, or on its own."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from pinwheel_overlays.webhooks.receiver import Receiver

from .body_limit import MOST_BYTES

__all__ = ["asgi_app"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class _Application:
    # An object and no function: Starlette's Route would call a function with a request.
    def __init__(self, receiver: Receiver, most_bytes: int) -> None:
        self._receiver = receiver
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        elif scope["method"] != "POST":
            await _answer(send, 405, "deliveries come by POST\n", {"allow": "POST"})
        else:
            body = await _body(receive, self._most_bytes)
            if body is None:
                await _answer(send, 413, f"more than {self._most_bytes} bytes\n", {})
            else:
                receipt = await self._receiver.areceive(body, scope["headers"])
                await _answer(send, receipt.status, receipt.text, receipt.headers)


def asgi_app(receiver: Receiver, *, most_bytes: int = MOST_BYTES) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """Return an ASGI application that takes deliveries by POST, at whatever path it is put.

    In Starlette and FastAPI: ``Route("/webhooks/pinwheel", asgi_app(receiver), methods=["POST"])``.
    """
    return _Application(receiver, most_bytes)


async def _body(receive: Receive, most_bytes: int) -> bytes | None:
    """Return the body; None if it is too long, or if the sender hung up and reads no answer."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > most_bytes:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


async def _answer(send: Send, status: int, text: str, headers: dict[str, str]) -> None:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    body = text.encode()
    pairs.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
