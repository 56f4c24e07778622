"""Pages of a customer of Pinwheel, served from an origin of their own."""

from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Self

from tests.servers.threaded import listening


class Pages:
    """A web server for a few pages: `pages["/"] = "<!doctype html>..."`."""

    def __init__(self) -> None:
        """Begin to listen on a free port."""
        self._content: dict[str, tuple[str, bytes]] = {}
        content = self._content

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = content.get(self.path.partition("?")[0], ("text/plain", b""))
                self.send_response(200 if body else 404)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        self._listening = ExitStack()
        self.url = self._listening.enter_context(listening(Handler))

    def __setitem__(self, path: str, content: str) -> None:
        kind = "text/javascript" if path.endswith(".js") else "text/html; charset=utf-8"
        self._content[path] = (kind, content.encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.close()
