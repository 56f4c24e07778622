"""A small HTTP server that enforces a rate limit, in a process of its own.

`python -m tests.overlays.rate.enforcing_server POLICY JITTER_IN JITTER_OUT` prints its port. A request takes up to
JITTER_IN seconds until it is counted, and its answer up to JITTER_OUT seconds until it is sent. GET /stats tells what
was counted since the last time it was asked.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from types import TracebackType
from typing import Any, NamedTuple, Self

from .policies import POLICIES, Policy

REQUEST_HEAD_END = b"\r\n\r\n"
PLATFORM = {"id": "p1", "name": "Acme Payroll", "type": "payroll", "last_updated": "2026-01-05T09:30:00+00:00"}


class Counter:
    """What arrived, and what became of it."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.arrivals: list[float] = []
        self.refused = 0
        self.paths: dict[str, int] = {}

    def admits(self, path: str) -> bool:
        now = time.monotonic()
        self.arrivals.append(now)
        self.paths[path] = self.paths.get(path, 0) + 1
        admitted = self.policy.admits(now)
        self.refused += not admitted
        return admitted

    def report(self) -> dict[str, Any]:
        told = {"refused": self.refused, "arrivals": self.arrivals, "paths": self.paths}
        self.arrivals, self.refused, self.paths = [], 0, {}
        return told


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
            path = head.split(b" ", 2)[1].decode()
            if path == "/stats":
                self.answer(200, self.counter.report())
            else:
                self.later(self.jitter_in, self.count, path)

    def later(self, jitter: float, call: Any, *arguments: Any) -> None:
        if jitter:
            self.loop.call_later(random.random() * jitter, call, *arguments)
        else:
            call(*arguments)

    def count(self, path: str) -> None:
        if self.counter.admits(path):
            self.later(self.jitter_out, self.answer, 200, {"data": PLATFORM})
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


class Stats(NamedTuple):
    """What the server counted in one run."""

    arrivals: list[float]
    refused: int
    paths: dict[str, int]

    @property
    def seconds(self) -> float:
        """From the first to the last, and one distance more: n requests fill n distances."""
        return self.arrivals[-1] - self.arrivals[0] + 0.02

    def used(self, rate: float = 50) -> float:
        """The part of the allowance that was used."""
        return (len(self.arrivals) - self.refused) / (rate * self.seconds)


class EnforcingServer:
    """The server above, as a context manager."""

    def __init__(self, policy: str = "all", jitter_in: float = 0, jitter_out: float = 0) -> None:
        command = [sys.executable, "-m", __name__, policy, str(jitter_in), str(jitter_out)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}"

    def stats(self) -> Stats:
        """What was counted since the last call."""
        with urllib.request.urlopen(f"{self.url}/stats") as answer:
            told = json.load(answer)
        return Stats(told["arrivals"], told["refused"], told["paths"])

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
