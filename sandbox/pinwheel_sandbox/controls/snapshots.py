"""Keep the whole state and put it back; empty it."""

from typing import Any

import attrs
from sqlalchemy import Connection, insert, select

from pinwheel_sandbox.clock import Position
from pinwheel_sandbox.storage.base import Row
from pinwheel_sandbox.storage.keys import ensure_first_key
from pinwheel_sandbox.world import World

# The keys that sign Link tokens and seal cursors stay what they are: they are no state that a test makes.
_STAYS = "vault"


@attrs.frozen
class Snapshot:
    """All rows of all tables, and the clock."""

    tables: dict[str, list[dict[str, Any]]]
    clock: Position


def take(world: World) -> Snapshot:
    """Keep the state as it is now."""
    with world.storage.reading() as session:
        connection = session.connection()
        tables = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in Row.metadata.sorted_tables
            if table.name != _STAYS
        }
    return Snapshot(tables, world.clock.position)


def put_back(world: World, snapshot: Snapshot) -> None:
    """Make the state what it was, the clock included."""
    with world.storage.writing() as session:
        connection = session.connection()
        _empty(connection)
        for table in Row.metadata.sorted_tables:
            rows = snapshot.tables.get(table.name)
            if rows:
                connection.execute(insert(table), rows)
    world.clock.position = snapshot.clock


def reset(world: World) -> None:
    """Make the state that of a fresh sandbox; the clock stays where it is."""
    with world.storage.writing() as session:
        _empty(session.connection())
    ensure_first_key(world.storage, world.settings, world.clock, world.chance)


def _empty(connection: Connection) -> None:
    for table in reversed(Row.metadata.sorted_tables):
        if table.name != _STAYS:
            connection.execute(table.delete())
