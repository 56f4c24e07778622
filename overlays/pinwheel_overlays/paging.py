"""The walk through the pages of a list, without input or output: which page next, which items of it, when to stop."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from .checkpoint import START, Position, call_digest, load_checkpoint, save_checkpoint
from .errors import InvalidInputError, PaginationError
from .hooks import PageEvent
from .operation import Operation
from .outcome import context
from .settings import Settings

if TYPE_CHECKING:
    from .response import Response

__all__ = ["MOST_EMPTY_PAGES", "ListCall", "Walk"]

MOST_EMPTY_PAGES = 10
"""Empty pages in a row, each with a cursor for the next, after which a list is taken to be endless."""


class ListCall:
    """A list call as it was made: the parameters, how many items are wanted, and where to begin."""

    __slots__ = ("limit", "model", "operation", "path", "query", "start")

    def __init__(
        self,
        operation: Operation,
        model: type[Any],
        path: Mapping[str, str],
        query: Mapping[str, object],
        *,
        start: Position = START,
        limit: int | None = None,
    ) -> None:
        self.operation = operation
        self.model = model
        self.path = path
        self.query = query
        self.start = start
        self.limit = limit

    def digest(self, version: str) -> str:
        """Return what a checkpoint remembers of the parameters."""
        parameters = {**{f"/{name}": value for name, value in self.path.items()}, **self.query}
        return call_digest(self.operation.id, version, parameters)

    def limited(self, limit: int) -> "ListCall":
        """Return the call for at most so many items. Raises InvalidInputError below 0."""
        number = _count(limit)
        return ListCall(self.operation, self.model, self.path, self.query, start=self.start, limit=number)

    def resumed(self, checkpoint: str, version: str) -> "ListCall":
        """Return the call from a checkpoint on. Raises CheckpointError."""
        start = load_checkpoint(checkpoint, self.operation.id, self.digest(version))
        return ListCall(self.operation, self.model, self.path, self.query, start=start, limit=self.limit)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidInputError("max_items", "must be an int of 0 or more")
    return value


class Walk:
    """One run through a list."""

    __slots__ = ("_broken", "_call", "_empty", "_page", "_position", "_remaining", "_seen", "_settings")

    def __init__(self, call: ListCall, settings: Settings) -> None:
        self._call = call
        self._settings = settings
        self._position = call.start
        self._remaining = call.limit
        self._page = 0
        self._empty = 0
        # Hashes, so that a list of any length stays small in memory.
        self._seen: set[int] = set()
        self._broken: PaginationError | None = None

    @property
    def checkpoint(self) -> str:
        """The position behind the last item that was handed out."""
        operation = self._call.operation
        return save_checkpoint(operation.id, self._call.digest(self._settings.version), self._position)

    def next_query(self) -> dict[str, object] | None:
        """Return the query of the next page, or None when there is none to fetch. Raises PaginationError."""
        if self._remaining == 0 or self._position.done:
            return None
        if self._broken is not None:
            raise self._broken
        cursor = self._position.cursor
        return dict(self._call.query) if cursor is None else {**self._call.query, "cursor": cursor}

    def items(self, response: "Response[list[Any]]") -> Iterator[Any]:
        """Hand out the items of a fetched page, less those of an earlier run and those beyond the wanted number.

        Raises PaginationError when the page came before, or only empty pages come.
        """
        everything, here = response.data, self._position
        after = self._follow(response)
        self._page += 1
        self._settings.hooks.page(PageEvent(self._call.operation, self._page, len(everything)))
        for index in range(_skipped(everything, here), len(everything)):
            if self._remaining == 0:
                return
            if self._remaining is not None:
                self._remaining -= 1
            item = everything[index]
            # Moved on before the item is handed out: it counts as read while the caller looks at it.
            last = index + 1 == len(everything)
            self._position = after if last else Position(here.cursor, index + 1, _id_of(item))
            yield item
        self._position = after

    def _follow(self, response: "Response[list[Any]]") -> Position:
        """Return the start of the page behind a fetched one, having looked for signs that the list never ends."""
        items, cursor = response.data, self._position.cursor or self._call.query.get("cursor")
        # Whatever was sent, should it have drifted from a string.
        following = cast("object", response.meta.next_cursor) if self._call.operation.paginated else None
        ids = tuple(_id_of(item) for item in items)
        if items and None not in ids and self._is_repeated(("page", ids)):
            raise self._endless("a page came twice", response)
        self._empty = 0 if items else self._empty + 1
        if not following:
            return Position(done=True)
        if self._empty >= MOST_EMPTY_PAGES:
            raise self._endless(f"{MOST_EMPTY_PAGES} empty pages came in a row", response)
        self._seen.add(hash(("cursor", cursor)))
        # The items of this page are good, so the trouble is told when the next page is asked for.
        if not isinstance(following, str):
            self._broken = self._endless("the cursor is no string", response)
        elif self._is_repeated(("cursor", following)):
            self._broken = self._endless("a cursor came twice", response)
        return Position(str(following))

    def _is_repeated(self, sign: tuple[str, object]) -> bool:
        """Whether a sign was seen before in this run; notes it."""
        mark = hash(sign)
        if mark in self._seen:
            return True
        self._seen.add(mark)
        return False

    def _endless(self, why: str, response: "Response[list[Any]]") -> PaginationError:
        known = context(self._settings, self._call.operation)
        return PaginationError(
            f"the pages do not end: {why}",
            **known,
            status=response.status,
            request_id=response.request_id,
            raw=response.raw,
        )


def _id_of(item: object) -> str | None:
    found: object = getattr(item, "id", None)
    return found if isinstance(found, str) else None


def _skipped(items: Sequence[object], position: Position) -> int:
    """Return how many items of a page were handed out before.

    Newer items may have pushed the others down since, so the last one is looked for by its id.
    """
    offset, last = min(position.offset, len(items)), position.last_id
    if offset == 0 or last is None or _id_of(items[offset - 1]) == last:
        return offset
    return next((place + 1 for place, item in enumerate(items) if _id_of(item) == last), offset)
