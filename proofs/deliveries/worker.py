"""Processes that do the work and die of it.

A `receiver_process` is a web server's worker: receiver, store and handler in one process. For the store in memory,
which dies with its process, a `handler_process` does only the handler's work.
"""

from __future__ import annotations

import os
import random
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pinwheel_api.webhooks import WebhookReceiver

from .journal import Journal
from .stores import Place

SECRET = "4f6e0d2c8b1a49d7b5e3c1f0a9d8e7b6"


class HandlerCrashError(Exception):
    """Raised by a handler that fails."""


class Work:
    """The handler: it raises in 3 % of its runs and kills its process in 2 %."""

    raising, killing = 0.03, 0.02

    def __init__(self, journal: Path) -> None:
        self._journal = Journal(journal)
        self._chance = random.Random(os.getpid())

    def __call__(self, event_id: str) -> None:
        self._journal.write("S", event_id)
        fate = self._chance.random()
        if fate < self.raising:
            self._journal.write("X", event_id)
            raise HandlerCrashError
        if fate < self.raising + self.killing:
            self._journal.write("K", event_id)
            os.kill(os.getpid(), signal.SIGKILL)
        self._journal.write("E", event_id)


def receiver_process(pipe: Connection, place: Place, journal: Path, lease: float) -> None:
    """Answer deliveries from a pipe with a status, until it closes."""
    work = Work(journal)
    receiver = WebhookReceiver([SECRET], store=place.open(), lease=lease)
    receiver.on("*", name="work")(lambda event: work(event.event_id))
    while True:
        try:
            body, headers = pipe.recv()
        except EOFError:
            return
        pipe.send(receiver.receive(body, headers).status)


def handler_process(pipe: Connection, journal: Path) -> None:
    """Do the work for events from a pipe, until it closes. False: the handler raised."""
    work = Work(journal)
    while True:
        try:
            event_id: Any = pipe.recv()
        except EOFError:
            return
        try:
            work(event_id)
        except HandlerCrashError:
            pipe.send(False)
        else:
            pipe.send(True)
