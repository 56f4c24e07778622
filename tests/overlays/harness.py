"""Scripted answers, clocks without waiting, and one way to write a test for the sync and the async client."""

import asyncio
import inspect
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pinwheel_overlays.timing import AsyncTiming, Timing
from pinwheel_overlays.wire import WireRequest, WireResponse

from .shop import AsyncShop, Shop

SECRET = "sk-7f3a9c-very-secret"
REQUEST_ID = "a3f19010-1bea-4527-8ef2-7e3b795a4056"


def widget(**changes: Any) -> dict[str, Any]:
    """The JSON of a widget that is as the spec says."""
    return {
        "id": "w1",
        "size": 3,
        "color": "red",
        "made_at": "2025-06-24T09:00:00.123456+00:00",
        "made_on": "2025-06-24",
        "parts": [],
        **changes,
    }


def answer(
    data: Any = None, *, status: int = 200, meta: Any = None, headers: Mapping[str, str] | None = None
) -> WireResponse:
    """An answer with the usual envelope and headers; ``data`` may also be the bytes of a whole body."""
    body = data if isinstance(data, bytes) else json.dumps({"data": data, **({"meta": meta} if meta else {})}).encode()
    return WireResponse(
        status, {"pinwheel-version": "2025-07-08", "x-pinwheel-request-id": REQUEST_ID, **(headers or {})}, body
    )


def refusal(status: int, *, headers: Mapping[str, str] | None = None, **error: Any) -> WireResponse:
    """An error answer with Pinwheel's error object."""
    told = {"type": "INVALID_REQUEST_PARAMETERS", "code": "X", "message": "no", "status_code": status, **error}
    return answer(json.dumps({"error": told}).encode(), status=status, headers=headers)


def page(ids: Iterable[str], cursor: str | None = None) -> WireResponse:
    """A page of widgets."""
    items = [widget(id=each) for each in ids]
    return answer(items, meta={"count": len(items), "next_cursor": cursor})


Step = WireResponse | Exception | Callable[[WireRequest], WireResponse]


class Script:
    """A transport that gives the scripted answers in order and keeps what it was sent."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.requests: list[WireRequest] = []
        self.closed = 0

    def answer(self, request: WireRequest) -> WireResponse:
        self.requests.append(request)
        step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step(request) if callable(step) else step

    @property
    def urls(self) -> list[str]:
        return [request.url.removeprefix("https://sandbox.getpinwheel.com") for request in self.requests]


class SyncScript(Script):
    def send(self, request: WireRequest, /) -> WireResponse:
        return self.answer(request)

    def close(self) -> None:
        self.closed += 1


class AsyncScript(Script):
    async def send(self, request: WireRequest, /) -> WireResponse:
        await asyncio.sleep(0)
        return self.answer(request)

    async def aclose(self) -> None:
        self.closed += 1


class Clock:
    """Time that passes only in sleeps."""

    def __init__(self, chance: float = 1.0) -> None:
        self.time = 1_000.0
        self.slept: list[float] = []
        self.chance = chance

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    async def async_sleep(self, seconds: float) -> None:
        self.sleep(seconds)

    def parts(self) -> tuple[Callable[[], float], Callable[[], float], Callable[[], float]]:
        return (lambda: self.time), (lambda: self.time + 1_700_000_000), (lambda: self.chance)


class Bench:
    """A client on a script. ``do`` makes a call, ``items`` reads a list: both the same for sync and async."""

    def __init__(self, *, asynchronous: bool, clock: Clock | None = None) -> None:
        self.asynchronous = asynchronous
        self.clock = clock or Clock()
        self.runner = asyncio.Runner() if asynchronous else None
        self.script: Script = SyncScript()

    def client(self, *steps: Step, **options: Any) -> Any:
        """Make a client whose requests get ``steps``."""
        options = {"api_secret": SECRET, "rate_limit": None, **options}
        if self.asynchronous:
            self.script = AsyncScript(*steps)
            return AsyncShop(
                transport=self.script, timing=AsyncTiming(self.clock.async_sleep, *self.clock.parts()), **options
            )
        self.script = SyncScript(*steps)
        return Shop(transport=self.script, timing=Timing(self.clock.sleep, *self.clock.parts()), **options)

    def do(self, result: Any) -> Any:
        """Return the result of a call, having run it if it is a coroutine."""
        if inspect.isawaitable(result):
            assert self.runner is not None

            async def wait() -> Any:
                return await result

            return self.runner.run(wait())
        return result

    def items(self, pages: Any, upto: int | None = None) -> list[Any]:
        """Read a list, or its first ``upto`` items, and leave it there."""
        found: list[Any] = []
        if not self.asynchronous:
            for item in pages:
                found.append(item)
                if len(found) == upto:
                    break
            return found

        async def read() -> list[Any]:
            iterator = aiter(pages)
            async for item in iterator:
                found.append(item)
                if len(found) == upto:
                    break
            await iterator.aclose()
            return found

        assert self.runner is not None
        return self.runner.run(read())

    def close(self) -> None:
        if self.runner is not None:
            self.runner.close()


def ids(items: Iterable[Any]) -> list[str]:
    return [item.id for item in items]
