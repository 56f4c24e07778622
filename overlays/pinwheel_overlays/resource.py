"""The bases of generated resources, and the descriptors of their ``with_response`` twins.

A resource holds the core of its client strongly, so ``Pinwheel(...).accounts`` works on a client nobody else keeps.
"""

from collections.abc import Callable, Coroutine
from types import MethodType
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from .async_core import AsyncCore
    from .core import Core
    from .pagination import AsyncPages, Pages
    from .response import Response

__all__ = ["AsyncListResponding", "AsyncResource", "AsyncResponding", "ListResponding", "Resource", "Responding"]

P = ParamSpec("P")
T = TypeVar("T")


class Resource:
    """A group of calls."""

    __slots__ = ("_core",)

    def __init__(self, core: "Core") -> None:
        self._core = core

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._core!r}>"


class AsyncResource:
    """A group of calls, for tasks."""

    __slots__ = ("_core",)

    def __init__(self, core: "AsyncCore") -> None:
        self._core = core

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._core!r}>"


# A twin resource holds a core whose calls return the whole Response. So the very function of the plain resource is
# bound to the twin, and only its declared result differs: the four classes below say how.


class _Twin:
    __slots__ = ("_function",)

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def _bind(self, resource: object) -> Any:
        # On the class there is nothing to bind to; the function itself is shown, for help() and documentation tools.
        return self._function if resource is None else MethodType(self._function, resource)


class Responding(_Twin, Generic[P, T]):
    """A method with the same parameters that returns ``Response[T]`` where the plain one returns ``T``."""

    __slots__ = ()

    def __init__(self, function: "Callable[Concatenate[Any, P], T]") -> None:
        super().__init__(function)

    def __get__(self, resource: object, owner: type | None = None) -> "Callable[P, Response[T]]":
        return self._bind(resource)  # type: ignore[no-any-return]


class ListResponding(_Twin, Generic[P, T]):
    """A method with the same parameters that returns one page, where the plain one returns the list."""

    __slots__ = ()

    def __init__(self, function: "Callable[Concatenate[Any, P], Pages[T]]") -> None:
        super().__init__(function)

    def __get__(self, resource: object, owner: type | None = None) -> "Callable[P, Response[list[T]]]":
        return self._bind(resource)  # type: ignore[no-any-return]


class AsyncResponding(_Twin, Generic[P, T]):
    """As Responding, for coroutines."""

    __slots__ = ()

    def __init__(self, function: "Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]") -> None:
        super().__init__(function)

    def __get__(self, resource: object, owner: type | None = None) -> "Callable[P, Coroutine[Any, Any, Response[T]]]":
        return self._bind(resource)  # type: ignore[no-any-return]


class AsyncListResponding(_Twin, Generic[P, T]):
    """As ListResponding, for coroutines."""

    __slots__ = ()

    def __init__(self, function: "Callable[Concatenate[Any, P], AsyncPages[T]]") -> None:
        super().__init__(function)

    def __get__(
        self, resource: object, owner: type | None = None
    ) -> "Callable[P, Coroutine[Any, Any, Response[list[T]]]]":
        return self._bind(resource)  # type: ignore[no-any-return]
