"""Scripted answers in place of a network, and a clock that moves only when the script or a sleep says so."""

import base64
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from typing import Any

import httpx
from msgspec import UNSET
from pinwheel_api import TransportError, WireRequest, WireResponse

from .format import AnswerSpec, Case, Failure
from .values import render, text_of

__all__ = ["AsyncHttpScript", "AsyncScript", "Clock", "HttpScript", "Script", "ScriptError", "Seen", "SyncScript"]


class ScriptError(Exception):
    """The client asked for more than the case has."""


class Seen:
    """One request as it was sent."""

    def __init__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, timeout: tuple[float, float] | None
    ) -> None:
        self.method = method
        self.url = url
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body
        self.timeout = timeout
        """For connecting and for reading, in seconds."""


class Clock:
    """Time and chance as the case says."""

    def __init__(self, case: Case) -> None:
        self._start = datetime.fromisoformat(case.now).timestamp()
        self._elapsed = 0.0
        self._chance = case.chance
        self._draws = 0
        self.delays: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.delays.append(seconds)
        self._elapsed += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)

    def pass_(self, seconds: float) -> None:
        """Let time pass while an answer is under way."""
        self._elapsed += seconds

    def monotonic(self) -> float:
        return 1_000.0 + self._elapsed

    def now(self) -> float:
        return self._start + self._elapsed

    def chance(self) -> float:
        """Return the chance of the case, or the next of them; the last one stays."""
        if not isinstance(self._chance, list):
            return self._chance
        drawn = self._chance[min(self._draws, len(self._chance) - 1)]
        self._draws += 1
        return drawn


class Script:
    """Gives the answers of a case in order and keeps what was sent."""

    def __init__(self, case: Case, version: str, clock: Clock) -> None:
        self._answers = list(case.answers)
        self._version = version
        self._clock = clock
        self.seen: list[Seen] = []

    @property
    def left(self) -> int:
        """How many answers nobody asked for."""
        return len(self._answers)

    def next(self, seen: Seen) -> AnswerSpec:
        """Keep a request and return what it is answered with."""
        self.seen.append(seen)
        if not self._answers:
            raise ScriptError(f"request {len(self.seen)} has no scripted answer")
        answer = self._answers.pop(0)
        self._clock.pass_(answer.delay)
        return answer

    def headers(self, answer: AnswerSpec) -> dict[str, str]:
        """Return the headers of an answer: the usual three, and what the case says; null takes one away."""
        usual = {
            "Pinwheel-Version": self._version,
            "X-Pinwheel-Request-Id": f"request-{len(self.seen)}",
            "Content-Type": "application/json",
        }
        given = {name.lower() for name in answer.headers}
        kept = {name: value for name, value in usual.items() if name.lower() not in given}
        return {name: value for name, value in {**kept, **answer.headers}.items() if value is not None}

    def body(self, answer: AnswerSpec) -> bytes:
        """Return the body of an answer."""
        if answer.json is not UNSET:
            return render(answer.json).encode()
        if answer.text is not UNSET:
            return text_of(answer.text).encode()
        return b"" if answer.base64 is UNSET else base64.b64decode(answer.base64)


def _wire_failure(failure: Failure) -> Exception:
    """What a transport raises: the plain errors of the operating system, or a TransportError."""
    match failure:
        case "refused":
            return ConnectionRefusedError(111, "Connection refused")
        case "connect_timeout":
            return TransportError("timeout while connecting", "connect", timeout=True)
        case "read_timeout":
            return TimeoutError("timed out")
        case "reset":
            return ConnectionResetError(104, "Connection reset by peer")
        case "truncated":
            return TransportError("connection broke: the answer ended early", "broken")


_HTTP_FAILURES: dict[Failure, type[httpx.TransportError]] = {
    "refused": httpx.ConnectError,
    "connect_timeout": httpx.ConnectTimeout,
    "read_timeout": httpx.ReadTimeout,
    "reset": httpx.ReadError,
    "truncated": httpx.RemoteProtocolError,
}


class _Wire:
    def __init__(self, script: Script) -> None:
        self._script = script

    def answer(self, request: WireRequest) -> WireResponse:
        timeout = None if request.timeout is None else (request.timeout.connect, request.timeout.read)
        answer = self._script.next(Seen(request.method, request.url, request.headers, request.body, timeout))
        if answer.failure is not UNSET:
            raise _wire_failure(answer.failure)
        headers = {name.lower(): value for name, value in self._script.headers(answer).items()}
        return WireResponse(answer.status, headers, self._script.body(answer))


class SyncScript(_Wire):
    """A script as `transport=` of a client for threads."""

    def send(self, request: WireRequest, /) -> WireResponse:
        return self.answer(request)

    def close(self) -> None:
        """Nothing to give back."""


class AsyncScript(_Wire):
    """A script as `transport=` of a client for tasks."""

    async def send(self, request: WireRequest, /) -> WireResponse:
        return self.answer(request)

    async def aclose(self) -> None:
        """Nothing to give back."""


class _Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that ends before its end."""

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"data": '
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


class _Http:
    def __init__(self, script: Script) -> None:
        self._script = script

    def answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        limits: dict[str, Any] = request.extensions.get("timeout", {})
        timeout = (limits["connect"], limits["read"]) if limits.get("read") is not None else None
        answer = self._script.next(Seen(request.method, str(request.url), request.headers, body or None, timeout))
        if answer.failure == "truncated":
            return httpx.Response(200, stream=_Broken())
        if answer.failure is not UNSET:
            raise _HTTP_FAILURES[answer.failure](answer.failure, request=request)
        return httpx.Response(answer.status, headers=self._script.headers(answer), content=self._script.body(answer))


class HttpScript(_Http, httpx.BaseTransport):
    """A script below an `httpx.Client`."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.answer(request, request.read())


class AsyncHttpScript(_Http, httpx.AsyncBaseTransport):
    """A script below an `httpx.AsyncClient`."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.answer(request, await request.aread())
