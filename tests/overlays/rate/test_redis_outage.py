"""A Redis that cannot be reached: the calls go on, and the log says so once."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest
from pinwheel_overlays import rate_server
from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.rate_redis import RedisRateLimit

from . import limiters
from .redis_server import BINARY, MISSING, RedisProcess

pytest.importorskip("redis", reason="redis, the library, is not installed")
needs_redis = pytest.mark.skipif(BINARY is None, reason=MISSING)

NOWHERE = "redis://:hunter2@127.0.0.1:1/0"


@pytest.fixture
def redis() -> Iterator[RedisProcess]:
    with RedisProcess() as process:
        yield process


def send(limit: RedisRateLimit, requests: int) -> float:
    """Send some requests; returns how long it took."""
    limiter, begun = limiters.for_threads(limit, secret="shared"), time.monotonic()
    for _ in range(requests):
        with limiter.slot():
            pass
    return time.monotonic() - begun


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


def test_without_redis_each_process_keeps_to_the_rate_by_itself_and_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with RedisRateLimit(NOWHERE, 100) as limit:
        assert 0.18 <= send(limit, 20) < 2
    [warning] = warnings(caplog)
    assert "limits only itself" in warning
    assert "hunter2" not in warning


def test_neither_do_tasks_stop(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> float:
        async with RedisRateLimit(NOWHERE, 100) as limit:
            limiter = limiters.for_tasks(limit)

            async def work() -> None:
                async with limiter.slot():
                    pass

            begun = time.monotonic()
            await asyncio.gather(*(work() for _ in range(20)))
            return time.monotonic() - begun

    assert 0.18 <= asyncio.run(main()) < 2
    assert len(warnings(caplog)) == 1


@needs_redis
def test_a_redis_that_goes_away_and_comes_back(
    redis: RedisProcess, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_server, "_PAUSE", 0.3)
    caplog.set_level(logging.INFO)
    with RedisRateLimit(redis.url, 100) as limit:
        send(limit, 5)
        limiter = limiters.for_threads(limit, secret="shared")
        with limiter.slot():
            redis.stop()
        assert send(limit, 10) < 2
        assert len(warnings(caplog)) == 1
        redis.start()
        time.sleep(0.3)
        send(limit, 5)
    assert "is back" in caplog.records[-1].getMessage()
    assert redis.command("DBSIZE") == 2


@needs_redis
def test_a_restart_between_two_requests_is_not_even_noticed(
    redis: RedisProcess, caplog: pytest.LogCaptureFixture
) -> None:
    with RedisRateLimit(redis.url, 100) as limit:
        send(limit, 2)
        redis.stop()
        redis.start()
        send(limit, 2)
    assert not caplog.records
    assert redis.command("DBSIZE") == 2


@needs_redis
def test_a_redis_that_hangs_is_waited_for_only_shortly(redis: RedisProcess, caplog: pytest.LogCaptureFixture) -> None:
    assert redis.process is not None
    with RedisRateLimit(redis.url, 100) as limit:
        send(limit, 2)
        os.kill(redis.process.pid, signal.SIGSTOP)
        try:
            assert send(limit, 10) < 3
        finally:
            os.kill(redis.process.pid, signal.SIGCONT)
    assert len(warnings(caplog)) == 1


@needs_redis
@pytest.mark.parametrize("settings", [{"requirepass": "hunter2"}, {"maxmemory": "1", "maxmemory-policy": "noeviction"}])
def test_a_redis_that_refuses_counts_as_one_that_is_away(
    settings: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with RedisProcess(**settings) as redis, RedisRateLimit(redis.url, 100) as limit:
        assert send(limit, 10) < 2
    assert len(warnings(caplog)) == 1


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ConfigurationError, match=r"pinwheel-api\[redis\]"):
        RedisRateLimit(NOWHERE)
