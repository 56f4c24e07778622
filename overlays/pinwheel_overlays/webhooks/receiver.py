"""Receiving deliveries: verified, typed, routed to handlers, and each handler done once per event."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, ClassVar, NamedTuple, TypeVar, overload

import msgspec

from pinwheel_overlays.callbacks import check_plain
from pinwheel_overlays.drift import DriftMonitor
from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.logs import LOGGER

from .catalogue import EventCatalogue
from .errors import WebhookError
from .handling import ErrorCallback, Handling
from .headers import Headers
from .keys import Keys, Secrets
from .parse import OnDrift, fallback_id, read_event
from .receipt import Outcome, Receipt
from .routing import Handler, Routes, pattern_of
from .signature import authenticate, raw_bytes
from .steps import Flow, Step, run_in_task, run_in_thread
from .stores.base import EventStore, Key
from .stores.memory import MemoryStore
from .unknown import event_name
from .watch import Watches

__all__ = ["Receiver"]

E = TypeVar("E")
F = TypeVar("F", bound=Callable[..., Any])

# What tells the sender most comes first.
_ORDER: tuple[Outcome, ...] = ("failed", "in_progress", "handled", "duplicate")
_PLAIN_ID = re.compile(r"[A-Za-z0-9._-]{1,200}", re.ASCII)
_SHORTEST_LEASE, _LONGEST_LEASE = 0.05, 600


class _Message(msgspec.Struct):
    """A delivery on its way through a queue."""

    body: str
    """Its bytes as Latin-1, which has a character for each."""
    version: str | None = None


_MESSAGES = msgspec.json.Decoder(_Message)


class _Opened(NamedTuple):
    event: Any
    name: str
    event_id: str
    handlers: tuple[Handler, ...]


class Receiver:
    """Takes deliveries from whatever server there is. Threads and tasks may share one.

    Arguments:
        secrets: your API secrets; two of them while one replaces the other.
        store: remembers what was handled; by default the memory of this process.
        tolerance: how many seconds the time of sending may differ from now; None: any. Pinwheel repeats a delivery for
            15 minutes, maybe under its first signature, and a replay is stopped by the store.
        lease: seconds after which an event is free again whose process died. Running handlers keep their claim.
        allow_v1: also accept the signatures of the time before 2021-04-29.
        version: the version whose event classes the handlers know; events written differently come as UnknownEvent.
        on_error: called with the exception and the event when a handler fails, for your error tracker.
        on_drift: called once for each kind of difference between an event and the spec, with a Drift.

    Raises ConfigurationError.
    """

    catalogue: ClassVar[EventCatalogue]
    """The events of each version, from the spec."""

    def __init__(
        self,
        secrets: Secrets,
        *,
        store: EventStore | None = None,
        tolerance: float | None = 1200,
        lease: float = 60,
        allow_v1: bool = False,
        version: str | None = None,
        on_error: ErrorCallback | None = None,
        on_drift: OnDrift | None = None,
    ) -> None:
        self._keys = Keys(secrets)
        del secrets  # error trackers show local variables
        self._keys.check()
        if not _SHORTEST_LEASE <= lease <= _LONGEST_LEASE:
            raise ConfigurationError(f"lease must be {_SHORTEST_LEASE} to {_LONGEST_LEASE} seconds")
        for name, callback in (("on_error", on_error), ("on_drift", on_drift)):
            if callback is not None:
                check_plain(name, callback)
        self._only = self.catalogue.pinned(version)
        self._tolerance = tolerance
        self._allow_v1 = allow_v1
        self._drift = None if on_drift is None else DriftMonitor(on_drift)
        self._routes = Routes()
        self._handling = Handling(MemoryStore() if store is None else store, lease, on_error)
        self._put: Callable[[str], Any] | None = None
        self.watches = Watches()
        """Who waits for events, such as ``client.wait_for``."""

    @overload
    def on(self, event: type[E], /, *, name: str | None = None) -> "Callable[[_Handles[E]], _Handles[E]]": ...
    @overload
    def on(self, *events: str, name: str | None = None) -> Callable[[F], F]: ...
    @overload
    def on(
        self, first: type[Any], second: type[Any], /, *others: type[Any], name: str | None = None
    ) -> Callable[[F], F]: ...
    def on(self, *events: str | type[Any], name: str | None = None) -> Callable[[Any], Any]:
        """Register a handler: ``@receiver.on("paystubs.added")``, a pattern (``"paystubs.*"``, ``"*"``), or a class.

        Of the classes of one event in several versions any will do. All handlers that take an event are called, in the
        order of registration, and each is done once per event. Under ``name`` the store remembers it: by default module
        and name of the function, so give one if the function may be renamed. Raises ConfigurationError.
        """
        if not events:
            raise ConfigurationError("on() needs the name of an event, a pattern, or '*' for all")
        patterns = tuple(pattern_of(event, self.catalogue.names) for event in events)

        def register(function: Any) -> Any:
            if not callable(function):
                raise ConfigurationError("on() decorates a function that takes the event")
            self._routes.add(Handler(function, patterns, name or _name_of(function)))
            return function

        return register

    def hand_to(self, put: Callable[[str], Any]) -> None:
        """Give genuine deliveries to a queue instead of handling them at once.

        ``put`` takes a text, and may be asynchronous; ``process`` of this receiver, or of an equal one, is to be called
        with it by a worker. Raises ConfigurationError if there is a queue already.
        """
        if self._put is not None:
            raise ConfigurationError("this receiver has a queue already")
        self._put = put

    def receive(self, body: bytes, headers: Headers) -> Receipt:
        """Take a delivery and return what became of it, and how to answer. Raises nothing for a bad one."""
        return run_in_thread(self._receive(body, headers))

    async def areceive(self, body: bytes, headers: Headers) -> Receipt:
        """As ``receive``, for asyncio: handlers that are not asynchronous, and stores, run in threads."""
        return await run_in_task(self._receive(body, headers))

    def process(self, message: str) -> Receipt:
        """Handle what was given to a queue. If the outcome is ``failed`` or ``in_progress``, call again later."""
        return run_in_thread(self._process(message))

    async def aprocess(self, message: str) -> Receipt:
        """As ``process``, for asyncio."""
        return await run_in_task(self._process(message))

    def _receive(self, body: bytes, headers: Headers) -> Flow[Receipt]:
        try:
            body = raw_bytes(body)
            version = authenticate(body, headers, self._keys, self._tolerance, self._allow_v1)[2]
            opened = self._open(body, version)
        except WebhookError as error:
            LOGGER.warning("webhook: a delivery was refused: %s", error)
            return Receipt("refused", error=error)
        self.watches.tell(opened.event)
        if not opened.handlers:
            return Receipt("ignored", opened.name, opened.event_id)
        if self._put is None:
            return (yield from self._handle(opened))
        text = msgspec.json.encode(_Message(body.decode("latin-1"), version)).decode()
        try:
            yield Step(self._put, (text,), blocking=True)
        except Exception as error:  # noqa: BLE001 - of whatever library the queue uses
            LOGGER.error(
                "webhook: the queue did not take %s %s: %s", opened.name, opened.event_id, type(error).__name__
            )
            return Receipt("failed", opened.name, opened.event_id)
        return Receipt("queued", opened.name, opened.event_id)

    def _process(self, message: str) -> Flow[Receipt]:
        delivered = _MESSAGES.decode(message)
        return (yield from self._handle(self._open(delivered.body.encode("latin-1"), delivered.version)))

    def _open(self, body: bytes, version: str | None) -> _Opened:
        event = read_event(body, self.catalogue.of(version), self._only, self._report if self._drift else None)
        name = event_name(event)
        return _Opened(event, name, _plain_id(event.event_id or fallback_id(body)), self._routes.of(name))

    def _report(self, drift: Any) -> None:
        if self._drift is not None:
            self._drift.report([drift])

    def _handle(self, opened: _Opened) -> Flow[Receipt]:
        outcomes: set[Outcome] = set()
        for handler in opened.handlers:
            outcome = yield from self._handling.handle(handler, opened.event, Key(opened.event_id, handler.name))
            outcomes.add(outcome)
        found: list[Outcome] = [outcome for outcome in _ORDER if outcome in outcomes]
        return Receipt(found[0] if found else "ignored", opened.name, opened.event_id)


_Handles = Callable[[E], Any]


def _name_of(function: Any) -> str:
    name = getattr(function, "__qualname__", None)
    if name is None:
        raise ConfigurationError("a handler without a name of its own needs name=")
    return f"{function.__module__}.{name}"


def _plain_id(event_id: str) -> str:
    """Return an id that every store can keep: Pinwheel's are UUIDs, but nothing promises that."""
    if _PLAIN_ID.fullmatch(event_id):
        return event_id
    return f"sha256-{sha256(event_id.encode('utf-8', 'surrogatepass')).hexdigest()}"
