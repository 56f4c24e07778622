"""A small HTTP server that enforces a rate limit, in a process of its own.

`python -m tests.overlays.rate.enforcing_server POLICY JITTER_IN JITTER_OUT` prints its port. A request takes up to
JITTER_IN seconds until it is counted, and its answer up to JITTER_OUT seconds until it is sent. GET /stats tells what
was counted.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from types import TracebackType
from typing import Any, Self

from .policies import POLICIES, Policy

REQUEST_HEAD_END = b"\r\n\r\n"
EMPTY_PAGE = {"data": [], "meta": {"count": 0, "next_cursor": None}}


class Counter:
    """How many requests came, and how many of them were refused."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.requests = 0
        self.refused = 0

    def admits(self) -> bool:
        self.requests += 1
        admitted = self.policy.admits(time.monotonic())
        self.refused += not admitted
        return admitted


class Connection(asyncio.Protocol):
    """One connection: requests without a body, one after the other."""

    def __init__(self, counter: Counter, jitter_in: float, jitter_out: float) -> None:
        self.counter = counter
        self.jitter_in = jitter_in
        self.jitter_out = jitter_out
        self.received = b""
        self.loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        while REQUEST_HEAD_END in self.received:
            head, _, self.received = self.received.partition(REQUEST_HEAD_END)
            if head.startswith(b"GET /stats "):
                self.answer(200, [self.counter.requests, self.counter.refused])
            else:
                self.later(self.jitter_in, self.count)

    def later(self, jitter: float, call: Any, *arguments: Any) -> None:
        if jitter:
            self.loop.call_later(random.random() * jitter, call, *arguments)
        else:
            call(*arguments)

    def count(self) -> None:
        if self.counter.admits():
            self.later(self.jitter_out, self.answer, 200, EMPTY_PAGE)
        else:
            error = {"type": "RATE_LIMIT", "code": "RATE_LIMIT", "message": "Too many requests", "status_code": 429}
            self.later(self.jitter_out, self.answer, 429, {"error": error})

    def answer(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        head += "Pinwheel-Version: 2025-07-08\r\nX-Pinwheel-Request-Id: r1\r\n\r\n"
        self.transport.write(head.encode() + body)


def be_on_time() -> None:
    """Go before the client where that is allowed: Pinwheel's server does not share a processor with its clients."""
    with suppress(AttributeError, PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, -15)


async def serve(policy: str, jitter_in: float, jitter_out: float) -> None:
    """Serve until the process is ended."""
    be_on_time()
    counter = Counter(POLICIES[policy]())
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(counter, jitter_in, jitter_out), "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


class EnforcingServer:
    """The server above, as a context manager."""

    def __init__(self, policy: str = "all", jitter_in: float = 0, jitter_out: float = 0) -> None:
        command = [sys.executable, "-m", __name__, policy, str(jitter_in), str(jitter_out)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        self.url = f"http://127.0.0.1:{self.port}"

    def stats(self) -> tuple[int, int]:
        """How many requests came, and how many were refused."""
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", "/stats")
        requests, refused = json.loads(connection.getresponse().read())
        connection.close()
        return requests, refused

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], float(sys.argv[2]), float(sys.argv[3])))
