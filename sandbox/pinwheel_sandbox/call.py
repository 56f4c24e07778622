"""What a handler is given, and what it gives back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import attrs
from sqlalchemy.orm import Session

from pinwheel_sandbox.bodies import read_object
from pinwheel_sandbox.errors import unauthorized
from pinwheel_sandbox.faces.face import Face
from pinwheel_sandbox.messages import Request
from pinwheel_sandbox.query import Query
from pinwheel_sandbox.storage.tables import ApiKey
from pinwheel_sandbox.world import World

M = TypeVar("M")


@attrs.frozen(kw_only=True)
class Call:
    """One authenticated request to one operation, inside one transaction, in terms of the newest version."""

    world: World
    session: Session
    face: Face
    operation: str
    request: Request
    path: Mapping[str, str]
    query: Query
    key: ApiKey | None
    """The caller's API key, where the operation is opened by one."""
    role: str | None
    """The dashboard user's role, where it is opened by a bearer token."""
    now: datetime
    sent: dict[str, Any] = attrs.field(factory=dict[str, Any])
    """The request body as it was sent, once `body` has read it."""

    @property
    def api_key(self) -> ApiKey:
        """The caller's API key, in an operation that is opened by one."""
        if self.key is None:
            raise unauthorized()
        return self.key

    def body(
        self,
        model: type[M],
        *,
        optional: bool = False,
        stand_ins: Mapping[str, Callable[[object], object]] | None = None,
    ) -> M:
        """The request body as an object of the newest version, or 400 with what is wrong in it.

        `optional` takes no body for an empty object. `stand_ins` are for properties that are checked as something else
        than was sent.
        """
        if not (optional and not self.request.body):
            self.sent.update(read_object(self.request, self.world.settings.body_limit))
        replaced = {name: make(self.sent[name]) for name, make in (stand_ins or {}).items() if name in self.sent}
        return self.face.body(self.operation, {**self.sent, **replaced}, model)


@attrs.frozen
class Reply:
    """The data of an answer in objects of the newest version; no data at all is a 204."""

    data: object | None = None
    meta: Mapping[str, object] | None = None
    bare: Mapping[str, object] | None = None
    """The whole answer, where Pinwheel wraps nothing in `data`."""

    def envelope(self) -> dict[str, Any]:
        """The answer as Pinwheel wraps it: lists say what they are first, single objects come first themselves."""
        if self.meta is None:
            return {"data": self.data}
        if isinstance(self.data, list):
            return {"meta": dict(self.meta), "data": self.data}  # pyright: ignore[reportUnknownMemberType]
        return {"data": self.data, "meta": dict(self.meta)}


def listing(items: Sequence[object], **meta: object) -> Reply:
    """A list and what is said about it."""
    return Reply(list(items), meta)
