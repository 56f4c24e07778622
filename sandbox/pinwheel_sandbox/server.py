"""The sandbox as a server: in this thread until it is stopped, or in a thread beside the program that uses it."""

import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

import uvicorn

from pinwheel_sandbox.front import Front
from pinwheel_sandbox.http_app import create_app
from pinwheel_sandbox.protocol import Protocol
from pinwheel_sandbox.settings import DEFAULT_PORT, LOOPBACK
from pinwheel_sandbox.world import World


def run(world: World, *, host: str = LOOPBACK, port: int = DEFAULT_PORT, ready: Callable[[str], None]) -> None:
    """Serve until a signal says stop. `ready` is given the base URL once requests are answered."""
    with _listen(host, port) as listener:
        front = Front(world)
        front.desk.start()
        try:
            _Server(front, lambda: ready(_url(listener))).run([listener])
        finally:
            front.close()


class LocalServer:
    """A server in a thread of this process, over the same state as the sandbox it belongs to."""

    def __init__(self, front: Front, *, port: int = 0) -> None:
        """Start to listen on a port of this machine; 0 finds a free one."""
        self._listener = _listen(LOOPBACK, port)
        self.url = _url(self._listener)
        """The base URL for clients."""
        listening = threading.Event()
        self._desk = front.desk
        self._server = _Server(front, listening.set)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._listener],), name="pinwheel-sandbox", daemon=True
        )
        self._thread.start()
        listening.wait()
        self._desk.start()

    def close(self) -> None:
        """Answer what was begun, and stop."""
        self._desk.stop()
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()

    def __enter__(self) -> Self:
        """Use it in a with block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop at the end of the block."""
        self.close()


class _Server(uvicorn.Server):
    """A uvicorn server that says when it answers."""

    def __init__(self, front: Front, ready: Callable[[], None]) -> None:
        app = create_app(front)
        config = uvicorn.Config(app, http=Protocol, log_level="warning", access_log=False, loop="asyncio", ws="none")
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def _listen(host: str, port: int) -> socket.socket:
    # Made here and not by uvicorn, which ends the whole process when the port is taken.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=2048)
    # Inherited by connections. Without it the body, written after the head, waits 40 ms for the client's kernel to
    # acknowledge the head; asyncio sets it only on sockets that it makes itself.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
