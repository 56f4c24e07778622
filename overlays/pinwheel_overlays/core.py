"""What every resource holds: the way from a method of the API to an answer. This is the one for threads."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, overload

from .core_base import CoreBase, Items, Lifetime, page_of
from .drive import Limiter, drive
from .flow import exchange
from .operation import Operation
from .pagination import Pages
from .paging import ListCall
from .settings import Settings
from .timing import Timing
from .wire import Transport

if TYPE_CHECKING:
    from .response import Response

__all__ = ["Core", "RespondingCore"]

T = TypeVar("T")


class Core(CoreBase):
    """Calls from threads."""

    __slots__ = ("limiter", "timing", "transport")

    def __init__(
        self, settings: Settings, lifetime: Lifetime, transport: Transport, timing: Timing, limiter: Limiter | None
    ) -> None:
        super().__init__(settings, lifetime)
        self.transport = transport
        self.timing = timing
        self.limiter = limiter

    @property
    def responding(self) -> "RespondingCore":
        """A core whose calls return the whole Response."""
        return RespondingCore(self.settings, self.lifetime, self.transport, self.timing, self.limiter)

    def respond(self, operation: Operation, model: Any, **parts: Any) -> "Response[Any]":
        """Make a call and return the whole Response. ``parts`` as in ``call``."""
        call = self._call(self.timing, operation, model, **parts)
        return drive(exchange(call), self.transport, self.timing, self.limiter)

    def page(self, call: ListCall, query: Mapping[str, object]) -> "Response[Items]":
        """Fetch one page of a list."""
        return self.respond(call.operation, page_of(call.model), path=call.path, query=query)

    @overload
    def call(
        self,
        operation: Operation,
        model: None,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        body: type[Any] | None = None,
        fields: Mapping[str, object] | None = None,
    ) -> None: ...
    @overload
    def call(
        self,
        operation: Operation,
        model: type[T],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        body: type[Any] | None = None,
        fields: Mapping[str, object] | None = None,
    ) -> T: ...
    def call(self, operation: Operation, model: Any, **parts: Any) -> Any:
        """Make a call and return its data.

        ``path`` and ``query`` are the parameters by their names in the spec, ``body`` the class of the request body and
        ``fields`` its properties (UNSET ones are not sent). Raises InputError before, CallError after sending.
        """
        return self.respond(operation, model, **parts).data

    def list(
        self,
        operation: Operation,
        model: type[T],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
    ) -> Pages[T]:
        """Return the list that a call answers; nothing is sent yet. Raises InputError."""
        return Pages(self, self._listing(operation, model, path, query))


class RespondingCore(Core):
    """A core behind ``client.with_response``: the same methods run on it and get the whole Response."""

    __slots__ = ()

    def call(self, operation: Operation, model: Any, **parts: Any) -> Any:
        """Make a call and return the Response."""
        return self.respond(operation, model, **parts)

    def list(self, operation: Operation, model: type[Any], **parts: Any) -> Any:
        """Fetch one page and return the Response."""
        return self.respond(operation, page_of(model), **parts)
