"""A process whose only work is to fork others: it has everything imported and no thread, so that a fork takes a moment.

`multiprocessing` would run the main module again in each child.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from importlib import import_module
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, NamedTuple, Self

_PRELOADED = ("proofs.deliveries.worker", "redis", "psycopg_pool", "sqlite3")
_LARGEST = 65_536


class Child(NamedTuple):
    process: int
    pipe: Connection


class Nursery:
    """Starts processes that call a function of `proofs.deliveries.worker` with a pipe and further arguments."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control, other = socket.socketpair()
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(other.fileno())], pass_fds=[other.fileno()]
            )

    def start(self, function: str, *arguments: Any, instead: int = 0) -> Child:
        """Start a process. `instead` is one that is dead or dying: until now nobody else could get its number."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            request = pickle.dumps((function, arguments, instead))
            socket.send_fds(self._control, [request], [theirs.fileno()])
            answer = self._control.recv(64)
        if not answer:
            raise RuntimeError("the nursery is gone")
        return Child(int(answer), Connection(ours.detach()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._control.close()
        self._process.wait(30)


def main(control: socket.socket) -> None:
    for name in _PRELOADED:
        import_module(name)
    worker = import_module("proofs.deliveries.worker")
    children: set[int] = set()
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, _LARGEST, 1)
        if not request:
            break
        function, arguments, instead = pickle.loads(request)
        if instead in children:
            os.waitpid(instead, 0)
            children.remove(instead)
        child = os.fork()
        if child == 0:
            control.close()
            try:
                getattr(worker, function)(Connection(descriptors[0]), *arguments)
            finally:
                os._exit(0)
        os.close(descriptors[0])
        children.add(child)
        control.send(str(child).encode())
    for child in children:
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
