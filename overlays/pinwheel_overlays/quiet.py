"""HTTP libraries log too: httpx every URL at INFO, with ids and queries; hpack every header at DEBUG, with the secret.

While a request of this package is being sent they say nothing. Requests of anybody else are logged as ever.
"""

import logging
from contextvars import ContextVar

__all__ = ["QUIET", "install"]

# How many sendings are under way in this thread or task: a transport of the caller may use a client itself.
_SENDING: "ContextVar[int]" = ContextVar("pinwheel_api_sending", default=0)

_LIBRARIES = ("httpx", "httpcore", "httpx2", "httpcore2", "hpack")
_PARTS = ("connection", "http11", "http2", "proxy", "socks", "hpack", "table")
# A filter on a logger does not see what its children log, so each is named.
_LOGGERS = (*_LIBRARIES, *(f"{library}.{part}" for library in _LIBRARIES for part in _PARTS))


def _is_of_others(_: logging.LogRecord) -> bool:
    return not _SENDING.get()


def install() -> None:
    """Put the filter on the loggers of the libraries; again is fine."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_is_of_others)


class _Quiet:
    __slots__ = ()

    def __enter__(self) -> None:
        _SENDING.set(_SENDING.get() + 1)

    def __exit__(self, *_: object) -> None:
        # Not by a token: a coroutine may be closed in another context than it was started in.
        _SENDING.set(max(0, _SENDING.get() - 1))


QUIET = _Quiet()
"""``with QUIET:`` marks what happens inside, in this thread or task and in tasks started there, as our own request."""
