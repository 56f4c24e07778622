"""On PostgreSQL the sandbox answers what each document says: schemathesis, all checks, valid and invalid data."""

from __future__ import annotations

from collections.abc import Callable

from tests.servers.postgres import PostgresProcess

from .page import Row
from .schemathesis_parts.running import every_version


def prove(tell: Callable[[str], None]) -> list[Row]:
    """A run for each version, each with a database of its own."""
    with PostgresProcess() as server:
        return every_version(server.database, tell)
