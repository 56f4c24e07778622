"""The Redis behind a shared allowance: its connections, and whether it can be reached."""

from contextlib import suppress
from typing import Any

from .errors import ConfigurationError
from .logs import LOGGER
from .loops import NO_LOOP, PerLoop, running_loop

__all__ = ["PATIENCE", "Server"]

_TIMEOUT = 0.3
"""Seconds for a connection, and for an answer: a script call takes less than one thousandth of a second there."""

PATIENCE = 4 * _TIMEOUT
"""Seconds that a call can take in all: it is repeated once, since a restarted Redis leaves dead connections behind."""

_PAUSE = 10.0
"""Seconds without a call after one that failed."""


class Server:
    """A Redis, for threads and for tasks. Calls answer None while it cannot be used; that is logged once each time."""

    def __init__(self, url: str, options: dict[str, Any]) -> None:
        try:
            import redis  # noqa: PLC0415 - an extra, which nobody else needs
        except ImportError:
            raise ConfigurationError("RedisRateLimit needs redis: pip install 'pinwheel-api[redis]'") from None
        self._url = url
        self._options = {"socket_timeout": _TIMEOUT, "socket_connect_timeout": _TIMEOUT, **options}
        self._failures = (redis.RedisError, OSError)
        self._client: Any = None
        self._clients: PerLoop[Any] = PerLoop(self._open_for_tasks)
        self._down_until: float | None = None
        with suppress(ValueError):
            self._client = self._open()
        if self._client is None:
            # Redis's own words may quote the URL, and so a part of the password: one with a slash in it, as it is.
            raise ConfigurationError(
                "the URL of Redis must be redis://user:password@host:port/number, rediss://... or unix://..., "
                "with special characters of the password percent-encoded"
            )

    def is_usable(self, now: float) -> bool:
        """Whether to call it at all."""
        return self._down_until is None or now >= self._down_until

    def call(self, now: float, script: str, keys: tuple[str, ...], *arguments: object) -> Any:
        """Run a script, from a thread. Returns None when Redis cannot be used."""
        try:
            answer = self._client.eval(script, len(keys), *keys, *arguments)
        except self._failures as error:
            return self._failed(error, now)
        self._answered()
        return answer

    async def call_from_task(self, now: float, script: str, keys: tuple[str, ...], *arguments: object) -> Any:
        """As ``call``, from a task."""
        try:
            answer = await self._task_client().eval(script, len(keys), *keys, *arguments)
        except self._failures as error:
            return self._failed(error, now)
        self._answered()
        return answer

    def close(self) -> None:
        """Give back the connections for threads."""
        self._client.close()

    async def aclose(self) -> None:
        """Give back all connections for threads, and those of the running event loop."""
        self.close()
        client = self._clients.take()
        if client is not None:
            await client.aclose()

    def _open(self) -> Any:
        import redis  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        return _connected(redis.Redis, Retry, self._url, self._options)

    def _open_for_tasks(self) -> Any:
        import redis.asyncio  # noqa: PLC0415
        from redis.asyncio.retry import Retry  # noqa: PLC0415

        return _connected(redis.asyncio.Redis, Retry, self._url, self._options)

    def _task_client(self) -> Any:
        if running_loop() is NO_LOOP:
            raise ConfigurationError("RedisRateLimit needs asyncio: give this client a number as its rate_limit")
        return self._clients.get()

    def _failed(self, error: Exception, now: float) -> None:
        if self._down_until is None:
            LOGGER.warning(
                "the Redis of the rate limit cannot be used (%s): until it can, this process limits only itself",
                type(error).__name__,
            )
        self._down_until = now + _PAUSE

    def _answered(self) -> None:
        if self._down_until is not None:
            self._down_until = None
            LOGGER.info("the Redis of the rate limit is back: the limit is shared again")


def _connected(client: Any, retry: Any, url: str, options: dict[str, Any]) -> Any:
    """Make a client of either kind; its methods are used untyped, as their types cover both kinds at once."""
    from redis.backoff import NoBackoff  # noqa: PLC0415

    return client.from_url(url, **{"retry": retry(NoBackoff(), 1), **options})
