"""The requests that were made, as far back as a list is worth reading."""

import threading
from collections import deque
from datetime import datetime

import msgspec

from pinwheel_sandbox.clock import Clock
from pinwheel_sandbox.controls.faults import Fault
from pinwheel_sandbox.messages import Answer, Request

_KEPT = 500
_LONGEST = 10_000


class LoggedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One request and what it was answered with. The secret that opened the API is not kept."""

    request_id: str
    at: datetime
    method: str
    path: str
    query: str
    version: str
    status: int
    seconds: float
    sent: str
    """The request body, up to ten thousand characters."""
    answered: str
    """The body of the answer, likewise."""
    fault: str | None
    """The kind of fault that was injected."""


class RequestLog:
    """The last requests of one process."""

    def __init__(self, clock: Clock) -> None:
        """Nothing yet."""
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: deque[LoggedRequest] = deque(maxlen=_KEPT)

    def note(self, request: Request, answer: Answer, seconds: float, fault: Fault | None) -> None:
        """Write a request down."""
        entry = LoggedRequest(
            request_id=answer.headers.get("x-pinwheel-request-id", ""),
            at=self._clock.now(),
            method=request.method,
            path=request.path,
            query=request.query,
            version=answer.headers.get("pinwheel-version", ""),
            status=answer.status,
            seconds=round(seconds, 6),
            sent=request.body[:_LONGEST].decode("utf-8", "replace"),
            answered=answer.body[:_LONGEST].decode("utf-8", "replace"),
            fault=fault.kind if fault else None,
        )
        with self._lock:
            self._entries.append(entry)

    def entries(self, limit: int) -> list[LoggedRequest]:
        """The newest first."""
        with self._lock:
            newest = list(self._entries)
        return newest[::-1][:limit]

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._entries.clear()
