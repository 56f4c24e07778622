"""Servers that enforce 50 requests a second refuse none, and at least 98 % of the allowance is used, 95 % with jitter.

Each row is a run of 20 seconds through the real client against a real HTTP server on this machine, and four processes
share their allowance in a real Redis. What waits while the machine stands still arrives in one heap, which no limiter
can help: a row that such a pause broke stays in the table, and its run is made once more.
`python -m proofs.rate_limit --seconds 5 --only bucket` is a quick look at some of the rows.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections.abc import Callable
from typing import NamedTuple

from tests.overlays.rate import runs
from tests.overlays.rate.load import Result

from .page import Row

POLICIES = {"sliding": "sliding log", "fixed": "fixed window", "bucket": "bucket of 5"}
SETUPS = (runs.ONE_THREAD, runs.THREADS, runs.TASKS, runs.PROCESSES, runs.TASK_PROCESSES)
STILL = 0.12
"""Seconds without any answer that no schedule explains: the longest way here takes 60 ms."""
HEAD: Row = ("server", "client", "counts by", "requests", "refused", "allowance used", "longest pause", "load")


class Run(NamedTuple):
    """A row, and the part of the allowance that it must use."""

    way: runs.Way
    setup: runs.Setup
    policy: str
    least: float

    def __str__(self) -> str:
        return f"{self.way.name}; {self.setup.name}; {POLICIES[self.policy]}"

    def row(self, result: Result) -> Row:
        load = f"{os.getloadavg()[0]:.1f}"
        counts = len(result.answers), result.refused, f"{result.used():.1%}", f"{result.pause * 1000:.0f} ms", load
        return (self.way.name, self.setup.name, POLICIES[self.policy], *counts)

    def holds(self, result: Result) -> bool:
        return result.refused == 0 and result.used() >= self.least


def plan() -> list[Run]:
    """All runs. With jitter on both ways one thread cannot do it: it waits 30 ms for each answer by itself."""
    bars = (
        (runs.SANDBOX, SETUPS, 0.98),
        (runs.LOOPBACK, SETUPS, 0.98),
        (runs.JITTER, SETUPS, 0.95),
        (runs.BOTH_WAYS, SETUPS[1:], 0.95),
    )
    return [
        Run(way, setup, policy, least)
        for way, setups, least in bars
        for setup, policy in itertools.product(setups, POLICIES)
    ]


def prove(say: Callable[[str], None], seconds: float = 20, only: str = "") -> list[Row]:
    for way in (runs.SANDBOX, runs.LOOPBACK):
        control = runs.run(runs.UNLIMITED, "sliding", way, 3)
        assert control.refused, "a server that refuses nothing proves nothing"
    rows, failed = [HEAD], []
    for run in plan():
        if only not in str(run):
            continue
        result = runs.run(run.setup, run.policy, run.way, seconds)
        if not run.holds(result) and result.pause > STILL:
            *row, load = run.row(result)
            rows.append((*row, f"{load}; stood still, run again"))
            say("; ".join(map(str, rows[-1])))
            result = runs.run(run.setup, run.policy, run.way, seconds)
        rows.append(run.row(result))
        if not run.holds(result):
            failed.append(run)
        say(f"{'; '.join(map(str, rows[-1]))}{'; FAILS' if run in failed else ''}")
    assert not failed, f"{len(failed)} of {len(rows) - 1} runs do not hold: {'; '.join(map(str, failed))}"
    return rows


def main() -> None:
    """Print some rows."""
    parser = argparse.ArgumentParser(description="Prove the rate limit against servers that enforce it.")
    parser.add_argument("--seconds", type=float, default=20, help="of each run")
    parser.add_argument("--only", default="", help="rows whose text contains this, such as 'bucket' or 'tasks'")
    arguments = parser.parse_args()
    prove(lambda text: print(text, flush=True), arguments.seconds, arguments.only)


if __name__ == "__main__":
    sys.exit(main())
