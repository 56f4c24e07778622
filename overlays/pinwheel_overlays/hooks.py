"""Hooks: callbacks around each sending, each retry and each page. They watch; they cannot change or break a call."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, cast

from .callbacks import check_plain
from .errors import ConfigurationError
from .logs import log_callback_failure
from .operation import Operation

__all__ = ["HookSet", "Hooks", "PageEvent", "RequestEvent", "ResponseEvent", "RetryEvent"]


class RequestEvent(NamedTuple):
    """A request is about to be sent."""

    operation: Operation
    attempt: int
    """1 for the first sending."""
    server: str
    """Scheme and host."""
    state: dict[str, Any]
    """Empty at the start of a call and the same in all its events: a place for a span or a start time."""


class ResponseEvent(NamedTuple):
    """A sending ended, with an answer or without."""

    operation: Operation
    attempt: int
    status: int | None
    """None when no answer came."""
    cause: str
    """``HTTP 200``, or why there is no answer."""
    seconds: float
    request_id: str | None
    state: dict[str, Any]


class RetryEvent(NamedTuple):
    """An attempt failed and another one follows."""

    operation: Operation
    attempt: int
    """The one that failed."""
    delay: float
    """Seconds until the next."""
    cause: str
    state: dict[str, Any]


class PageEvent(NamedTuple):
    """A page of a list came."""

    operation: Operation
    page: int
    """1 for the first page of this run."""
    items: int


class Hooks(Protocol):
    """Any object with some of the methods ``on_request``, ``on_response``, ``on_retry`` and ``on_page``.

    Each takes the event of that name. They are plain functions, also for an asynchronous client, and run in the thread
    or task of the call, so they should be quick.
    """


class HookSet:
    """The callbacks of all hook objects of a client, looked up once."""

    __slots__ = ("_on_page", "_on_request", "_on_response", "_on_retry")

    def __init__(self, hooks: object = ()) -> None:
        objects = _objects(hooks)
        self._on_request = _callbacks(objects, "on_request")
        self._on_response = _callbacks(objects, "on_response")
        self._on_retry = _callbacks(objects, "on_retry")
        self._on_page = _callbacks(objects, "on_page")

    def request(self, event: RequestEvent) -> None:
        """Tell ``on_request``."""
        _tell(self._on_request, "on_request", event)

    def response(self, event: ResponseEvent) -> None:
        """Tell ``on_response``."""
        _tell(self._on_response, "on_response", event)

    def retry(self, event: RetryEvent) -> None:
        """Tell ``on_retry``."""
        _tell(self._on_retry, "on_retry", event)

    def page(self, event: PageEvent) -> None:
        """Tell ``on_page``."""
        _tell(self._on_page, "on_page", event)


_NAMES = ("on_request", "on_response", "on_retry", "on_page")

Callbacks = tuple[Callable[[Any], object], ...]


def _objects(hooks: object) -> Sequence[object]:
    if hooks is None:
        return ()
    objects = cast("Sequence[object]", hooks) if isinstance(hooks, list | tuple) else (hooks,)
    for each in objects:
        if not any(callable(getattr(each, name, None)) for name in _NAMES):
            raise ConfigurationError(f"hooks: {type(each).__name__} has none of the methods {', '.join(_NAMES)}")
    return objects


def _callbacks(objects: Sequence[object], name: str) -> Callbacks:
    found = tuple(callback for each in objects if callable(callback := getattr(each, name, None)))
    for callback in found:
        check_plain(f"hooks: {name}", callback)
    return found


def _tell(callbacks: Callbacks, name: str, event: object) -> None:
    for callback in callbacks:
        try:
            callback(event)
        except Exception as error:  # noqa: BLE001 - a hook must never break a call
            log_callback_failure(name, error)
