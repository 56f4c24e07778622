"""Errors as Pinwheel words them: a type and a code for programs, a message and fields for people."""

from collections.abc import Sequence

import attrs

INVALID = "INVALID_REQUEST_PARAMETERS"
NOT_FOUND = "RECORD_NOT_FOUND"
UNAUTHORIZED = "UNAUTHORIZED_REQUEST"
UNKNOWN = "UNKNOWN_ERROR"


@attrs.frozen
class FieldProblem:
    """One property or parameter that was refused, and why."""

    name: str
    message: str


class ApiError(Exception):
    """An answer other than success, raised wherever it is found out."""

    def __init__(
        self,
        status: int,
        kind: str,
        code: str,
        message: str,
        *,
        fields: Sequence[FieldProblem] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        """Name the status, Pinwheel's type and code, and what to tell the reader."""
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.code = code
        self.message = message
        self.fields: tuple[FieldProblem, ...] = tuple(fields)
        self.headers = headers or {}

    def rename(self, newer: str, older: str) -> None:
        """Tell of a property by another name, and of what is inside it too."""
        self.fields = tuple(
            FieldProblem(older + field.name.removeprefix(newer), field.message)
            if field.name.startswith(newer)
            else field
            for field in self.fields
        )

    def body(self) -> dict[str, object]:
        """The error object as it is sent."""
        error: dict[str, object] = {
            "type": self.kind,
            "code": self.code,
            "message": self.message,
            "status_code": self.status,
        }
        if self.fields:
            error["fields"] = [{"name": field.name, "message": field.message} for field in self.fields]
        return {"error": error}


def invalid(fields: Sequence[FieldProblem], *, code: str = "INVALID_FIELDS") -> ApiError:
    """400: these properties or parameters are wrong."""
    return ApiError(400, INVALID, code, "The request is invalid.", fields=fields)


def invalid_field(name: str, message: str, *, code: str = "INVALID_FIELDS") -> ApiError:
    """400: this one property or parameter is wrong."""
    return invalid([FieldProblem(name, message)], code=code)


def unreadable(code: str, message: str) -> ApiError:
    """400: the request as a whole cannot be read."""
    return ApiError(400, INVALID, code, message)


def not_found(what: str) -> ApiError:
    """404: no such record."""
    return ApiError(404, NOT_FOUND, NOT_FOUND, f"{what} was not found.")


def unauthorized(message: str | None = None) -> ApiError:
    """401: what identifies the caller is missing or opens nothing; nothing said, it is the API secret."""
    if message is not None:
        return ApiError(401, UNAUTHORIZED, "INVALID_CREDENTIALS", message)
    return ApiError(
        401, UNAUTHORIZED, "INVALID_API_SECRET", "The x-api-secret header is missing or its value is wrong."
    )


def forbidden(message: str, *, code: str = "INSUFFICIENT_PERMISSIONS") -> ApiError:
    """403: the caller is known and may not do this."""
    return ApiError(403, UNAUTHORIZED, code, message)


def wrong_method(allowed: Sequence[str]) -> ApiError:
    """405: the route exists, but not for this method."""
    return ApiError(
        405,
        INVALID,
        "METHOD_NOT_ALLOWED",
        "This route does not take that method.",
        headers={"allow": ", ".join(allowed)},
    )


def too_many_requests(rate: int) -> ApiError:
    """429: Pinwheel's own type and code for it are not known; no Retry-After was ever seen."""
    return ApiError(429, UNKNOWN, "TOO_MANY_REQUESTS", f"More than {rate} requests a second; slow down.")


def unexpected() -> ApiError:
    """500: a fault of the sandbox itself, told without its insides."""
    return ApiError(500, UNKNOWN, UNKNOWN, "The sandbox met an unexpected error; its log has the details.")
