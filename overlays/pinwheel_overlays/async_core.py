"""What every asynchronous resource holds; line for line as ``core``, for tasks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, overload

from .core_base import CoreBase, Items, Lifetime, page_of
from .drive import AsyncLimiter, drive_async
from .flow import exchange
from .operation import Operation
from .pagination import AsyncPages
from .paging import ListCall
from .settings import Settings
from .timing import AsyncTiming
from .wire import AsyncTransport

if TYPE_CHECKING:
    from .response import Response

__all__ = ["AsyncCore", "AsyncRespondingCore"]

T = TypeVar("T")


class AsyncCore(CoreBase):
    """Calls from tasks."""

    __slots__ = ("limiter", "timing", "transport")

    def __init__(
        self,
        settings: Settings,
        lifetime: Lifetime,
        transport: AsyncTransport,
        timing: AsyncTiming,
        limiter: AsyncLimiter | None,
    ) -> None:
        super().__init__(settings, lifetime)
        self.transport = transport
        self.timing = timing
        self.limiter = limiter

    @property
    def responding(self) -> "AsyncRespondingCore":
        """A core whose calls return the whole Response."""
        return AsyncRespondingCore(self.settings, self.lifetime, self.transport, self.timing, self.limiter)

    async def respond(self, operation: Operation, model: Any, **parts: Any) -> "Response[Any]":
        """Make a call and return the whole Response. ``parts`` as in ``call``."""
        call = self._call(self.timing, operation, model, **parts)
        return await drive_async(exchange(call), self.transport, self.timing, self.limiter)

    async def page(self, call: ListCall, query: Mapping[str, object]) -> "Response[Items]":
        """Fetch one page of a list."""
        return await self.respond(call.operation, page_of(call.model), path=call.path, query=query)

    @overload
    async def call(
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
    async def call(
        self,
        operation: Operation,
        model: type[T],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        body: type[Any] | None = None,
        fields: Mapping[str, object] | None = None,
    ) -> T: ...
    async def call(self, operation: Operation, model: Any, **parts: Any) -> Any:
        """Make a call and return its data, as ``Core.call``."""
        return (await self.respond(operation, model, **parts)).data

    def list(
        self,
        operation: Operation,
        model: type[T],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
    ) -> AsyncPages[T]:
        """Return the list that a call answers; nothing is sent yet. Raises InputError."""
        return AsyncPages(self, self._listing(operation, model, path, query))


class AsyncRespondingCore(AsyncCore):
    """As RespondingCore, for tasks."""

    __slots__ = ()

    async def call(self, operation: Operation, model: Any, **parts: Any) -> Any:
        """Make a call and return the Response."""
        return await self.respond(operation, model, **parts)

    def list(self, operation: Operation, model: type[Any], **parts: Any) -> Any:
        """Return an awaitable of the Response of one page."""
        return self.respond(operation, page_of(model), **parts)
