"""A receiver as a WSGI application: for Flask, Pyramid, or on its own."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from pinwheel_overlays.webhooks.receiver import Receiver

from .body_limit import MOST_BYTES

__all__ = ["wsgi_app"]

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


def wsgi_app(
    receiver: Receiver, *, most_bytes: int = MOST_BYTES
) -> Callable[[Environ, StartResponse], Iterable[bytes]]:
    """Return a WSGI application that takes deliveries by POST, at whatever path it is put."""

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return _answer(start_response, 405, "deliveries come by POST\n", {"allow": "POST"})
        body = _body(environ, most_bytes)
        if len(body) > most_bytes:
            return _answer(start_response, 413, f"more than {most_bytes} bytes\n", {})
        receipt = receiver.receive(body, _headers(environ))
        return _answer(start_response, receipt.status, receipt.text, receipt.headers)

    return application


def _body(environ: Environ, most_bytes: int) -> bytes:
    """Return the body, or its first bytes if it is too long."""
    most = most_bytes + 1
    # Without a length, a server that does not end the input itself would leave us waiting for more.
    length = environ.get("CONTENT_LENGTH") or (str(most) if environ.get("wsgi.input_terminated") else "0")
    wanted = min(int(length), most) if length.isdecimal() else 0
    parts: list[bytes] = []
    while wanted:
        part: bytes = environ["wsgi.input"].read(wanted)
        if not part:
            break
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


def _headers(environ: Environ) -> dict[str, str]:
    prefix = "HTTP_"
    return {
        name.removeprefix(prefix).replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith(prefix)
    }


def _answer(start_response: StartResponse, status: int, text: str, headers: dict[str, str]) -> Iterable[bytes]:
    body = text.encode()
    start_response(f"{status} {HTTPStatus(status).phrase}", [*headers.items(), ("content-length", str(len(body)))])
    return [body]
