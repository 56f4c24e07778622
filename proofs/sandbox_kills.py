"""Nothing that the sandbox acknowledged is lost when its processes are killed with SIGKILL under load.

Four writers make calls of seven kinds to two server processes over one database, and a webhook is told of three events.
Meanwhile one server after the other is killed and comes back. In the end one more server sends what is still due, and
the state is judged: single-use Link tokens, the limits of accounts and webhooks, jobs and data that agree with their
accounts, and every event delivered at least once.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import NamedTuple

import httpx
from pinwheel_sandbox import RemoteSandbox

from tests.sandbox.receiving import ListeningServer
from tests.servers.postgres import PostgresProcess

from .page import Row
from .sandbox_parts.herd import Herd
from .sandbox_parts.judging import problems
from .sandbox_parts.writers import Journal, Writer

WRITERS, SERVERS = 4, 2
SECONDS = 90.0
PATIENCE = 300.0
EVENTS = ["account.added", "income.added", "employment.added"]
"""Of the more than twenty events that a login sets off: the first, one in between, and the last."""


class Result(NamedTuple):
    journal: Journal
    kills: int
    deliveries: int
    problems: list[str]


def run(database: str, *, seconds: float, kill_every: float | None = 1.5, seed: int = 3) -> Result:
    """Write for so many seconds at least, with kills about so far apart, or none."""
    journal, dice = Journal(), random.Random(seed)
    with ListeningServer() as receiver, Herd(database, SERVERS) as herd:
        _register(herd.urls[0], receiver.url)
        began = time.monotonic()

        def over() -> bool:
            passed = time.monotonic() - began
            return passed > seconds + PATIENCE or (passed > seconds and _enough(journal, kills=kill_every is not None))

        stop = threading.Event()
        killer = threading.Thread(target=_kill, args=(herd, kill_every, stop, dice)) if kill_every else None
        with ThreadPoolExecutor(WRITERS) as pool:
            if killer:
                killer.start()
            writers = [Writer(herd.urls, journal, receiver.url, random.Random(seed + n)) for n in range(WRITERS)]
            done = [pool.submit(writer.run, over) for writer in writers]
            for future in done:
                future.result()
        stop.set()
        if killer:
            killer.join()
        herd.kill_all()
        with Herd(database, 1) as last:
            sandbox = RemoteSandbox(last.urls[0])
            # What a killed process had in hand is free for others after a minute.
            sandbox.move_clock(by=timedelta(seconds=61))
            _wait(sandbox)
        trees = receiver.trees
        delivered = {tree["event_id"] for tree in trees}
        told = {tree["payload"]["account_id"] for tree in trees if tree["event"] == "account.added"}
        found = [*herd.deaths, *journal.failures[:3], *problems(database, journal, EVENTS, delivered, told)]
        return Result(journal, herd.kills, len(trees), found)


def _enough(journal: Journal, *, kills: bool) -> bool:
    """A slow machine takes longer to do something that is worth a judgement."""
    return len(journal.accounts) > 5 and bool(journal.events) and (journal.broken > 0 or not kills)


def _wait(sandbox: RemoteSandbox) -> None:
    """Until the process has sent everything by itself."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and sandbox.deliveries(status="pending", limit=1):
        time.sleep(0.2)


def _register(url: str, target: str) -> None:
    body = {"url": target, "status": "active", "enabled_events": EVENTS, "version": "2025-07-08"}
    headers = {"x-api-secret": "sandbox", "pinwheel-version": "2025-07-08"}
    httpx.post(f"{url}/v1/webhooks", json=body, headers=headers, trust_env=False).raise_for_status()


def _kill(herd: Herd, every: float, over: threading.Event, dice: random.Random) -> None:
    while not over.wait(every * dice.uniform(0.3, 1.7)):
        herd.kill_one(dice)


@contextmanager
def empty(database: str) -> Iterator[str]:
    """The address of a new database of a kind."""
    if database == "PostgreSQL":
        with PostgresProcess() as server:
            yield server.database()
    else:
        with tempfile.TemporaryDirectory(prefix="pinwheel-proof-") as folder:
            yield f"sqlite:///{folder}/sandbox.db"


def prove(tell: Callable[[str], None]) -> list[Row]:
    """A minute and a half on each database."""
    rows: list[Row] = [
        ("database", "calls answered", "kills", "calls cut off", "acknowledged", "deliveries", "lost or broken")
    ]
    for database in ("SQLite file", "PostgreSQL"):
        with empty(database) as url:
            result = run(url, seconds=SECONDS)
        journal = result.journal
        acknowledged = (
            f"{len(journal.token_ids)} tokens, {len(journal.accounts)} accounts, {len(journal.webhooks)} webhooks, "
            f"{len(journal.events)} events, {len(journal.documents)} documents"
        )
        answered = f"{journal.answers.total():,}"
        row = (database, answered, result.kills, journal.broken, acknowledged, f"{result.deliveries:,}")
        tell(str(row))
        rows.append((*row, len(result.problems)))
        if result.problems:
            raise SystemExit("\n".join(result.problems))
    return rows
