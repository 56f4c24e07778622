"""What can be wrong with a delivery."""

from typing import Literal

from pinwheel_overlays.errors import PinwheelError

__all__ = ["SignatureProblem", "WebhookError", "WebhookHandlingError", "WebhookPayloadError", "WebhookSignatureError"]

SignatureProblem = Literal["body", "missing", "malformed", "scheme", "mismatch", "rewritten", "too_old", "in_future"]
"""``body``: not bytes. ``missing``, ``malformed``: a header. ``scheme``: a form of signature that was not asked for.
``mismatch``: of another body, secret or time. ``rewritten``: of the same JSON, written differently. ``too_old``,
``in_future``: genuine, but sent at another time than now."""


class WebhookError(PinwheelError):
    """A delivery that cannot be taken. Its text holds neither a secret nor anything of the body."""


class WebhookSignatureError(WebhookError):
    """The delivery is not shown to come from Pinwheel: do not act on it, answer 400 or 401.

    ``problem`` says what is wrong, for programs; the text says what to do about it.
    """

    def __init__(self, message: str, problem: SignatureProblem) -> None:
        super().__init__(message, problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.args[0])


class WebhookPayloadError(WebhookError):
    """The signature is right, but the body is no event: not JSON, or not an object."""


class WebhookHandlingError(WebhookError):
    """An event from a queue was not handled this time: for the queue, which is to call again later."""
