"""Claims in Redis: for any number of machines. Needs the extra ``redis``."""

from secrets import token_hex
from typing import TYPE_CHECKING, Any

from pinwheel_overlays.errors import ConfigurationError

from .base import KEPT_FOR, Claim, Key

if TYPE_CHECKING:
    import redis

__all__ = ["RedisStore"]

_PATIENCE = 5.0
_DONE = "done"

# By its token a claim knows itself: one that is repeated because the connection broke is no second one.
_CLAIM = """
local held = redis.call('GET', KEYS[1])
if held == false or held == ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  return 'claimed'
end
return held == 'done' and 'done' or 'busy'
"""
_EXTEND = "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0"
_RELEASE = "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0"


class RedisStore:
    """For any number of processes and machines. Claims and marks are keys that expire by themselves.

    Redis must not throw keys away when memory is short (``maxmemory-policy noeviction``), or an event may be handled
    again.

    Arguments:
        redis: a URL (``redis://``, ``rediss://``, ``unix://``) or a ``redis.Redis`` of yours, which you close.
        prefix: what the names of the keys start with.
        kept_for: seconds for which a handled event is remembered.
    """

    blocking = True

    def __init__(
        self, redis: "str | redis.Redis", prefix: str = "pinwheel:webhook:", kept_for: float = KEPT_FOR
    ) -> None:
        if kept_for <= 0:
            raise ConfigurationError("kept_for must be above 0")
        if hasattr(redis, "aclose"):
            raise ConfigurationError(
                "RedisStore takes a redis.Redis or a URL, not an asynchronous client: an event loop uses it in threads"
            )
        self._own = isinstance(redis, str)
        self._client = _connect(redis) if isinstance(redis, str) else redis
        self._prefix = prefix
        self._kept_for = kept_for
        self._claim: Any = self._client.register_script(_CLAIM)
        self._extend: Any = self._client.register_script(_EXTEND)
        self._release: Any = self._client.register_script(_RELEASE)

    def claim(self, key: Key, lease: float) -> Claim:
        """Take an event."""
        token = token_hex(16)
        answer = self._claim(keys=[self._name(key)], args=[token, _milliseconds(lease)])
        state = answer.decode() if isinstance(answer, bytes) else str(answer)
        if state == "claimed":
            return Claim("claimed", token)
        return Claim("done" if state == _DONE else "busy")

    def extend(self, key: Key, token: str, lease: float) -> bool:
        """Hold a claim longer."""
        return bool(self._extend(keys=[self._name(key)], args=[token, _milliseconds(lease)]))

    def finish(self, key: Key) -> None:
        """Mark as done."""
        self._client.set(self._name(key), _DONE, px=_milliseconds(self._kept_for))

    def release(self, key: Key, token: str) -> None:
        """Give a claim back."""
        self._release(keys=[self._name(key)], args=[token])

    def close(self) -> None:
        """Close the connections, if they were made from a URL."""
        if self._own:
            self._client.close()

    def __repr__(self) -> str:
        return f"<RedisStore {self._prefix}>"

    def _name(self, key: Key) -> str:
        return f"{self._prefix}{key}"


def _connect(url: str) -> "redis.Redis":
    try:
        import redis  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ConfigurationError("RedisStore needs redis: pip install 'pinwheel-api[redis]'") from error
    options: dict[str, Any] = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
    return redis.Redis.from_url(url, **options)  # pyright: ignore[reportUnknownMemberType]


def _milliseconds(seconds: float) -> int:
    return max(int(seconds * 1000), 1)
