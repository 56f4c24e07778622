"""Claims in an SQLite file: for all processes of one machine, and over restarts."""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any

from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.forks import hold_over_forks

from .base import KEPT_FOR, Claim, Key

__all__ = ["SQLiteStore"]

_PATIENCE = 30.0  # seconds to wait for another process that writes
_PURGE_EVERY = 1000

# A row counts until its moment comes: a claim until its lease ends, a handled event until it is forgotten.
_CREATE = (
    """CREATE TABLE IF NOT EXISTS pinwheel_webhook_events (
        event_id TEXT NOT NULL, handler TEXT NOT NULL, token TEXT NOT NULL, until REAL NOT NULL, done INTEGER NOT NULL,
        PRIMARY KEY (event_id, handler)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS pinwheel_webhook_events_until ON pinwheel_webhook_events (until)",
)
_CLAIM = """INSERT INTO pinwheel_webhook_events VALUES (:event_id, :handler, :token, :until, 0)
    ON CONFLICT DO UPDATE SET token = :token, until = :until, done = 0 WHERE until <= :now"""
_LOOK = "SELECT done FROM pinwheel_webhook_events WHERE event_id = :event_id AND handler = :handler"
_EXTEND = """UPDATE pinwheel_webhook_events SET until = :until
    WHERE event_id = :event_id AND handler = :handler AND token = :token AND NOT done"""
_FINISH = """INSERT INTO pinwheel_webhook_events VALUES (:event_id, :handler, '', :until, 1)
    ON CONFLICT DO UPDATE SET until = :until, done = 1"""
_RELEASE = """DELETE FROM pinwheel_webhook_events
    WHERE event_id = :event_id AND handler = :handler AND token = :token AND NOT done"""
_PURGE = "DELETE FROM pinwheel_webhook_events WHERE until <= :now"


class SQLiteStore:
    """For the processes of one machine; the file must not lie on a network drive.

    Arguments:
        path: the file; it is made when the first event comes.
        kept_for: seconds for which a handled event is remembered.
        clock: Unix time in seconds; for tests.
    """

    blocking = True

    def __init__(self, path: str | Path, kept_for: float = KEPT_FOR, clock: Callable[[], float] = time.time) -> None:
        if str(path) == ":memory:":
            raise ConfigurationError("an SQLite database in memory is gone with its connection: take a MemoryStore")
        if kept_for <= 0:
            raise ConfigurationError("kept_for must be above 0")
        self._path = path
        self._kept_for = kept_for
        self._clock = clock
        self._lock = Lock()
        # SQLite has locks of its own, which a fork in the middle of a statement would leave locked in the child.
        hold_over_forks(self, self._lock)
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._inherited: list[sqlite3.Connection] = []
        self._claims = 0

    def claim(self, key: Key, lease: float) -> Claim:
        """Take an event."""
        token = token_hex(16)
        with self._lock:
            now = self._clock()
            self._claims += 1
            if self._claims % _PURGE_EVERY == 0:
                self._run(_PURGE, now=now)
            if self._run(_CLAIM, **key._asdict(), token=token, until=now + lease, now=now).rowcount:
                return Claim("claimed", token)
            row = self._run(_LOOK, **key._asdict()).fetchone()
        return Claim("done" if row is not None and row[0] else "busy")

    def extend(self, key: Key, token: str, lease: float) -> bool:
        """Hold a claim longer."""
        with self._lock:
            return bool(self._run(_EXTEND, **key._asdict(), token=token, until=self._clock() + lease).rowcount)

    def finish(self, key: Key) -> None:
        """Mark as done."""
        with self._lock:
            self._run(_FINISH, **key._asdict(), until=self._clock() + self._kept_for)

    def release(self, key: Key, token: str) -> None:
        """Give a claim back."""
        with self._lock:
            self._run(_RELEASE, **key._asdict(), token=token)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None

    def _run(self, statement: str, **values: Any) -> sqlite3.Cursor:
        return self._connected().execute(statement, values)

    def _connected(self) -> sqlite3.Connection:
        if self._connection is not None and self._process == os.getpid():
            return self._connection
        if self._connection is not None:
            # Made before a fork: SQLite forbids to use it here, and even closing it would drop the parent's locks.
            self._inherited.append(self._connection)
        self._connection, self._process = _connect(self._path), os.getpid()
        return self._connection


def _connect(path: str | Path) -> sqlite3.Connection:
    # Calls are made one at a time, under the lock, so any thread may make them.
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    # What is written survives a killed process. Only a power cut may take back the last moments, and then the machine
    # has not answered the deliveries of those moments either, or they are not sent again.
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", *_CREATE):
        _patiently(connection, statement)
    return connection


def _patiently(connection: sqlite3.Connection, statement: str) -> None:
    # Changing the journal mode does not wait for other processes by itself.
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                connection.close()
                raise
            time.sleep(0.01)
        else:
            return
