"""Deliveries handled by Celery workers."""

from random import uniform
from typing import Any

from pinwheel_overlays.webhooks.receiver import Receiver

from .again import FIRST_DELAY, LONGEST_DELAY, RETRIES, problem_of

__all__ = ["celery_task"]


def celery_task(
    receiver: Receiver,
    app: Any,
    *,
    name: str = "pinwheel.webhook",
    retries: int = RETRIES,
    first_delay: float = FIRST_DELAY,
    longest_delay: float = LONGEST_DELAY,
    **options: Any,
) -> Any:
    """Register a task that handles deliveries, let the receiver send them to it, and return it.

    Call it where both the web application and the workers import it. The web application then answers Pinwheel as soon
    as the broker has the delivery; a worker runs the handlers, and again later if one fails. The receiver's store has
    to be one that all workers share.

    Args:
        receiver: Verifies in the web application, handles in the workers.
        app: Your Celery application.
        name: Name of the task.
        retries: How often a delivery is tried again.
        first_delay: Seconds before the first retry; doubled for each further one.
        longest_delay: Most seconds before a retry.
        options: Further options of the task, such as ``queue`` or ``priority``.
    """

    def handle(task: Any, message: str) -> None:
        problem = problem_of(receiver.process(message))
        if problem is not None:
            delay = min(first_delay * 2**task.request.retries, longest_delay)
            raise task.retry(exc=problem, countdown=delay * uniform(0.5, 1))  # noqa: S311 - spreads load, guards nothing

    # A task is taken off the broker when it is done, not when it is fetched, so a killed worker loses none.
    task = app.task(
        name=name,
        bind=True,
        acks_late=True,
        reject_on_worker_lost=True,
        ignore_result=True,
        max_retries=retries,
        **options,
    )(handle)
    receiver.hand_to(task.delay)
    return task
