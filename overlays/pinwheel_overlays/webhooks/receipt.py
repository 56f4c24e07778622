"""What became of a delivery, and the HTTP answer that tells Pinwheel."""

from typing import Literal, NamedTuple

from .errors import WebhookError

__all__ = ["Outcome", "Receipt"]

Outcome = Literal["handled", "duplicate", "ignored", "queued", "in_progress", "failed", "refused"]
"""``handled``: every handler is done with it. ``duplicate``: it was handled before. ``ignored``: no handler takes it.
``queued``: a queue has it. ``in_progress``: another delivery of it is being handled. ``failed``: a handler, the store
or the queue raised. ``refused``: not shown to be genuine, or no event."""

# Pinwheel repeats a delivery that is answered with 5xx and gives up on 4xx, so what may still be handled is never
# answered with 4xx or 2xx.
_STATUS: dict[Outcome, int] = {
    "handled": 200,
    "duplicate": 200,
    "ignored": 200,
    "queued": 200,
    "in_progress": 503,
    "failed": 500,
    "refused": 400,
}


class Receipt(NamedTuple):
    """The end of a delivery."""

    outcome: Outcome
    event: str = ""
    """Name of the event; empty if the delivery was refused."""
    event_id: str = ""
    error: WebhookError | None = None
    """Why it was refused."""

    @property
    def status(self) -> int:
        """The HTTP status to answer with."""
        return _STATUS[self.outcome]

    @property
    def text(self) -> str:
        """The body of the answer. It tells a forger nothing."""
        return f"{self.outcome}\n"

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer."""
        headers = {"content-type": "text/plain; charset=utf-8", "cache-control": "no-store"}
        if self.outcome == "in_progress":
            headers["retry-after"] = "30"
        return headers
