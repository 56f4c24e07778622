"""How long it takes until a sandbox is there: from the start of the process to the first answer.

Ten starts of each kind. The first answer is that of an API call with the secret, not of a mere open port.
"""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack

from tests.servers.postgres import PROGRAMS, PostgresProcess

from .page import Row

STARTS = 10
IN_PROCESS = (
    "import time; began = time.perf_counter()\n"
    "from pinwheel_sandbox import Sandbox\n"
    "with Sandbox() as sandbox, sandbox.client() as client:\n"
    "    list(client.accounts.list())\n"
    "    first = time.perf_counter() - began\n"
    "began = time.perf_counter()\n"
    "with Sandbox() as sandbox, sandbox.client() as client:\n"
    "    list(client.accounts.list())\n"
    "print(first, time.perf_counter() - began)\n"
)


def prove(tell: Callable[[str], None]) -> list[Row]:
    """Start and start again."""
    rows: list[Row] = [("what starts", "median", "slowest of 10")]

    def note(what: str, times: list[float]) -> None:
        row = (what, f"{statistics.median(times):.2f} s", f"{max(times):.2f} s")
        tell(str(row))
        rows.append(row)

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pinwheel-proof-"))
        note("`pinwheel sandbox`, in memory", [served([]) for _ in range(STARTS)])
        note("`pinwheel sandbox --db FILE`", [served(["--db", f"{folder}/sandbox.db"]) for _ in range(STARTS)])
        if PROGRAMS is not None:
            url = stack.enter_context(PostgresProcess()).database()
            note("`pinwheel sandbox --db postgresql://…`", [served(["--db", url]) for _ in range(STARTS)])
    both = [in_process() for _ in range(STARTS)]
    note("the first `Sandbox()` of a program, imports included", [first for first, _ in both])
    note("each one after it", [after for _, after in both])
    return rows


def served(options: list[str]) -> float:
    """Seconds from the start of the command to the first answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pinwheel_cli", "sandbox", "--port", str(port), *options]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            while not _answers(port):
                if time.perf_counter() - began > 30:
                    raise TimeoutError("the sandbox does not answer")
                time.sleep(0.002)
            return time.perf_counter() - began
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/v1/accounts", headers={"x-api-secret": "sandbox"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def in_process() -> tuple[float, float]:
    """Seconds of the first sandbox of a program, and of the second one."""
    done = subprocess.run([sys.executable, "-c", IN_PROCESS], capture_output=True, text=True, check=True)
    first, second = map(float, done.stdout.split())
    return first, second
