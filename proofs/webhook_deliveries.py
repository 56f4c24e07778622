"""100,000 deliveries, in no order and some twice, are each handled to the end while handlers crash and processes die.

Of all runs of a handler 3 % raise and 2 % kill their process; twice a second another process is killed from outside.
The sender repeats what is not answered with 200 up to five times, by Pinwheel's rules on a faster clock. What the
handlers did is read from a journal of their own, not from the store. The store in memory dies with its process, so
there only the processes that do the handlers' work are killed.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from pinwheel_api.webhooks import MemoryStore, WebhookReceiver

from tests.overlays.rate.redis_server import RedisProcess
from tests.servers.postgres import PostgresProcess

from .deliveries import journal
from .deliveries.judge import Verdict, judge
from .deliveries.lanes import MemoryLane, SharedLane
from .deliveries.nursery import Nursery
from .deliveries.sender import Sender, parcels
from .deliveries.stores import Place
from .deliveries.worker import SECRET
from .page import Row

STORES = ("memory", "SQLite", "PostgreSQL", "Redis")
LANES = 6


class Result:
    """Of one store."""

    def __init__(self, verdict: Verdict, sender: Sender, outside: int, seconds: float) -> None:
        self.verdict, self.sender, self.outside, self.seconds = verdict, sender, outside, seconds


@contextmanager
def place_of(store: str, folder: Path) -> Iterator[Place]:
    if store == "SQLite":
        yield Place(store, str(folder / "events.db"))
    elif store == "PostgreSQL":
        with PostgresProcess() as server:
            yield Place(store, server.url)
    else:
        with RedisProcess() as server:
            yield Place(store, server.url)


def run(store: str, deliveries: int, *, lease: float = 2.0, kill_every: float = 0.5, seed: int = 5) -> Result:
    """Send `deliveries`, a fifth of them duplicates, and judge."""
    work = parcels(deliveries * 4 // 5, deliveries, random.Random(seed))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pinwheel-proof-") as name, ExitStack() as stack:
        path = Path(name, "journal")
        nursery = stack.enter_context(Nursery())
        lanes: list[Any]
        if store == "memory":
            receiver = WebhookReceiver([SECRET], store=MemoryStore(most=2 * deliveries), lease=lease)
            receiver.on("*", name="work")(MemoryLane.handle)
            lanes = [MemoryLane(nursery, receiver, path) for _ in range(LANES)]
        else:
            place = stack.enter_context(place_of(store, Path(name)))
            lanes = [SharedLane(nursery, place, path, lease) for _ in range(LANES)]
        sender = Sender(work, first_delay=lease * 1.5, seed=seed)
        sender.run(lanes, kill_every)
        for lane in lanes:
            lane.close()
        interrupted = sum((lane.worker.interrupted for lane in lanes), Counter[str]())
        verdict = judge(journal.read(path), {parcel.event_id for parcel in work}, interrupted)
    return Result(verdict, sender, interrupted.total(), time.monotonic() - started)


def prove(say: Callable[[str], None]) -> list[Row]:
    rows: list[Row] = [
        (
            "store",
            "deliveries",
            "events",
            "attempts",
            "runs",
            "raised",
            "killed",
            "handled",
            "lost",
            "needless runs",
            "s",
        )
    ]
    for store in STORES:
        deliveries = 100_000
        result = run(store, deliveries)
        verdict, attempts = result.verdict, result.sender.statuses.total()
        events = verdict.handled + verdict.lost
        row = (f"{deliveries:,}", f"{events:,}", f"{attempts:,}", *(f"{number:,}" for number in verdict))
        rows.append((store, *row, f"{result.seconds:.0f}"))
        say(f"{store}: {dict(zip(rows[0][1:], row, strict=False))}, statuses {dict(result.sender.statuses)}")
        assert verdict.lost == 0
        assert verdict.needless == 0
        assert verdict.raised + verdict.killed >= verdict.runs * 0.04
    return rows
