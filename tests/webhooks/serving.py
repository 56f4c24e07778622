"""Real servers for applications, and deliveries to them over HTTP."""

from __future__ import annotations

import http.client
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import uvicorn

from .deliveries import Delivery


class Answer(NamedTuple):
    status: int
    text: str
    headers: dict[str, str]


Server = Callable[[Any], Any]


@contextmanager
def serve_asgi(application: Any) -> Iterator[int]:
    """Run uvicorn in a thread; yields its port."""
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="warning", lifespan="auto"))
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)


class _Threads(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's word
        """Say nothing."""


@contextmanager
def serve_wsgi(application: Any) -> Iterator[int]:
    """Run a threaded WSGI server; yields its port."""
    server = make_server("127.0.0.1", 0, application, server_class=_Threads, handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join(20)


def post(port: int, delivery: Delivery, path: str = "/webhooks/pinwheel", method: str = "POST") -> Answer:
    """Send a delivery as Pinwheel does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(
            method, path, delivery.body, {name.title(): value for name, value in delivery.headers.items()}
        )
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, answer.read().decode(), headers)
    finally:
        connection.close()
