"""Open enums: Pinwheel may add a value without a new version, so an unknown value is kept, never refused."""

from enum import StrEnum
from typing import Self

__all__ = ["OpenEnum"]

_UNKNOWN_NAME = "UNKNOWN"


class OpenEnum(StrEnum):
    """A string enum that accepts values it does not list.

    An unknown value becomes a member that equals, hashes, prints, pickles and encodes as its string; its ``name`` is
    ``"UNKNOWN"``. Two such members of the same value are equal but need not be the same object: compare with ``==``.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        # Not registered among the members: an endless stream of new values must not grow the class.
        member = str.__new__(cls, value)
        member._name_ = _UNKNOWN_NAME
        member._value_ = str(value)
        return member

    @property
    def is_known(self) -> bool:
        """Whether this version of the package lists the value."""
        return type(self)._value2member_map_.get(self._value_) is self

    def __repr__(self) -> str:
        # Some enums have a member that is called UNKNOWN, too; that one must not look the same.
        return super().__repr__() if self.is_known else f"<{type(self).__name__} not in the spec: {self._value_!r}>"

    def __reduce_ex__(self, proto: object) -> tuple[type[Self], tuple[str]]:
        # By value: the default goes by name in some Python releases, and unknown members share one name.
        return type(self), (str.__str__(self),)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self
