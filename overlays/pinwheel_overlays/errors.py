"""Every error that this package raises, under one root.

``PinwheelError``
- ``InputError`` (also ValueError): refused before anything was sent
  - ``InvalidInputError``: a parameter or a body field; ``CheckpointError``: a checkpoint of another call
  - ``ConfigurationError``: how the client was made; ``ClientClosedError``: used after close
- ``CallError``: a call was made and did not end well; carries operation, request id and every attempt
  - ``APIConnectionError``, and under it ``APITimeoutError``: no answer
  - ``APIError``: an answer that says no, one class per status
  - ``ResponseDecodeError``: an answer that cannot be read
  - ``PaginationError``: pages that do not end

All of them pickle and copy, and none holds a credential.
"""

from typing import Any, ClassVar, Self

from .drift import Drift
from .error_text import describe
from .error_types import Attempt, ErrorCode, ErrorField, ErrorType

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "Attempt",
    "AuthenticationError",
    "BadGatewayError",
    "BadRequestError",
    "CallError",
    "CheckpointError",
    "ClientClosedError",
    "ConfigurationError",
    "ErrorCode",
    "ErrorField",
    "ErrorType",
    "GatewayTimeoutError",
    "InputError",
    "InvalidInputError",
    "NotFoundError",
    "PaginationError",
    "PermissionDeniedError",
    "PinwheelError",
    "RateLimitError",
    "RedirectError",
    "ResponseDecodeError",
    "ServerError",
    "ServiceUnavailableError",
]


class PinwheelError(Exception):
    """Root of all errors of this package."""


class InputError(PinwheelError, ValueError):
    """What was asked for cannot be right; nothing was sent."""


class InvalidInputError(InputError):
    """A path id, a query parameter or a body field that Pinwheel would refuse.

    ``field`` is its name (``allocation.targets[0].type``), ``rule`` what it must be. The value is never quoted.
    """

    def __init__(self, field: str, rule: str, advice: str = "") -> None:
        super().__init__(field, rule, advice)
        self.field = field
        self.rule = rule
        self.advice = advice

    def __str__(self) -> str:
        text = f"{self.field}: {self.rule}"
        return f"{text} ({self.advice})" if self.advice else text


class CheckpointError(InputError):
    """A checkpoint that is damaged, or was taken from another call."""


class ConfigurationError(InputError):
    """The client cannot be made, or make this call, as it was configured."""


class ClientClosedError(ConfigurationError):
    """The client was used after ``close()``, or closed while a call was under way.

    A call under way ends so only before an attempt that may be repeated, so calling again with another client is safe.
    """


class CallError(PinwheelError):
    """A call that was sent, or tried to be, and did not end well.

    Attributes: ``message`` (what happened; may quote the vendor and so hold personal data, which ``str()`` hides),
    ``operation`` (``accounts.paystubs.list``), ``method``, ``path`` (the template, without ids), ``version`` (the
    Pinwheel-Version asked for), ``status``, ``request_id``, ``attempts`` (all of them, in order) and ``raw`` (the body
    of the answer, not shown in the repr).
    """

    hint: ClassVar[str] = ""
    """What to do next, as shown at the end of ``str()``."""

    def __init__(
        self,
        message: str,
        *,
        operation: str = "",
        method: str = "",
        path: str = "",
        version: str = "",
        status: int | None = None,
        request_id: str | None = None,
        attempts: tuple[Attempt, ...] = (),
        raw: bytes = b"",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.operation = operation
        self.method = method
        self.path = path
        self.version = version
        self.status = status
        self.request_id = request_id
        self.attempts = attempts
        self.raw = raw

    def __str__(self) -> str:
        return describe(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # Keyword-only arguments are beyond the default, which calls the class with ``args``.
        return _revive, (type(self), self.args, self.__dict__)

    def with_attempts(self, attempts: tuple[Attempt, ...]) -> Self:
        """Return self, with the record of all attempts."""
        self.attempts = attempts
        return self


def _revive(cls: type[CallError], args: tuple[Any, ...], state: dict[str, Any]) -> CallError:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class APIConnectionError(CallError):
    """No answer came: the connection could not be made, or broke.

    ``reached`` is False when nothing of the request left this machine, so that Pinwheel surely did not act on it.
    """

    hint = "check the network and Pinwheel's status, then try again"

    def __init__(self, message: str, *, reached: bool = True, **context: Any) -> None:
        super().__init__(message, **context)
        self.reached = reached


class APITimeoutError(APIConnectionError):
    """No answer came in time."""

    hint = "try again, or give the client a longer timeout"


class APIError(CallError):
    """Pinwheel answered with an error.

    ``type`` and ``code`` are for programs (open enums; None when the body was not Pinwheel's error object), ``message``
    and ``fields`` are for people and may change.
    """

    def __init__(
        self,
        message: str,
        *,
        type: ErrorType | None = None,  # noqa: A002 - the vendor's word
        code: ErrorCode | None = None,
        fields: tuple[ErrorField, ...] = (),
        **context: Any,
    ) -> None:
        super().__init__(message, **context)
        self.type = type
        self.code = code
        self.fields = fields


class APIStatusError(APIError):
    """A status that has no class of its own."""


class BadRequestError(APIError):
    """400: the request was invalid, or its Pinwheel-Version is no longer served."""

    hint = "correct the request; .fields says which fields were wrong"


class AuthenticationError(APIError):
    """401: the credential is missing, wrong, revoked, or belongs to another mode."""

    hint = "check the API secret and that it was made for this mode"


class PermissionDeniedError(APIError):
    """403: the credential is valid but may not do this."""

    hint = "ask Pinwheel whether this product is enabled for your workspace"


class NotFoundError(APIError):
    """404: there is no such object in this mode, or its data is not there yet."""

    hint = "check the id and the mode; payroll data appears when its job has succeeded"


class RateLimitError(APIError):
    """429: too many requests; Pinwheel allows 50 a second."""

    hint = "slow down and try again"


class ServerError(APIError):
    """500 and above: Pinwheel failed."""

    hint = "try again later; give Pinwheel's support the request id if it lasts"


class BadGatewayError(ServerError):
    """502: Pinwheel is down or being upgraded."""


class ServiceUnavailableError(ServerError):
    """503: Pinwheel is overloaded."""


class GatewayTimeoutError(ServerError):
    """504: Pinwheel did not complete the request in time."""


class RedirectError(APIError):
    """A redirect that was not followed: to another origin, without a target, too many, or not 307 or 308."""

    hint = "credentials and personal data are never sent to another host; check base_url"


class ResponseDecodeError(CallError):
    """An answer that is not JSON, or not of the shape that the spec says.

    ``location`` is the JSON path (``$.data[3].earnings``), ``model`` the name of the class that was being built and,
    from a strict client, ``drifts`` is everything that differs from the spec.
    """

    hint = "the body is in .raw; report it if the spec of this package is wrong"

    def __init__(
        self, message: str, *, location: str = "$", model: str = "", drifts: tuple[Drift, ...] = (), **context: Any
    ) -> None:
        super().__init__(message, **context)
        self.location = location
        self.model = model
        self.drifts = drifts


class PaginationError(CallError):
    """The pages of a list do not end: a cursor or a page came twice, or only empty pages come."""

    hint = "the items so far are good; report the request id to Pinwheel"
