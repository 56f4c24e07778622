"""A resource inside a client or another resource, imported when it is first used."""

from __future__ import annotations

from typing import Any, Generic, Protocol, Self, TypeVar, cast, overload

from .lazy import load

__all__ = ["Child"]

T = TypeVar("T")


class _HasCore(Protocol):
    @property
    def _core(self) -> Any: ...


class Child(Generic[T]):
    """`accounts: Child[Accounts] = Child("package._resources.accounts:Accounts")`: an attribute of type `Accounts`.

    The module is imported at the first access, so that a client costs nothing for the resources it never touches.
    With `responding=True` the calls below it give whole answers instead of their data.
    """

    __slots__ = ("_class", "_path", "_responding")

    def __init__(self, path: str, *, responding: bool = False) -> None:
        self._path = path
        self._responding = responding
        self._class: type[Any] | None = None

    @overload
    def __get__(self, owner: None, cls: type[Any]) -> Self: ...
    @overload
    def __get__(self, owner: _HasCore, cls: type[Any]) -> T: ...
    def __get__(self, owner: Any, cls: type[Any]) -> Any:
        if owner is None:
            return self
        found = self._class
        if found is None:
            found = self._class = cast("type[Any]", load(self._path))
        core = owner._core
        return found(core.responding if self._responding else core)
