"""One handler and one event: claimed, run, and marked as done or given back."""

from collections.abc import Callable
from traceback import extract_tb
from typing import Any

from pinwheel_overlays.errors import PinwheelError
from pinwheel_overlays.logs import LOGGER, log_callback_failure

from .keeper import Keeper
from .receipt import Outcome
from .routing import Handler
from .steps import Flow, Step
from .stores.base import EventStore, Key
from .unknown import event_name

__all__ = ["ErrorCallback", "Handling"]

ErrorCallback = Callable[[Exception, Any], object]
"""Takes the exception of a handler, and the event."""

_FINISHING = 3  # attempts: what was done must not be forgotten because of one lost packet


class Handling:
    """The rules by which handlers run."""

    def __init__(self, store: EventStore, lease: float, on_error: ErrorCallback | None) -> None:
        self._store = store
        self._lease = lease
        self._keeper = Keeper(store, lease)
        self._on_error = on_error

    def handle(self, handler: Handler, event: Any, key: Key) -> Flow[Outcome]:
        """Run a handler, unless somebody else does or has."""
        try:
            claim = yield self._stored(self._store.claim, key, self._lease)
        except Exception as error:  # noqa: BLE001 - of whatever library the store uses
            LOGGER.error("webhook: the store cannot be asked for %s: %s", key, type(error).__name__)
            return "failed"
        if claim.state != "claimed":
            return "duplicate" if claim.state == "done" else "in_progress"
        try:
            with self._keeper.holding(key, claim.token):
                yield Step(handler.function, (event,), blocking=not handler.is_async)
        except GeneratorExit:
            raise  # nobody is left to make further steps; the lease will run out
        except BaseException as error:  # an exit or a cancelled task gives the claim back, too
            yield from self._release(key, claim.token)
            if not isinstance(error, Exception):
                raise
            self._tell(error, handler, event, key)
            return "failed"
        return (yield from self._finish(key))

    def _finish(self, key: Key) -> Flow[Outcome]:
        for _ in range(_FINISHING):
            try:
                yield self._stored(self._store.finish, key)
            except Exception as error:  # noqa: BLE001 - as above; attempts are few
                LOGGER.error("webhook: %s is handled but could not be marked so: %s", key, type(error).__name__)
            else:
                return "handled"
        return "failed"

    def _release(self, key: Key, token: str) -> Flow[None]:
        try:
            yield self._stored(self._store.release, key, token)
        except Exception as error:  # noqa: BLE001 - as above; the lease will run out
            LOGGER.error("webhook: %s could not be given back: %s", key, type(error).__name__)

    def _stored(self, function: Callable[..., Any], *arguments: Any) -> Step:
        return Step(function, arguments, self._store.blocking)

    def _tell(self, error: Exception, handler: Handler, event: Any, key: Key) -> None:
        # Neither message nor traceback: they may quote the event. on_error gets both.
        place = extract_tb(error.__traceback__)[-1:]
        where = f" at {place[0].filename}:{place[0].lineno}" if place else ""
        LOGGER.error(
            "webhook: %s failed on %s %s: %s%s",
            handler.name,
            event_name(event),
            key.event_id,
            error if isinstance(error, PinwheelError) else type(error).__name__,
            where,
        )
        if self._on_error is not None:
            try:
                self._on_error(error, event)
            except Exception as second:  # noqa: BLE001 - a callback must not change what becomes of the delivery
                log_callback_failure("on_error", second)
