"""The secrets that a delivery may be signed with."""

from collections.abc import Iterable, Sequence
from hmac import compare_digest, digest
from typing import NoReturn, cast

from pinwheel_overlays.errors import ConfigurationError

__all__ = ["Keys", "Secrets"]

Secrets = Iterable[str] | str
"""The API secrets that may have signed: one, or the old and the new one while they are exchanged."""


class Keys:
    """Secrets that do not show in a repr, a pickle, or the local variables that error trackers collect.

    Making one raises nothing, so that the caller can let go of the plain values before ``check`` does.
    """

    __slots__ = ("__values", "problem")

    def __init__(self, secrets: Secrets) -> None:
        # Made for each call of `verify` and `parse`, so the usual case, a list of texts, takes no detours.
        given: Sequence[str] = cast("list[str]", secrets) if type(secrets) is list else _given(secrets)
        self.problem = ""
        """Why nothing can be verified with them: there are none, or what is there is no text, or is empty."""
        self.__values: tuple[bytes, ...] = ()
        try:  # noqa: SIM105 - a context manager would cost as much as all the rest
            self.__values = tuple([secret.encode() for secret in given])
        except (TypeError, AttributeError, UnicodeEncodeError):
            pass
        if not self.__values or b"" in self.__values:
            self.problem = _problem(given)

    def check(self) -> None:
        """Raise ConfigurationError if one of them cannot be a secret.

        An empty one would let anybody sign. Others fit no signature, so that nobody asks before none has fitted.
        """
        problem = self.problem or _problem([value.decode() for value in self.__values])
        if problem:
            raise ConfigurationError(problem)

    def signed(self, message: bytes, prefix: str, signature: str) -> bool:
        """Whether the signature is the prefix and the hexadecimal HMAC-SHA256 of the message by one of the secrets.

        It takes the same time wherever a wrong signature differs.
        """
        if signature.isascii():  # compare_digest refuses to look at other text
            for key in self.__values:
                if compare_digest(prefix + digest(key, message, "sha256").hex(), signature):
                    return True
        return False

    def sign(self, message: bytes) -> str:
        """Return the hexadecimal HMAC-SHA256 of a message, made with the first secret."""
        return digest(self.__values[0], message, "sha256").hex()

    def __len__(self) -> int:
        return len(self.__values)

    def __repr__(self) -> str:
        return f"<{len(self)} secrets>"

    def __reduce_ex__(self, protocol: object, /) -> NoReturn:
        raise TypeError("secrets are not pickled; read them from the environment where they are needed")


def _given(secrets: Secrets) -> Sequence[str]:
    if isinstance(secrets, str):
        return (secrets,)
    if isinstance(secrets, list | tuple):
        return secrets
    try:
        return list(secrets)
    except TypeError:
        return ()


def _problem(secrets: Sequence[object]) -> str:
    """Say what is wrong with secrets, without quoting them; empty if nothing is."""
    for secret in secrets:
        if not isinstance(secret, str):
            return f"a secret must be a string, not {type(secret).__name__}"
        if not secret:
            return "a secret is empty: is the environment variable set that it is read from?"
        # What a header can carry: a newline at the end of a file is the usual accident.
        if not (secret.isprintable() and secret.isascii()) or " " in secret:
            return "a secret contains whitespace, a control character or a character outside ASCII"
    return "" if secrets else "no secret: pass secrets=[...], the API secrets that a webhook may be signed with"
