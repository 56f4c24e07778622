"""The words of Pinwheel's error object, and the record of one attempt."""

from typing import NamedTuple

from .enums import OpenEnum
from .redaction import scrub

__all__ = ["Attempt", "ErrorCode", "ErrorField", "ErrorType"]


class ErrorType(OpenEnum):
    """The ``type`` of an API error; Pinwheel may add more. It does not imply a status: the class of the error does."""

    RECORD_NOT_FOUND = "RECORD_NOT_FOUND"
    INVALID_REQUEST_PARAMETERS = "INVALID_REQUEST_PARAMETERS"
    UNAUTHORIZED_REQUEST = "UNAUTHORIZED_REQUEST"
    UNKNOWN_ERROR = "UNKNOWN_ERROR"


class ErrorCode(OpenEnum):
    """The ``code`` of an API error. Pinwheel publishes no list; these were seen, any other is kept as it came."""

    INVALID_ROUTING_NUMBER = "INVALID_ROUTING_NUMBER"
    NO_ACTIVE_SESSION_FOUND = "NO_ACTIVE_SESSION_FOUND"


class ErrorField(NamedTuple):
    """What Pinwheel says about one field of the request; for people, the wording may change."""

    name: str
    message: str

    def __repr__(self) -> str:
        return f"ErrorField(name={scrub(self.name)!r}, message={scrub(self.message)!r})"


class Attempt(NamedTuple):
    """One sending of the request."""

    number: int
    """1 for the first sending."""

    status: int | None
    """HTTP status of the answer; None when there was none."""

    delay: float
    """Seconds waited after this attempt before the next one; 0.0 for the last."""

    request_id: str | None
    """Pinwheel's id of this request (``x-pinwheel-request-id``), for its support."""

    cause: str
    """Why it did not count: ``HTTP 503``, ``timeout: ReadTimeout``, ``answer is not JSON``..."""
