"""Claims, leases and marks: one behaviour on four stores."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pinwheel_api import ConfigurationError
from pinwheel_api.webhooks import EventStore, MemoryStore, PostgresStore, RedisStore, SQLiteStore
from pinwheel_overlays.webhooks import Key

from tests.overlays.rate.redis_server import RedisProcess
from tests.servers.postgres import PostgresProcess

from .conftest import MakeStore

KEY = Key("event-1", "module.handler")
LONG, SHORT = 60, 0.15


def test_of_one_event_one_gets_the_claim(store: EventStore) -> None:
    first, second = store.claim(KEY, LONG), store.claim(KEY, LONG)
    assert (first.state, second.state) == ("claimed", "busy")
    assert first.token
    assert not second.token


def test_another_event_and_another_handler_are_something_else(store: EventStore) -> None:
    keys = [KEY, KEY._replace(event_id="event-2"), KEY._replace(handler="other")]
    assert [store.claim(key, LONG).state for key in keys] == ["claimed"] * 3


def test_what_is_done_stays_done(store: EventStore) -> None:
    token = store.claim(KEY, LONG).token
    store.finish(KEY)
    assert store.claim(KEY, LONG).state == "done"
    store.release(KEY, token)
    assert not store.extend(KEY, token, LONG)
    assert store.claim(KEY, LONG).state == "done"


def test_what_is_given_back_may_be_claimed(store: EventStore) -> None:
    store.release(KEY, store.claim(KEY, LONG).token)
    assert store.claim(KEY, LONG).state == "claimed"


def test_only_who_has_the_claim_may_give_it_back_or_extend_it(store: EventStore) -> None:
    store.claim(KEY, LONG)
    store.release(KEY, "somebody else's")
    assert not store.extend(KEY, "somebody else's", LONG)
    assert store.claim(KEY, LONG).state == "busy"


def test_a_lease_runs_out(store: EventStore) -> None:
    first = store.claim(KEY, SHORT)
    time.sleep(SHORT + 0.05)
    second = store.claim(KEY, LONG)
    assert second.state == "claimed"
    assert not store.extend(KEY, first.token, LONG)
    store.release(KEY, first.token)
    assert store.claim(KEY, LONG).state == "busy"


def test_a_lease_is_extended(store: EventStore) -> None:
    token = store.claim(KEY, SHORT).token
    assert store.extend(KEY, token, LONG)
    time.sleep(SHORT + 0.05)
    assert store.claim(KEY, LONG).state == "busy"


def test_who_finishes_after_the_lease_has_finished(store: EventStore) -> None:
    store.claim(KEY, SHORT)
    time.sleep(SHORT + 0.05)
    second = store.claim(KEY, LONG)
    store.finish(KEY)
    store.release(KEY, second.token)
    assert store.claim(KEY, LONG).state == "done"


def test_what_is_done_is_forgotten_in_time(make_store: MakeStore) -> None:
    store = make_store(kept_for=0.15)
    store.claim(KEY, LONG)
    store.finish(KEY)
    assert store.claim(KEY, LONG).state == "done"
    time.sleep(0.25)
    assert store.claim(KEY, LONG).state == "claimed"


def test_finishing_what_was_never_claimed_marks_it(store: EventStore) -> None:
    store.finish(KEY)
    assert store.claim(KEY, LONG).state == "done"


def test_ids_are_data(store: EventStore) -> None:
    odd = Key("'; DROP TABLE x; --", 'han"dler%s {0} ?')
    assert store.claim(odd, LONG).state == "claimed"
    store.finish(odd)
    assert store.claim(odd, LONG).state == "done"


def test_closing_again_is_fine_and_so_is_using_it_afterwards(store: EventStore) -> None:
    store.finish(KEY)
    store.close()
    store.close()
    assert store.claim(KEY, LONG).state == "done"


def test_of_many_threads_one_gets_the_claim(make_store: MakeStore) -> None:
    store = make_store()
    states: Counter[str] = Counter()
    start = threading.Barrier(8)

    def claim() -> None:
        start.wait()
        for number in range(25):
            states[store.claim(Key(f"event-{number}", "h"), LONG).state] += 1

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states == {"claimed": 25, "busy": 175}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize("make_store", ["sqlite", "postgres", "redis"], indirect=True)
def test_of_many_processes_one_gets_the_claim(make_store: MakeStore) -> None:
    store = make_store()
    store.claim(Key("before", "h"), LONG)  # so that what a fork inherits is open
    reading, writing = os.pipe()
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            won = sum(store.claim(Key(f"event-{number}", "h"), LONG).state == "claimed" for number in range(50))
            os.write(writing, f"{won}\n".encode())
            os._exit(0)
        children.append(child)
    os.close(writing)
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    with os.fdopen(reading) as answers:
        assert sum(map(int, answers)) == 50
    assert store.claim(Key("before", "h"), LONG).state == "busy"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@pytest.mark.parametrize("make_store", ["memory", "sqlite", "postgres"], indirect=True)
def test_a_fork_in_the_middle_of_a_call_leaves_the_child_able_to_make_its_own(make_store: MakeStore) -> None:
    store: Any = make_store()
    store.claim(Key("before", "h"), LONG)
    inside = threading.Event()

    def in_a_call() -> None:
        with store._lock:
            inside.set()
            time.sleep(0.3)

    thread = threading.Thread(target=in_a_call)
    thread.start()
    inside.wait()
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # by default it ends the process
        state = store.claim(Key("after", "h"), LONG).state
        os._exit(0 if state == "claimed" else 1)
    assert os.waitpid(child, 0)[1] == 0
    thread.join()
    assert store.claim(Key("parent", "h"), LONG).state == "claimed"


class Model:
    """What a store should do, in a few lines without time."""

    def __init__(self) -> None:
        self.held: dict[Key, str] = {}
        self.done: set[Key] = set()

    def claim(self, key: Key) -> str:
        return "done" if key in self.done else "busy" if key in self.held else "claimed"


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["claim", "finish", "release", "release wrongly", "extend"]), st.integers(0, 2)),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_any_order_of_calls_is_as_the_model_says(store: EventStore, actions: list[tuple[str, int]]) -> None:
    # One store for all examples: the threads of a new pool use `random`, which Hypothesis takes for ours.
    model = Model()
    prefix = os.urandom(8).hex()  # each example has events of its own
    for action, number in actions:
        key = Key(f"{prefix}-{number}", "h")
        if action == "claim":
            claim = store.claim(key, LONG)
            assert claim.state == model.claim(key)
            if claim.state == "claimed":
                model.held[key] = claim.token
        elif action == "finish":
            store.finish(key)
            model.held.pop(key, None)
            model.done.add(key)
        elif action == "extend":
            assert store.extend(key, model.held.get(key, "none"), LONG) is (key in model.held)
        else:
            wrongly = action == "release wrongly"
            store.release(key, "none" if wrongly else model.held.get(key, "none"))
            if not wrongly:
                model.held.pop(key, None)


class TestMemory:
    def test_the_oldest_marks_are_forgotten_first(self) -> None:
        store = MemoryStore(most=3)
        for number in range(5):
            store.finish(Key(str(number), "h"))
        assert [store.claim(Key(str(number), "h"), LONG).state for number in (4, 3, 0)] == ["done", "done", "claimed"]

    @pytest.mark.parametrize("options", [{"kept_for": 0}, {"most": 0}])
    def test_settings_without_sense_are_refused(self, options: dict[str, Any]) -> None:
        with pytest.raises(ConfigurationError):
            MemoryStore(**options)


class TestSQLite:
    def test_marks_outlive_the_process(self, tmp_path: Path) -> None:
        for expected in ("claimed", "done"):
            store = SQLiteStore(tmp_path / "events.db")
            assert store.claim(KEY, LONG).state == expected
            store.finish(KEY)
            store.close()

    def test_old_rows_are_deleted(self, tmp_path: Path) -> None:
        now = [1000.0]
        store = SQLiteStore(tmp_path / "events.db", kept_for=10, clock=lambda: now[0])
        for number in range(500):
            store.finish(Key(str(number), "h"))
        now[0] += 60
        for number in range(1000):
            store.claim(Key(f"new-{number}", "h"), LONG)
        import sqlite3

        with sqlite3.connect(tmp_path / "events.db") as connection:
            rows = connection.execute("SELECT count(*) FROM pinwheel_webhook_events").fetchone()[0]
        connection.close()
        store.close()
        assert rows == 1000

    def test_settings_without_sense_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError, match="MemoryStore"):
            SQLiteStore(":memory:")
        with pytest.raises(ConfigurationError):
            SQLiteStore(tmp_path / "x", kept_for=0)


class TestPostgres:
    def test_a_restart_of_the_server_is_survived(self) -> None:
        with PostgresProcess() as server:
            store = PostgresStore(server.url, connections=2)
            assert store.claim(KEY, LONG).state == "claimed"
            server.stop("fast")
            server.start()
            store.finish(KEY)
            assert store.claim(KEY, LONG).state == "done"
            store.close()

    def test_a_table_in_a_schema(self, postgres_server: PostgresProcess) -> None:
        import psycopg

        with psycopg.connect(postgres_server.url, autocommit=True) as connection:
            connection.execute("CREATE SCHEMA IF NOT EXISTS hooks")
            store = PostgresStore(postgres_server.url, table="hooks.events")
            store.finish(KEY)
            store.close()
            assert connection.execute("SELECT done FROM hooks.events").fetchall() == [(True,)]

    def test_old_rows_are_deleted(self, postgres_server: PostgresProcess) -> None:
        import psycopg

        store = PostgresStore(postgres_server.url, table="purged", kept_for=0.05)
        for number in range(50):
            store.finish(Key(str(number), "h"))
        time.sleep(0.1)
        for number in range(1000):
            store.claim(Key(f"new-{number}", "h"), LONG)
        store.close()
        with psycopg.connect(postgres_server.url) as connection:
            assert connection.execute("SELECT count(*) FROM purged").fetchone() == (1000,)

    @pytest.mark.parametrize("table", ["", "a b", "x; drop table y", "A", "a.b.c", "1a"])
    def test_a_table_name_that_is_none_is_refused(self, table: str) -> None:
        with pytest.raises(ConfigurationError, match="table"):
            PostgresStore("postgresql://", table=table)

    def test_its_repr_hides_the_password(self) -> None:
        assert "hush" not in repr(PostgresStore("postgresql://me:hush@host/db"))


class TestRedis:
    def test_a_client_of_yours_is_left_open(self, redis_process: RedisProcess) -> None:
        import redis

        with redis.Redis(port=redis_process.port) as client:
            store = RedisStore(client, prefix="mine:")
            assert store.claim(KEY, LONG).state == "claimed"
            store.close()
            assert client.ping()

    def test_a_client_that_decodes_will_do(self, redis_process: RedisProcess) -> None:
        import redis

        with redis.Redis(port=redis_process.port, decode_responses=True) as client:
            store = RedisStore(client, prefix="text:")
            assert [store.claim(KEY, LONG).state for _ in range(2)] == ["claimed", "busy"]

    def test_every_key_expires_by_itself(self, redis_process: RedisProcess) -> None:
        store = RedisStore(redis_process.url, prefix="expires:", kept_for=1000)
        store.claim(KEY, LONG)
        assert 0 < redis_process.command("PTTL", f"expires:{KEY}") <= 60_000
        store.finish(KEY)
        assert 900_000 < redis_process.command("PTTL", f"expires:{KEY}") <= 1_000_000
        store.close()

    def test_it_outlives_a_flush_of_the_scripts(self, redis_process: RedisProcess) -> None:
        store = RedisStore(redis_process.url, prefix="flushed:")
        store.claim(KEY, LONG)
        redis_process.command("SCRIPT", "FLUSH")
        assert store.claim(KEY, LONG).state == "busy"
        store.close()


@pytest.mark.parametrize("make", [PostgresStore, RedisStore])
def test_nothing_is_opened_before_the_first_event(make: Callable[[str], EventStore]) -> None:
    scheme = "postgresql" if make is PostgresStore else "redis"
    make(f"{scheme}://127.0.0.1:1/0")
