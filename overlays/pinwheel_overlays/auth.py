"""Credentials: a wrapper that shows its value to nobody but the transport, and the rules for a credible secret."""

from typing import NoReturn, Self, cast

from .errors import ConfigurationError
from .redaction import MASK

__all__ = ["Secret"]


class Secret:
    """A string that does not show in a repr, a format, a pickle or a traceback's locals.

    ``reveal()`` gives the value; only the code that fills in the header calls it, without binding it to a name.
    """

    __slots__ = ("__value", "_source")

    def __init__(self, value: str, /, source: str = "") -> None:
        self.__value = value
        self._source = source

    def reveal(self) -> str:
        """Return the value itself."""
        return self.__value

    def _problem(self) -> str | None:
        # At run time anything may have been passed; the annotation only binds those who type-check.
        value = cast("object", self.__value)
        if not isinstance(value, str):
            return f"must be a string, not {type(value).__name__}"
        if not value:
            return "is empty"
        if not all("!" <= character <= "~" for character in value):
            return "contains whitespace, a control character or a character outside ASCII"
        return None

    def checked(self, what: str) -> Self:
        """Return self if the value can be sent as a header.

        Raises ConfigurationError, naming where it came from (else ``what``) and never the value, when it is no
        string, is empty, or holds whitespace or characters outside ASCII (a newline at the end of a file is the usual
        accident).
        """
        problem = self._problem()
        if problem is not None:
            raise ConfigurationError(f"{self._source or what} {problem}")
        return self

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str, /) -> str:
        return format(MASK, spec)

    def __reduce_ex__(self, protocol: object, /) -> NoReturn:
        raise TypeError("a Secret is not pickled; read it from the environment where it is needed")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object, /) -> Self:
        return self
