"""What both cores share: the settings of a client, whether it is open, and the preparation of calls."""

from collections.abc import Mapping
from types import GenericAlias
from typing import Any

from .errors import ClientClosedError
from .flow import Call
from .operation import Operation
from .paging import ListCall
from .request import build_request
from .settings import Settings
from .timing import Clocks

__all__ = ["CoreBase", "Items", "Lifetime", "page_of"]

Items = list[Any]
"""The data of one page. Named, because the cores have a method called ``list``."""


def page_of(model: type[Any]) -> Any:
    """Return the type of the data of one page: ``list[model]``."""
    return GenericAlias(list, (model,))


class Lifetime:
    """Whether a client is open; one made by ``with_options`` ends with the client it was made from."""

    __slots__ = ("_closed", "_parent")

    def __init__(self, parent: "Lifetime | None" = None) -> None:
        self._parent = parent
        self._closed = False

    @property
    def is_closed(self) -> bool:
        """Whether it was closed, or what it depends on was."""
        return self._closed or (self._parent is not None and self._parent.is_closed)

    def close(self) -> None:
        """End it; again is fine."""
        self._closed = True

    def check(self) -> None:
        """Raise ClientClosedError if it ended."""
        if self.is_closed:
            raise ClientClosedError("this client is closed; make a new one, or use it inside its with block")


class CoreBase:
    __slots__ = ("lifetime", "settings")

    def __init__(self, settings: Settings, lifetime: Lifetime) -> None:
        self.settings = settings
        self.lifetime = lifetime

    def _call(self, clocks: Clocks, operation: Operation, model: Any, **parts: Any) -> Call:
        self.lifetime.check()
        request = build_request(self.settings, operation, **parts)
        return Call(self.settings, clocks, operation, request, model, {})

    def _listing(
        self, operation: Operation, model: type[Any], path: Mapping[str, str] | None, query: Mapping[str, object] | None
    ) -> ListCall:
        # Built once for its checks: a wrong id is told where it was written, not where the list is first iterated.
        build_request(self.settings, operation, path=path, query=query)
        return ListCall(operation, model, dict(path or {}), dict(query or {}))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.settings.version} at {self.settings.base_url}>"
