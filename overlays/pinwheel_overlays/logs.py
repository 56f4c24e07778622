"""Log lines: the logger ``pinwheel_api``. They never hold bodies, ids of people, query values, headers or URLs."""

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .operation import Operation

__all__ = ["LOGGER", "log_callback_failure", "log_sending"]

LOGGER = logging.getLogger("pinwheel_api")
# A library stays silent until the application configures logging.
LOGGER.addHandler(logging.NullHandler())


def log_sending(operation: "Operation", attempt: int, outcome: str, seconds: float, request_id: str | None) -> None:
    """One line at DEBUG per sending: method, path template, outcome, time, attempt, request id."""
    if LOGGER.isEnabledFor(logging.DEBUG):
        LOGGER.debug(
            "%s %s -> %s in %.0f ms (attempt %d, request id %s)",
            operation.method,
            operation.path,
            outcome,
            seconds * 1000,
            attempt,
            request_id or "none",
        )


def log_callback_failure(what: str, error: Exception) -> None:
    """Say that a callback of the user raised, and what kind. Its message and traceback may hold data."""
    LOGGER.warning("%s raised %s; nothing else is affected", what, type(error).__name__)
