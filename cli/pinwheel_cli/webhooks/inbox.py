"""A server on this machine that takes the deliveries of a webhook, passes them on, and answers what it was answered."""

import http.server
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

import httpx
from pinwheel_sandbox.settings import LOOPBACK

__all__ = ["Answer", "Forwarded", "Forwarder", "serve"]

_PATIENCE = 14.5  # Pinwheel waits for 15 seconds, and it is to hear how this ended
_LONGEST = 10_000_000
# These belong to the connection that a delivery came by, not to the delivery.
_OWN = frozenset({"host", "content-length", "connection", "transfer-encoding"})


class Answer(NamedTuple):
    """What came of passing a delivery on."""

    status: int
    text: str = ""
    problem: str = ""
    """Why there is no answer."""


class Forwarded(NamedTuple):
    """A delivery, and what came of it."""

    at: datetime
    body: bytes
    answer: Answer
    milliseconds: float


class Forwarder:
    """Posts deliveries to an address, byte for byte and with the headers they came with, so signatures stay right."""

    def __init__(self, url: str | None) -> None:
        """Without an address every delivery is taken with 200."""
        self._url = url
        # Not through a proxy: the address is of this machine.
        self._client = httpx.Client(timeout=_PATIENCE, trust_env=False)

    def pass_on(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Return what the address answered."""
        if self._url is None:
            return Answer(HTTPStatus.OK)
        kept = {name: value for name, value in headers.items() if name.lower() not in _OWN}
        try:
            answer = self._client.post(self._url, content=body, headers=kept)
        except httpx.TimeoutException:
            return Answer(HTTPStatus.GATEWAY_TIMEOUT, problem=f"no answer within {_PATIENCE:g} s")
        except httpx.ConnectError:
            return Answer(HTTPStatus.BAD_GATEWAY, problem="nothing listens there")
        except httpx.HTTPError as error:
            return Answer(HTTPStatus.BAD_GATEWAY, problem=f"the connection broke: {type(error).__name__}")
        return Answer(answer.status_code, answer.text)

    def close(self) -> None:
        """Close its connections."""
        self._client.close()


@contextmanager
def serve(path: str, forwarder: Forwarder, tell: Callable[[Forwarded], object]) -> Generator[str]:
    """Take deliveries at a path of a free port; yields the address. `tell` gets each, from several threads."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = self.headers.get("content-length") or ""
            if self.path != path or not size.isdecimal() or int(size) > _LONGEST:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            body = self.rfile.read(int(size))
            at, began = datetime.now().astimezone(), time.monotonic()
            answer = forwarder.pass_on(body, dict(self.headers.items()))
            tell(Forwarded(at, body, answer, (time.monotonic() - began) * 1000))
            with suppress(OSError):  # the sandbox may have been stopped meanwhile
                self.send_response(answer.status)
                self.send_header("content-length", "0")  # what a receiver says matters to nobody but whoever looks on
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by the standard library
            """Say nothing: what comes is shown in lines of our own."""

    with http.server.ThreadingHTTPServer((LOOPBACK, 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="pinwheel-listen", daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_port}{path}"
        finally:
            server.shutdown()
            thread.join()
