"""Deliveries handled by SAQ workers, a queue for asyncio on Redis or PostgreSQL."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from pinwheel_overlays.webhooks.receiver import Receiver

from .again import FIRST_DELAY, LONGEST_DELAY, RETRIES, problem_of

__all__ = ["saq_function"]


class Queue(Protocol):
    """What is needed of a ``saq.Queue``."""

    async def enqueue(self, job_or_func: str, **kwargs: Any) -> Any:
        """Add a job."""
        ...


def saq_function(
    receiver: Receiver,
    queue: Queue,
    *,
    name: str = "pinwheel.webhook",
    timeout: int = 60,
    retries: int = RETRIES,
    first_delay: float = FIRST_DELAY,
    longest_delay: float = LONGEST_DELAY,
) -> tuple[str, Callable[..., Awaitable[None]]]:
    """Let the receiver send deliveries to a queue, and return what a worker needs in its ``functions`` to handle them.

    The web application, which has to take them with ``areceive`` or an ASGI adapter, answers Pinwheel as soon as the
    queue has the delivery; a worker runs the handlers, and again later if one fails. The receiver's store has to be one
    that all workers share.

    Args:
        receiver: Verifies in the web application, handles in the workers.
        queue: Your ``saq.Queue``.
        name: Name of the function.
        timeout: Seconds after which a run is stopped, and after which the run of a killed worker is begun anew.
        retries: How often a delivery is tried again.
        first_delay: Seconds before the first retry; doubled for each further one.
        longest_delay: Most seconds before a retry.
    """

    async def put(message: str) -> None:
        await queue.enqueue(
            name,
            message=message,
            timeout=timeout,
            retries=retries + 1,
            retry_delay=first_delay,
            retry_backoff=longest_delay,
        )

    async def handle(_: Any, *, message: str) -> None:
        problem = problem_of(await receiver.aprocess(message))
        if problem is not None:
            raise problem

    receiver.hand_to(put)
    return name, handle
