"""The allowance in Redis, against a real one."""

import asyncio
import os
import threading
import time
from collections.abc import Iterator

import pytest
from pinwheel_overlays import rate_line
from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.rate_redis import RedisRateLimit
from pinwheel_overlays.timing import AsyncTiming, Timing

from . import limiters
from .redis_server import BINARY, MISSING, RedisProcess

pytest.importorskip("redis", reason="redis, the library, is not installed")
if BINARY is None:
    pytest.skip(MISSING, allow_module_level=True)


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisProcess]:
    with RedisProcess() as process:
        yield process


@pytest.fixture
def limit(redis: RedisProcess) -> Iterator[RedisRateLimit]:
    redis.command("FLUSHALL")
    redis.command("CONFIG", "RESETSTAT")
    with RedisRateLimit(redis.url, 100) as made:
        yield made


def send(limit: RedisRateLimit, requests: int, secret: str = "shared", timing: Timing | None = None) -> list[float]:
    """Send some requests from this thread."""
    limiter, times = limiters.for_threads(limit, secret=secret, timing=timing), []
    for _ in range(requests):
        with limiter.slot():
            times.append(time.monotonic())
    return times


def permits(redis: RedisProcess) -> str:
    """The key of the only allowance there is."""
    due, permits = sorted(redis.command("KEYS", "*"))
    assert (due.rpartition(":")[2], permits.rpartition(":")[2]) == ("due", "permits")
    return str(permits)


def until_free(redis: RedisProcess) -> float:
    """Seconds until the first permit is back."""
    seconds, micros = redis.command("TIME")
    [first] = redis.command("ZRANGE", permits(redis), 0, 0)
    free = redis.command("ZSCORE", permits(redis), first)
    return float(free) / 1e6 - int(seconds) - int(micros) / 1e6


def scripts_run(redis: RedisProcess) -> int:
    """How many scripts ran in this test."""
    return int(redis.command("INFO", "commandstats")["cmdstat_eval"]["calls"])


def test_requests_are_spaced_by_redis_with_one_script_before_and_one_after_each(
    limit: RedisRateLimit, redis: RedisProcess
) -> None:
    times = send(limit, 12)
    assert times[-1] - times[0] >= 0.09, "the first one may be late: it opens the connection"
    assert redis.command("ZCARD", permits(redis)) == 12
    assert scripts_run(redis) == 24


def test_processes_share_the_allowance_whatever_their_clocks_say(limit: RedisRateLimit, redis: RedisProcess) -> None:
    """A process is stood for by a limit of its own."""
    times: list[float] = []
    ahead = Timing(monotonic=lambda: time.monotonic() + 1e6)

    def work(limit: RedisRateLimit, timing: Timing | None) -> None:
        times.extend(send(limit, 10, timing=timing))

    with RedisRateLimit(redis.url, 100) as other:
        threads = [threading.Thread(target=work, args=pair) for pair in 2 * [(limit, None), (other, ahead)]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    assert len(times) == 40
    assert max(times) - min(times) >= (40 - 3) * 0.01


def test_threads_and_tasks_share_the_allowance(limit: RedisRateLimit) -> None:
    times = send(limit, 2)

    async def main() -> None:
        limiter = limiters.for_tasks(limit, secret="shared")

        async def work() -> None:
            async with limiter.slot():
                times.append(time.monotonic())

        async with limit:
            await asyncio.gather(*(work() for _ in range(20)))

    for _ in range(2):
        asyncio.run(main())
    assert times == sorted(times)
    assert times[-1] - times[0] >= (42 - 3) * 0.01


def test_another_secret_or_rate_has_another_allowance_and_no_secret_is_in_redis(
    limit: RedisRateLimit, redis: RedisProcess
) -> None:
    send(limit, 1, "first-secret")
    send(limit, 1, "second-secret")
    with RedisRateLimit(redis.url, 99) as other:
        send(other, 1, "first-secret")
    names = redis.command("KEYS", "*")
    assert len(names) == 6
    assert "secret" not in "".join(names)


def test_a_permit_is_leased_until_the_answer_and_then_held_for_a_second(
    limit: RedisRateLimit, redis: RedisProcess
) -> None:
    with limiters.for_threads(limit).slot():
        assert 15 < until_free(redis) < 16.1
    assert 0.9 < until_free(redis) < 1.1


def test_an_answer_after_the_lease_takes_nothing_away(limit: RedisRateLimit, redis: RedisProcess) -> None:
    with limiters.for_threads(limit).slot():
        redis.command("DEL", permits(redis))
    assert len(redis.command("KEYS", "*")) == 1


def test_a_process_that_dies_takes_no_permit_along(monkeypatch: pytest.MonkeyPatch, redis: RedisProcess) -> None:
    redis.command("FLUSHALL")
    monkeypatch.setattr("pinwheel_overlays.rate_window.LEASE", 0.2)
    with RedisRateLimit(redis.url, 1) as limit:
        child = os.fork()
        if not child:  # pragma: no cover - another process
            limiters.for_threads(limit, secret="shared").slot().__enter__()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        assert 0.9 < until_free(redis) < 1.3
        begun = time.monotonic()
        send(limit, 1)
        assert 0.5 < time.monotonic() - begun < 2.5


def test_the_limit_works_after_a_fork(limit: RedisRateLimit, redis: RedisProcess) -> None:
    send(limit, 1)
    begun = time.monotonic()
    children = []
    for _ in range(3):
        child = os.fork()
        if not child:  # pragma: no cover - another process
            send(limit, 10)
            os._exit(0)
        children.append(child)
    send(limit, 10)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert time.monotonic() - begun >= 0.38
    assert redis.command("ZCARD", permits(redis)) == 41


def test_a_cancelled_waiter_gives_its_permit_back(limit: RedisRateLimit, redis: RedisProcess) -> None:
    async def main() -> None:
        async with RedisRateLimit(redis.url, 2) as slow:
            limiter = limiters.for_tasks(slow)

            async def work() -> None:
                async with limiter.slot():
                    pass

            await work()
            await work()
            first, second = asyncio.create_task(work()), asyncio.create_task(work())
            await asyncio.sleep(0.1)
            assert redis.command("ZCARD", permits(redis)) == 3, "the first of the two has its time"
            first.cancel()
            second.cancel()
            await asyncio.gather(first, second, return_exceptions=True)
            assert redis.command("ZCARD", permits(redis)) == 2

    asyncio.run(main())


def test_with_all_permits_out_redis_is_asked_once_a_second(
    limit: RedisRateLimit, redis: RedisProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_line, "FEELING", 0.0)
    with RedisRateLimit(redis.url, 1) as slow:
        limiter, done = limiters.for_threads(slow), threading.Event()

        def work() -> None:
            with limiter.slot():
                done.set()

        with limiter.slot():
            thread = threading.Thread(target=work)
            thread.start()
            assert not done.wait(1.2)
            assert scripts_run(redis) == 3
        assert done.wait(2.5)
        thread.join(5)


def test_the_spacing_counts_from_the_first_answer_that_a_process_gets(
    limit: RedisRateLimit, redis: RedisProcess
) -> None:
    with RedisRateLimit(redis.url, 2) as slow:
        limiter = limiters.for_threads(slow)
        ahead = []
        for _ in range(2):
            with limiter.slot():
                time.sleep(0.6)
            due = float(redis.command("GET", permits(redis).replace(":permits", ":due"))) / 1e6
            seconds, micros = redis.command("TIME")
            ahead.append(due - int(seconds) - int(micros) / 1e6)
        assert ahead[0] > 0.4
        assert ahead[1] < 0


def test_a_clock_of_redis_that_is_set_back_holds_nobody_up(limit: RedisRateLimit, redis: RedisProcess) -> None:
    send(limit, 1)
    due = permits(redis).replace(":permits", ":due")
    redis.command("SET", due, int(redis.command("GET", due)) + 3_600_000_000)
    begun = time.monotonic()
    send(limit, 2)
    assert time.monotonic() - begun < 1


def test_keys_do_not_stay(limit: RedisRateLimit, redis: RedisProcess) -> None:
    send(limit, 1)
    assert all(0 < redis.command("PTTL", name) < 20_000 for name in redis.command("KEYS", "*"))


def test_a_library_other_than_asyncio_is_refused_clearly(limit: RedisRateLimit) -> None:
    slot = limiters.for_tasks(limit, timing=AsyncTiming()).slot()
    with pytest.raises(ConfigurationError, match="asyncio"):
        slot.__aenter__().send(None)  # type: ignore[attr-defined]


def test_a_url_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="URL of Redis"):
        RedisRateLimit("localhost:6379")


def test_the_password_is_not_shown() -> None:
    assert "hunter2" not in repr(RedisRateLimit("redis://:hunter2@127.0.0.1:1/0"))
    # A slash that is not percent-encoded ends the part with the password, so that Redis takes its start for a port.
    with pytest.raises(ConfigurationError) as caught:
        RedisRateLimit("redis://:hunter2/x@127.0.0.1:1/0")
    assert "hunter2" not in f"{caught.value!r} {caught.value.__context__!r}"
