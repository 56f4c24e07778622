"""Pinwheel's side: deliveries in any order, some twice, repeated by its rules on a faster clock."""

from __future__ import annotations

import heapq
import json
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Sequence

from pinwheel_api.webhooks import sign

from .lanes import Lane, Parcel
from .worker import SECRET

FURTHER_ATTEMPTS = 5
NAMES = ("paystubs.added", "shifts.added", "income.added", "employment.added", "paystubs.fully_synced")


def parcels(events: int, deliveries: int, chance: random.Random) -> list[Parcel]:
    """`events` events, some of them delivered more than once so that there are `deliveries`, in no order."""
    made = [_parcel(number, chance) for number in range(events)]
    twice = deliveries - events
    anywhere = [*made, *chance.choices(made, k=twice // 2)]
    chance.shuffle(anywhere)
    # The other half of the duplicates come right behind another, so that both are under way at the same time.
    close = set(chance.sample(range(len(anywhere)), twice - twice // 2))
    return [parcel for index, parcel in enumerate(anywhere) for _ in range(2 if index in close else 1)]


def _parcel(number: int, chance: random.Random) -> Parcel:
    event_id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
    name = NAMES[number % len(NAMES)]
    payload = {
        "id": str(uuid.UUID(int=number)),
        "name": name.partition(".")[0],
        "timestamp": "2026-11-22T12:00:00.000001+00:00",
        "outcome": "success",
        "params": {},
        "account_id": str(uuid.UUID(int=number // 5)),
    }
    body = json.dumps({"event_id": event_id, "event": name, "payload": payload}).encode()
    return Parcel(event_id, body, {"pinwheel-version": "2025-07-08", **sign(body, SECRET)})


class Sender:
    """Hands deliveries to lanes until each is answered with 200 or given up."""

    def __init__(self, work: Sequence[Parcel], first_delay: float, seed: int) -> None:
        # Due time, a number that keeps the order, attempt, delivery.
        self._due: list[tuple[float, int, int, Parcel]] = [(0.0, index, 1, each) for index, each in enumerate(work)]
        self._open = self._numbered = len(work)
        self._first_delay = first_delay
        self._chance = random.Random(seed)
        self._changed = threading.Condition()
        self.statuses: Counter[int | None] = Counter()
        self.given_up = 0

    def run(self, lanes: Sequence[Lane], kill_every: float) -> None:
        threads = [threading.Thread(target=self._drive, args=(lane,)) for lane in lanes]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            time.sleep(kill_every)
            if self._open:
                self._chance.choice(lanes).kill()
        for thread in threads:
            thread.join()

    def _drive(self, lane: Lane) -> None:
        while (taken := self._take()) is not None:
            attempt, parcel = taken
            status = lane.deliver(parcel)
            self._settle(attempt, parcel, status)

    def _take(self) -> tuple[int, Parcel] | None:
        with self._changed:
            while self._open:
                wait = self._due[0][0] - time.monotonic() if self._due else 0.5
                if wait <= 0:
                    _, _, attempt, parcel = heapq.heappop(self._due)
                    return attempt, parcel
                self._changed.wait(min(wait, 0.5))
            return None

    def _settle(self, attempt: int, parcel: Parcel, status: int | None) -> None:
        with self._changed:
            self.statuses[status] += 1
            again = status is None or status >= 500
            if again and attempt <= FURTHER_ATTEMPTS:
                delay = self._first_delay * 2 ** (attempt - 1) * self._chance.uniform(0.75, 1.25)
                self._numbered += 1
                heapq.heappush(self._due, (time.monotonic() + delay, self._numbered, attempt + 1, parcel))
            else:
                self._open -= 1
                self.given_up += again
            self._changed.notify()
