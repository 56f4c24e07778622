"""Calls as fast as the client lets them go: `python -m tests.overlays.rate.load URL KIND WORKERS SECONDS [REDIS]`.

A process of its own, with the real client. It says when it is ready and begins with the first line it reads. KIND is
`threads`, `tasks`, or `unlimited` for threads that hold nothing back.
"""

import asyncio
import subprocess
import sys
import threading
import time
from types import EllipsisType
from typing import NamedTuple

from pinwheel_api import AsyncPinwheel, Pinwheel, RateLimitError, RedisRateLimit

SECRET = "sandbox"  # that of a fresh sandbox, and one allowance for all processes

Limit = RedisRateLimit | EllipsisType | None


class Counts:
    """What came back, and when."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.answers: list[float] = []
        self.refused = 0

    def note(self, *, refused: bool) -> None:
        with self.lock:
            self.answers.append(time.monotonic())
            self.refused += refused


def as_threads(url: str, workers: int, seconds: float, limit: Limit) -> Counts:
    """Call from threads that share a client."""
    counts = Counts()
    with Pinwheel(SECRET, base_url=url, max_retries=0, rate_limit=limit) as client:
        begin()
        deadline = time.monotonic() + seconds

        def work() -> None:
            while time.monotonic() < deadline:
                try:
                    client.webhooks.list().first()
                    counts.note(refused=False)
                except RateLimitError:
                    counts.note(refused=True)

        threads = [threading.Thread(target=work) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return counts


async def as_tasks(url: str, workers: int, seconds: float, limit: Limit) -> Counts:
    """Call from tasks that share a client."""
    counts = Counts()
    async with AsyncPinwheel(SECRET, base_url=url, max_retries=0, rate_limit=limit) as client:
        begin()
        deadline = time.monotonic() + seconds

        async def work() -> None:
            while time.monotonic() < deadline:
                try:
                    await client.webhooks.list().first()
                    counts.note(refused=False)
                except RateLimitError:
                    counts.note(refused=True)

        await asyncio.gather(*(work() for _ in range(workers)))
    if isinstance(limit, RedisRateLimit):
        await limit.aclose()
    return counts


def begin() -> None:
    """Wait until all are ready."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def main(url: str, kind: str, workers: int, seconds: float, redis: str = "") -> None:
    """Make the calls and say what came back."""
    limit = RedisRateLimit(redis) if redis else ...
    if kind == "tasks":
        counts = asyncio.run(as_tasks(url, workers, seconds, limit))
    else:
        counts = as_threads(url, workers, seconds, None if kind == "unlimited" else limit)
    sys.stdout.write(f"{counts.refused} {' '.join(map(str, counts.answers))}\n")


class Result(NamedTuple):
    """What one or several of these processes saw. Times are those of one clock, the machine's."""

    answers: list[float]
    refused: int

    def used(self, rate: float = 50) -> float:
        """The part of the allowance that was used: n requests fill n distances."""
        return (len(self.answers) - self.refused) / (rate * (self.answers[-1] - self.answers[0]) + 1)

    @property
    def pause(self) -> float:
        """The longest time without an answer."""
        return max(after - before for before, after in zip(self.answers, self.answers[1:], strict=False))


class Load:
    """Such a process."""

    def __init__(self, url: str, kind: str, workers: int, seconds: float, redis: str = "") -> None:
        command = [sys.executable, "-m", __name__, url, kind, str(workers), str(seconds), redis]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def begin(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def finish(self) -> Result:
        """What it saw."""
        output, _ = self.process.communicate()
        assert self.process.returncode == 0
        refused, *answers = output.split()
        return Result(sorted(map(float, answers)), int(refused))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), *sys.argv[5:])
