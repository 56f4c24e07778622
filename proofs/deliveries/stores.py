"""The stores under test, by a description that a process can be started with."""

from __future__ import annotations

from typing import NamedTuple

from pinwheel_api.webhooks import EventStore, PostgresStore, RedisStore, SQLiteStore


class Place(NamedTuple):
    """A store that several processes share."""

    kind: str
    address: str

    def open(self) -> EventStore:
        if self.kind == "SQLite":
            return SQLiteStore(self.address)
        if self.kind == "PostgreSQL":
            return PostgresStore(self.address, connections=1)
        return RedisStore(self.address)
