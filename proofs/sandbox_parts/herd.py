"""Server processes over one database that can be killed and come back."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from types import TracebackType
from typing import Self

from pinwheel_sandbox.settings import READY

_TALKATIVE = {**os.environ, "PYTHONFAULTHANDLER": "1"}
"""A server that crashes says where."""


class Herd:
    """Some servers, each of which comes back on its own port."""

    def __init__(self, database: str, count: int) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._processes: list[subprocess.Popen[str]] = []
        self.urls: list[str] = []
        self.deaths: list[str] = []
        """What became of servers that ended by themselves: none may."""
        for _ in range(count):
            process, url = self._started(0)
            self._processes.append(process)
            self.urls.append(url)
        self.kills = 0

    def kill_one(self, dice: random.Random) -> None:
        """SIGKILL: nothing in the process gets to run any more. Then the next one takes its place."""
        number = dice.randrange(len(self._processes))
        self._end(number)
        self.kills += 1
        port = int(self.urls[number].rpartition(":")[2])
        self._processes[number], _ = self._started(port)

    def kill_all(self) -> None:
        for number in range(len(self._processes)):
            self._end(number)
        self._processes.clear()

    def _end(self, number: int) -> None:
        with self._processes[number] as process:
            if process.poll() is not None:
                self.deaths.append(f"a server died by itself, with exit code {process.returncode}")
            process.kill()

    def _started(self, port: int) -> tuple[subprocess.Popen[str], str]:
        command = [sys.executable, "-m", "pinwheel_sandbox", "--port", str(port), "--db", self._database]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_TALKATIVE)
        line = process.stdout.readline() if process.stdout else ""
        assert line.startswith(READY), "a server did not start"
        return process, line.removeprefix(READY).strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill_all()
