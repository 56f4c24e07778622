"""The four stores, on real servers where the machine has them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pinwheel_api.webhooks import EventStore, MemoryStore, PostgresStore, RedisStore, SQLiteStore, WebhookReceiver

from tests.overlays.rate import redis_server
from tests.servers import postgres

from . import programs, taking
from .deliveries import SECRET


@pytest.fixture(scope="session")
def redis_process() -> Iterator[redis_server.RedisProcess]:
    if redis_server.BINARY is None:
        pytest.skip("no redis-server or valkey-server on this machine, so what needs one was not tested")
    with redis_server.RedisProcess() as server:
        yield server


MakeStore = Callable[..., EventStore]


@pytest.fixture(params=["memory", "sqlite", "postgres", "redis"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStore]:
    """Makes stores over the same, empty, state, except for memory: there each is alone."""
    made: list[EventStore] = []
    name = f"t{uuid.uuid4().hex}"

    def make(**options: float) -> EventStore:
        store: EventStore
        if request.param == "memory":
            store = MemoryStore(**options)  # type: ignore[arg-type]
        elif request.param == "sqlite":
            store = SQLiteStore(tmp_path / "events.db", **options)  # type: ignore[arg-type]
        elif request.param == "postgres":
            server: postgres.PostgresProcess = request.getfixturevalue("postgres_server")
            store = PostgresStore(server.url, table=name, **options)  # type: ignore[arg-type]
        else:
            redis: redis_server.RedisProcess = request.getfixturevalue("redis_process")
            store = RedisStore(redis.url, prefix=f"{name}:", **options)
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: MakeStore) -> EventStore:
    return make_store()


@pytest.fixture(params=[taking.in_thread, taking.in_task], ids=["thread", "task"])
def take(request: pytest.FixtureRequest) -> taking.Take:
    chosen: taking.Take = request.param
    return chosen


@pytest.fixture(params=[MemoryStore, taking.BlockingStore])
def receiver(request: pytest.FixtureRequest) -> WebhookReceiver:
    return WebhookReceiver([SECRET], store=request.param())


@pytest.fixture
def start(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[programs.Start]:
    """Starts commands, each in a process of its own, in one empty folder, those of queues with a Redis."""
    started: list[programs.Program] = []

    def made(*command: str) -> programs.Program:
        redis = ""
        if any(queue in word for queue in ("celery", "saq") for word in command):
            process: redis_server.RedisProcess = request.getfixturevalue("redis_process")
            if not started:
                process.command("FLUSHALL")
            redis = process.url
        started.append(programs.Program(tmp_path, redis, *command))
        return started[-1]

    yield made
    for program in started:
        program.close()
