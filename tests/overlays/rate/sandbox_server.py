"""The local Pinwheel with its rate limit switched on, in a process of its own.

`python -m tests.overlays.rate.sandbox_server POLICY` prints its URL and serves until its standard input ends.
"""

import subprocess
import sys
from types import TracebackType
from typing import Self, cast

from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.rate import RATE, RatePolicy
from pinwheel_sandbox.settings import Settings

from .enforcing_server import be_on_time


def main(policy: str) -> None:
    """Serve."""
    be_on_time()
    settings = Settings(rate=RATE, rate_policy=cast("RatePolicy", policy))
    with Sandbox(settings=settings) as sandbox, sandbox.serve() as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()


class SandboxServer:
    """Such a process."""

    def __init__(self, policy: str) -> None:
        command = [sys.executable, "-m", __name__, policy]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.communicate()


if __name__ == "__main__":
    main(sys.argv[1])
