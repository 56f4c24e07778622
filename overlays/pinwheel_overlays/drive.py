"""The two drivers of a flow: what it asks for is done by a thread, or by a task. There is nothing else in them."""

from contextlib import AbstractAsyncContextManager, AbstractContextManager, closing, nullcontext
from typing import Protocol, TypeVar

from .flow import Flow, Send
from .timing import AsyncTiming, Timing
from .wire import AsyncTransport, Sent, Transport, TransportError, WireRequest, as_transport_error

__all__ = ["AsyncLimiter", "Limiter", "drive", "drive_async"]

T = TypeVar("T")


class Limiter(Protocol):
    """Decides when a request may be sent. The slot is held from then until its answer is there, or is not coming."""

    def slot(self) -> AbstractContextManager[object]:
        """Return a context manager that waits on entry and hears of the answer's arrival on exit."""
        ...


class AsyncLimiter(Protocol):
    """As Limiter, for tasks."""

    def slot(self) -> AbstractAsyncContextManager[object]:
        """As ``Limiter.slot``."""
        ...


def _failed(error: Exception) -> TransportError:
    known = as_transport_error(error)
    if known is None:
        raise error
    return known


def drive(flow: Flow[T], transport: Transport, timing: Timing, limiter: Limiter | None) -> T:
    """Run a flow to its end in this thread."""

    def send(request: WireRequest) -> Sent:
        with limiter.slot() if limiter else nullcontext():
            begun = timing.monotonic()
            try:
                response, failure = transport.send(request), None
            except Exception as error:  # noqa: BLE001 - sorted, and raised again unless it means "no answer"
                response, failure = None, _failed(error)
            return Sent(response, failure, timing.monotonic() - begun)

    with closing(flow):
        outcome: Sent | None = None
        while True:
            try:
                effect = flow.send(outcome)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            outcome = None
            if isinstance(effect, Send):
                outcome = send(effect.request)
            else:
                timing.sleep(effect.seconds)


async def drive_async(flow: Flow[T], transport: AsyncTransport, timing: AsyncTiming, limiter: AsyncLimiter | None) -> T:
    """Run a flow to its end in this task."""

    async def send(request: WireRequest) -> Sent:
        async with limiter.slot() if limiter else nullcontext():
            begun = timing.monotonic()
            try:
                response, failure = await transport.send(request), None
            except Exception as error:  # noqa: BLE001 - sorted, and raised again unless it means "no answer"
                response, failure = None, _failed(error)
            return Sent(response, failure, timing.monotonic() - begun)

    with closing(flow):
        outcome: Sent | None = None
        while True:
            try:
                effect = flow.send(outcome)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            outcome = None
            if isinstance(effect, Send):
                outcome = await send(effect.request)
            else:
                await timing.sleep(effect.seconds)
