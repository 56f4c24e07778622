"""When a worker tries again what it could not handle."""

from pinwheel_overlays.webhooks.errors import WebhookHandlingError
from pinwheel_overlays.webhooks.receipt import Receipt

__all__ = ["FIRST_DELAY", "LONGEST_DELAY", "RETRIES", "problem_of"]

RETRIES = 20
FIRST_DELAY = 5.0
LONGEST_DELAY = 600.0
"""Seconds; the delay doubles from the first to the longest, so that 20 retries take about two and a half hours."""


def problem_of(receipt: Receipt) -> WebhookHandlingError | None:
    """Return the reason to call again later, or None: it is done."""
    if receipt.outcome == "failed":
        return WebhookHandlingError(f"{receipt.event} {receipt.event_id} was not handled; the log says what failed")
    if receipt.outcome == "in_progress":
        return WebhookHandlingError(f"{receipt.event} {receipt.event_id} is being handled, or its worker has just died")
    return None
