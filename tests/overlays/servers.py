"""Real HTTP servers on this machine, with answers written by the test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import NamedTuple

from tests.servers.threaded import listening


class Received(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Server:
    """Keeps what it received. ``reply`` writes each answer onto the handler."""

    def __init__(self, reply: "Callable[[Handler, Received], None]") -> None:
        self.received: list[Received] = []
        self.reply = reply
        self.url = ""


class Handler(BaseHTTPRequestHandler):
    owner: Server
    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        length = int(self.headers.get("content-length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.command, self.path, headers, self.rfile.read(length))
        self.owner.received.append(received)
        self.owner.reply(self, received)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = handle_any  # noqa: N815 - names that the base class calls

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's word
        """Stay silent."""


@contextmanager
def serving(reply: Callable[[Handler, Received], None]) -> Iterator[Server]:
    """Run a server in a thread."""
    server = Server(reply)
    with listening(type("Bound", (Handler,), {"owner": server})) as server.url:
        yield server
