"""Ways to hand over a delivery, one at a time each, over processes that are replaced when they die."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pinwheel_api.webhooks import WebhookReceiver

from .nursery import Nursery
from .stores import Place
from .worker import HandlerCrashError


class Parcel(NamedTuple):
    event_id: str
    body: bytes
    headers: dict[str, str]


class Lane(Protocol):
    """Takes one delivery at a time."""

    def deliver(self, parcel: Parcel) -> int | None:
        """Return the HTTP status, or None: the connection broke."""
        ...

    def kill(self) -> None:
        """Kill its process, wherever in its work it is."""
        ...

    def close(self) -> None: ...


class Worker:
    """A process at the end of a pipe, started anew when it has died."""

    def __init__(self, nursery: Nursery, function: str, *arguments: Any) -> None:
        self._nursery, self._function, self._arguments = nursery, function, arguments
        self.interrupted: Counter[str] = Counter()
        """Events in whose midst it was killed from outside, and how often."""
        self._lock = threading.Lock()
        self._asked = self._killed = False
        self._child = nursery.start(function, *arguments)

    def ask(self, question: object, event_id: str) -> Any:
        """Return the answer, or None if the process died over it."""
        self._asked = True
        try:
            self._child.pipe.send(question)
            answer = self._child.pipe.recv()
        except (EOFError, OSError):
            answer = None
        with self._lock:
            self._asked = False
            if self._killed:
                self.interrupted[event_id] += 1
            if self._killed or answer is None:
                self._child.pipe.close()
                self._child = self._nursery.start(self._function, *self._arguments, instead=self._child.process)
                self._killed = False
        return answer

    def kill(self) -> None:
        """Kill the process if it is at work."""
        with self._lock:
            if self._asked:
                self._killed = True
                os.kill(self._child.process, signal.SIGKILL)

    def close(self) -> None:
        self._child.pipe.close()


class SharedLane:
    """A web server's worker process over a store that others share."""

    def __init__(self, nursery: Nursery, place: Place, journal: Path, lease: float) -> None:
        self.worker = Worker(nursery, "receiver_process", place, journal, lease)
        self.kill, self.close = self.worker.kill, self.worker.close

    def deliver(self, parcel: Parcel) -> int | None:
        answer: int | None = self.worker.ask((parcel.body, parcel.headers), parcel.event_id)
        return answer


class MemoryLane:
    """A thread of one web server that keeps its store in memory; the work of a handler is done by a process."""

    _current = threading.local()

    def __init__(self, nursery: Nursery, receiver: WebhookReceiver, journal: Path) -> None:
        self.worker = Worker(nursery, "handler_process", journal)
        self.kill, self.close = self.worker.kill, self.worker.close
        self._receiver = receiver

    def deliver(self, parcel: Parcel) -> int | None:
        self._current.worker = self.worker
        return self._receiver.receive(parcel.body, parcel.headers).status

    @classmethod
    def handle(cls, event: Any) -> None:
        """The handler of that receiver."""
        worker: Worker = cls._current.worker
        if not worker.ask(event.event_id, event.event_id):
            raise HandlerCrashError
