"""Lists: iterate over items, or over pages; stop, store a checkpoint, go on in another process."""

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .paging import ListCall, Walk

if TYPE_CHECKING:
    from .async_core import AsyncCore
    from .core import Core
    from .response import Response

__all__ = ["AsyncPages", "Pages"]

T = TypeVar("T")


class _Listing:
    """What both kinds of lists share: the call, and the latest run through it."""

    __slots__ = ("_call", "_core", "_walk")

    _core: Any

    def __init__(self, core: Any, call: ListCall) -> None:
        self._core = core
        self._call = call
        self._walk = Walk(call, core.settings)

    def _begin(self) -> Walk:
        self._walk = Walk(self._call, self._core.settings)
        return self._walk

    @property
    def checkpoint(self) -> str:
        """Where the latest run is: behind the last item (or page) that it handed out.

        A small string without secrets and parameters. Store it and pass it to ``resume`` of the same call, in this
        process or another, to go on with the item that follows.
        """
        return self._walk.checkpoint

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._call.operation.id}>"


class Pages(_Listing, Generic[T]):
    """The items of a list. Nothing is sent before the first is asked for; each new iteration begins anew.

    While iterating, any error of a call may be raised, and PaginationError when the pages do not end. The
    ``checkpoint`` is good then, too: resume from it.
    """

    __slots__ = ()

    _core: "Core"

    def __iter__(self) -> Iterator[T]:
        walk = self._begin()
        while (query := walk.next_query()) is not None:
            yield from walk.items(self._core.page(self._call, query))

    def pages(self) -> "Iterator[Response[list[T]]]":
        """Iterate over pages: each a Response whose ``data`` is the list of its items.

        After ``resume`` or ``max_items`` the first or last page holds only the items that are due.
        """
        walk = self._begin()
        while (query := walk.next_query()) is not None:
            response = self._core.page(self._call, query)
            response.data = list(walk.items(response))
            yield response

    def first(self) -> T | None:
        """Return the first item, or None if there is none."""
        return next(iter(self.max_items(1)), None)

    def max_items(self, number: int) -> "Pages[T]":
        """Return the same list, ending after at most ``number`` items; its checkpoint then leads to the next one."""
        return Pages(self._core, self._call.limited(number))

    def resume(self, checkpoint: str) -> "Pages[T]":
        """Return the same list from a checkpoint on.

        Raises CheckpointError when the checkpoint is damaged, or was taken from another call, with other parameters, or
        with another Pinwheel-Version.
        """
        return Pages(self._core, self._call.resumed(checkpoint, self._core.settings.version))


class AsyncPages(_Listing, Generic[T]):
    """The items of a list, for ``async for``. As ``Pages`` otherwise."""

    __slots__ = ()

    _core: "AsyncCore"

    async def __aiter__(self) -> AsyncIterator[T]:
        walk = self._begin()
        while (query := walk.next_query()) is not None:
            for item in walk.items(await self._core.page(self._call, query)):
                yield item

    async def pages(self) -> "AsyncIterator[Response[list[T]]]":
        """Iterate over pages, as ``Pages.pages``."""
        walk = self._begin()
        while (query := walk.next_query()) is not None:
            response = await self._core.page(self._call, query)
            response.data = list(walk.items(response))
            yield response

    async def first(self) -> T | None:
        """Return the first item, or None if there is none."""
        async for page in self.max_items(1).pages():
            if page.data:
                return page.data[0]
        return None

    def max_items(self, number: int) -> "AsyncPages[T]":
        """Return the same list, ending after at most ``number`` items; its checkpoint then leads to the next one."""
        return AsyncPages(self._core, self._call.limited(number))

    def resume(self, checkpoint: str) -> "AsyncPages[T]":
        """Return the same list from a checkpoint on, as ``Pages.resume``."""
        return AsyncPages(self._core, self._call.resumed(checkpoint, self._core.settings.version))
