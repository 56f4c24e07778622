"""One database for one sandbox: SQLite in memory or in a file, or PostgreSQL, which several processes can share."""

import contextlib
import secrets
import threading
import weakref
from collections.abc import Generator
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, func, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

from pinwheel_sandbox.settings import IN_MEMORY
from pinwheel_sandbox.storage import company_tables, delivery_tables, link_tables, scenario_tables, workspace_tables
from pinwheel_sandbox.storage.base import Row
from pinwheel_sandbox.storage.opening import address, problem
from pinwheel_sandbox.storage.tables import Vault

# Naming a table here is what creates it: its module has to be loaded before the database is opened.
TABLES = (
    Vault,
    link_tables.LinkSession,
    link_tables.LinkFile,
    company_tables.CompanyConnection,
    scenario_tables.ScenarioPerson,
    workspace_tables.Webhook,
    delivery_tables.Delivery,
)

_MAKING_TABLES = 0x70696E77
_PATIENCE = 5
"""Seconds after which a server that does not answer is taken for gone."""
# A connection for each thread that a server answers in; one that broke is noticed before it is used.
_POOL: dict[str, Any] = {"pool_size": 8, "max_overflow": 40, "pool_pre_ping": True}


class Storage:
    """Transactions over the tables, from any thread."""

    def __init__(self, url: str = IN_MEMORY) -> None:
        """Open the database and create what is missing in it, or say in a StorageError why not."""
        self.url = address(url)
        try:
            self._engine = _engine(self.url)
        except (SQLAlchemyError, ImportError) as error:
            raise problem(self.url, error) from error
        # Connections that nobody closed are warned about. Not at the end of the process: threads may still use them.
        self._dispose = weakref.finalize(self, self._engine.dispose)
        self._dispose.atexit = False
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        # One connection is the whole of an in-memory database, so its transactions take turns.
        self._turn = threading.RLock() if _in_memory(self.url) else contextlib.nullcontext()
        try:
            self._make_tables()
        except SQLAlchemyError as error:
            self._dispose()
            raise problem(self.url, error) from error

    def _make_tables(self) -> None:
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                # Processes that start together would each find the tables missing, and all but one fail to make them.
                connection.execute(select(func.pg_advisory_xact_lock(_MAKING_TABLES)))
            Row.metadata.create_all(connection)

    @contextlib.contextmanager
    def reading(self) -> Generator[Session, None, None]:
        """A transaction that only reads, and sees one moment however many queries it makes."""
        with self._turn, self._sessions() as session:
            if self.url.get_backend_name() == "postgresql":
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextlib.contextmanager
    def writing(self) -> Generator[Session, None, None]:
        """A transaction that is committed when its block ends well, and undone when it raises."""
        with self._turn, self._sessions(info={"writes": True}) as session:
            # SQLite takes its write lock now: a read lock that is raised later can fail instead of waiting.
            session.connection(execution_options={"writes": True})
            yield session
            session.commit()

    def key(self, name: str) -> bytes:
        """A key of this database, made on first use and the same ever after, in every process that opens it."""
        with self.reading() as session:
            row = session.get(Vault, name)
        if row is None:
            row = Vault(name=name, secret=secrets.token_hex(32))
            try:
                with self.writing() as session:
                    session.add(row)
            except IntegrityError:  # another process was first, and its key counts
                return self.key(name)
        return bytes.fromhex(row.secret)

    def close(self) -> None:
        """Let go of all connections, as happens when it is dropped; an in-memory database is gone with them."""
        self._dispose()


def _in_memory(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(url, **_POOL, connect_args={"connect_timeout": _PATIENCE})
    if _in_memory(url):
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        engine = create_engine(url, connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions late and on its own; _begin_sqlite does it when SQLAlchemy says so.
    connection.isolation_level = None
    # WAL lets readers go on beside a writer. What is committed outlives the death of this process.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
