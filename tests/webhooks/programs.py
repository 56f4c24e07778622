"""Commands in processes of their own, as the examples name them."""

from __future__ import annotations

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from .deliveries import SECRET

EXAMPLES = Path(__file__).parents[2] / "examples"


class Program:
    """A command in a process of its own, and what it prints."""

    def __init__(self, folder: Path, redis: str, *command: str) -> None:
        environment = {
            **os.environ,
            "PINWHEEL_API_SECRET": SECRET,
            "REDIS_URL": redis,
            "PYTHONPATH": str(EXAMPLES),
            "PYTHONUNBUFFERED": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self._came: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._came.put(line.rstrip())

    def until(self, pattern: str) -> None:
        """Wait for a line."""
        deadline = time.monotonic() + 90
        while not (self.lines and re.search(pattern, self.lines[-1])):
            try:
                self.lines.append(self._came.get(timeout=max(deadline - time.monotonic(), 0.01)))
            except queue.Empty:
                raise AssertionError(f"no {pattern!r} in {self.lines[-30:]}") from None

    def close(self) -> None:
        """End it, by force in the end."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._thread.join(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process.wait()


Start = Callable[..., Program]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def reach(port: int) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return
