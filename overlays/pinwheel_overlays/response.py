"""An answer with what surrounds the data: metadata, status, headers, request id, version and the raw body."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Generic, TypeVar

import msgspec

__all__ = ["Envelope", "Meta", "Response"]

T = TypeVar("T")


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer says about its data; None where it says nothing."""

    count: int | None = None
    """Number of items on this page (not in total)."""
    next_cursor: str | None = None
    """Where the next page begins; None on the last page. Opaque, and different each time it is asked for."""
    refreshed_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    """When Pinwheel last checked the source of the data."""
    updated_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    """When the data last changed."""


class Envelope(msgspec.Struct, Generic[T], frozen=True):
    """The JSON object around every answer."""

    data: T
    meta: Meta | None = None


class Response(Generic[T]):
    """One answer.

    ``raw`` holds the body as it came: the place to find properties that the models do not have.
    """

    __slots__ = ("data", "headers", "meta", "raw", "request_id", "status", "version")

    def __init__(
        self,
        data: T,
        meta: Meta,
        *,
        status: int,
        headers: Mapping[str, str],
        request_id: str | None,
        version: str | None,
        raw: bytes,
    ) -> None:
        self.data = data
        """The model, a list of models for one page of a list, or None where the call answers nothing."""
        self.meta = meta
        self.status = status
        """HTTP status."""
        self.headers = headers
        """HTTP headers of the answer, keys in lower case."""
        self.request_id = request_id
        """Pinwheel's id of this request, for its support."""
        self.version = version
        """The Pinwheel-Version that the answer says it has."""
        self.raw = raw

    def __repr__(self) -> str:
        return f"<Response {self.status}, request id {self.request_id}, {len(self.raw)} bytes>"
