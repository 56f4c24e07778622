"""Claims in PostgreSQL: for any number of machines. Needs the extra ``postgres``: psycopg 3 with its pool."""

import os
import re
from collections.abc import Callable
from importlib.util import find_spec
from secrets import token_hex
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.forks import renew_after_fork

from .base import KEPT_FOR, Claim, Key

if TYPE_CHECKING:
    import psycopg
    import psycopg_pool

    Pool = psycopg_pool.ConnectionPool["psycopg.Connection[tuple[Any, ...]]"]

__all__ = ["PostgresStore"]

T = TypeVar("T")

_PURGE_EVERY = 1000
_PATIENCE = 5.0  # seconds to wait for a connection; Pinwheel waits 15 for the answer
_TABLE = re.compile(r"[a-z_][a-z0-9_]{0,48}(\.[a-z_][a-z0-9_]{0,48})?", re.ASCII)

# A row counts until its moment comes: a claim until its lease ends, a handled event until it is forgotten. The clock is
# the server's, so those of the machines need not agree.
_CREATE = """CREATE TABLE IF NOT EXISTS {table} (
        event_id text NOT NULL, handler text NOT NULL, token text NOT NULL, until timestamptz NOT NULL,
        done boolean NOT NULL, PRIMARY KEY (event_id, handler));
    CREATE INDEX IF NOT EXISTS {index} ON {table} (until)"""
# By its token a claim knows itself: one that is repeated because the connection broke is no second one.
_CLAIM = """INSERT INTO {table} AS row
        VALUES (%(event_id)s, %(handler)s, %(token)s, clock_timestamp() + make_interval(secs => %(seconds)s), false)
    ON CONFLICT (event_id, handler) DO UPDATE SET token = excluded.token, until = excluded.until, done = false
        WHERE row.until <= clock_timestamp() OR row.token = excluded.token"""
_LOOK = "SELECT done FROM {table} WHERE event_id = %(event_id)s AND handler = %(handler)s"
_EXTEND = """UPDATE {table} SET until = clock_timestamp() + make_interval(secs => %(seconds)s)
    WHERE event_id = %(event_id)s AND handler = %(handler)s AND token = %(token)s AND NOT done"""
_FINISH = """INSERT INTO {table}
        VALUES (%(event_id)s, %(handler)s, '', clock_timestamp() + make_interval(secs => %(seconds)s), true)
    ON CONFLICT (event_id, handler) DO UPDATE SET until = excluded.until, done = true"""
_RELEASE = """DELETE FROM {table}
    WHERE event_id = %(event_id)s AND handler = %(handler)s AND token = %(token)s AND NOT done"""
_PURGE = "DELETE FROM {table} WHERE until <= clock_timestamp()"


class PostgresStore:
    """For any number of processes and machines.

    Arguments:
        conninfo: a URL ``postgresql://...`` or ``host=... dbname=...``.
        table: where to keep the claims, with its schema if need be; it is made when the first event comes.
        kept_for: seconds for which a handled event is remembered.
        connections: how many this process opens at most.
    """

    blocking = True

    def __init__(
        self,
        conninfo: str,
        table: str = "pinwheel_webhook_events",
        kept_for: float = KEPT_FOR,
        connections: int = 4,
    ) -> None:
        if not _TABLE.fullmatch(table):
            raise ConfigurationError("table must be a plain name in lower case, or schema.name")
        if kept_for <= 0 or connections < 1:
            raise ConfigurationError("kept_for and connections must be above 0")
        # Told where the program starts: once deliveries come, it would be a line in a log.
        if any(find_spec(module) is None for module in ("psycopg", "psycopg_pool")):
            raise ConfigurationError("PostgresStore needs psycopg: pip install 'pinwheel-api[postgres]'")
        self._conninfo = conninfo
        self._names = {"table": table, "index": f"{table.rpartition('.')[2]}_until"}
        self._kept_for = kept_for
        self._connections = connections
        self._start_anew()
        renew_after_fork(self, PostgresStore._start_anew)
        self._pool: Pool | None = None
        self._process = 0
        self._inherited: list[Pool] = []
        self._claims = 0

    def _start_anew(self) -> None:
        """Take a new lock, in the child of a fork: a thread of the parent may just have held this one."""
        self._lock = Lock()

    def claim(self, key: Key, lease: float) -> Claim:
        """Take an event."""
        token = token_hex(16)
        self._claims += 1
        if self._claims % _PURGE_EVERY == 0:
            self._run(_PURGE, key, lambda _: None)
        if self._run(_CLAIM, key, lambda cursor: cursor.rowcount, token=token, seconds=lease):
            return Claim("claimed", token)
        row = self._run(_LOOK, key, lambda cursor: cursor.fetchone())
        return Claim("done" if row is not None and row[0] else "busy")

    def extend(self, key: Key, token: str, lease: float) -> bool:
        """Hold a claim longer."""
        return bool(self._run(_EXTEND, key, lambda cursor: cursor.rowcount, token=token, seconds=lease))

    def finish(self, key: Key) -> None:
        """Mark as done."""
        self._run(_FINISH, key, lambda _: None, seconds=self._kept_for)

    def release(self, key: Key, token: str) -> None:
        """Give a claim back."""
        self._run(_RELEASE, key, lambda _: None, token=token)

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._pool is not None and self._process == os.getpid():
                self._pool.close()
            self._pool = None

    def __repr__(self) -> str:
        return f"<PostgresStore {self._names['table']}>"

    def _run(
        self, statement: str, key: Key, read: "Callable[[psycopg.Cursor[tuple[Any, ...]]], T]", **values: object
    ) -> T:
        from psycopg import OperationalError  # noqa: PLC0415 - an extra

        query = statement.format(**self._names).encode()
        parameters = {**key._asdict(), **values}
        try:
            with self._opened().connection() as connection:
                return read(connection.execute(query, parameters))
        except OperationalError:
            pass
        # A connection that the server has closed in the meantime is noticed only when it is used, and others may be
        # closed, too. Every statement may be repeated; if the server is gone, this attempt says so.
        pool = self._opened()
        pool.check()
        with pool.connection() as connection:
            return read(connection.execute(query, parameters))

    def _opened(self) -> "Pool":
        with self._lock:
            if self._pool is None or self._process != os.getpid():
                if self._pool is not None:
                    self._inherited.append(self._pool)  # made before a fork: the connections are the parent's
                self._pool, self._process = self._open(), os.getpid()
            return self._pool

    def _open(self) -> "Pool":
        import psycopg_pool  # noqa: PLC0415 - an extra
        from psycopg import errors  # noqa: PLC0415 - an extra

        pool: Pool = psycopg_pool.ConnectionPool(
            self._conninfo,
            min_size=1,
            max_size=self._connections,
            kwargs={"autocommit": True},
            open=True,
            timeout=_PATIENCE,
        )
        try:
            with pool.connection() as connection:
                connection.execute(_CREATE.format(**self._names).encode())
        except (errors.UniqueViolation, errors.DuplicateTable, errors.DuplicateObject):
            pass  # another process made it at this very moment
        except BaseException:
            pool.close()
            raise
        return pool
