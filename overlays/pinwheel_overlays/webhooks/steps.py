"""Runs a flow for threads or for tasks: the flow yields what is to be done, and is told what came of it."""

from collections.abc import Callable, Coroutine, Generator
from inspect import isawaitable
from typing import Any, NamedTuple, TypeVar, cast

from pinwheel_overlays.errors import ConfigurationError

__all__ = ["Flow", "Step", "run_in_task", "run_in_thread"]

T = TypeVar("T")


class Step(NamedTuple):
    """A call that the flow wants made."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    blocking: bool
    """Whether it may wait for a disk, a network or a user's code, so that an event loop must not make it itself."""


Flow = Generator[Step, Any, T]


def run_in_thread(flow: Flow[T]) -> T:
    """Run a flow here and now. What a step returns to be awaited is run in an event loop of its own."""
    try:
        step = next(flow)
        while True:
            try:
                value = step.function(*step.arguments)
                if isawaitable(value):
                    value = _run_awaitable(cast("Coroutine[Any, Any, Any]", value))
            except BaseException as error:  # noqa: BLE001 - the flow decides, and raises what it does not want
                step = flow.throw(error)
            else:
                step = flow.send(value)
    except StopIteration as end:
        return cast("T", end.value)


async def run_in_task(flow: Flow[T]) -> T:
    """Run a flow in an event loop, blocking steps in threads.

    A thread cannot be stopped. So when the task is cancelled, because the sender hung up, say, the flow goes on until
    nothing of it runs in a thread, and only then the task ends.
    """
    from asyncio import CancelledError  # noqa: PLC0415 - a synchronous program never needs it

    cancelled = False
    try:
        step = next(flow)
        while True:
            try:
                if step.blocking:
                    value, interrupted = await _to_thread(step)
                    cancelled = cancelled or interrupted
                else:
                    value = step.function(*step.arguments)
                if isawaitable(value):
                    value = await value
            except BaseException as error:  # noqa: BLE001 - as above; a cancelled handler is told like any other failure
                step = flow.throw(error)
            else:
                step = flow.send(value)
    except StopIteration as end:
        if cancelled:
            raise CancelledError from None
        return cast("T", end.value)


async def _to_thread(step: Step) -> tuple[Any, bool]:
    import asyncio  # noqa: PLC0415 - as above

    running = asyncio.ensure_future(asyncio.to_thread(_called, step))
    interrupted = False
    while not running.done():
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            interrupted = True
        except BaseException:  # noqa: BLE001, S110 - told by result() below
            pass
    return running.result(), interrupted


def _called(step: Step) -> Any:
    try:
        return step.function(*step.arguments)
    except StopIteration as error:
        # A future cannot hold this one (in Python 3.11 it would never be done), nor can a coroutine raise it.
        raise RuntimeError("StopIteration was raised") from error


def _run_awaitable(value: "Coroutine[Any, Any, Any]") -> Any:
    import asyncio  # noqa: PLC0415 - as above

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(_awaited(value))
    value.close()
    raise ConfigurationError("inside an event loop an asynchronous handler needs areceive(), not receive()")


async def _awaited(value: "Coroutine[Any, Any, Any]") -> Any:
    return await value
