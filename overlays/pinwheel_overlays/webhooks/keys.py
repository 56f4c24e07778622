"""The secrets that a delivery may be signed with."""

from collections.abc import Iterable
from hmac import compare_digest, digest
from typing import NoReturn

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
        try:
            given = [secrets] if isinstance(secrets, str) else list(secrets)
        except TypeError:
            given = []
        try:
            together = "".join(given)
        except TypeError:
            together = ""
        # What a header can carry: a newline at the end of a file is the usual accident.
        good = all(given) and together.isprintable() and together.isascii() and " " not in together
        self.problem = "" if together and good else _problem(given)
        self.__values: tuple[bytes, ...] = () if self.problem else tuple(map(str.encode, given))

    def check(self) -> None:
        """Raise ConfigurationError if a secret cannot be one. An empty one would let anybody sign."""
        if self.problem:
            raise ConfigurationError(self.problem)

    def signed(self, message: bytes, signature: str) -> bool:
        """Whether one of the secrets made this hexadecimal HMAC-SHA256 of the message; compared in constant time."""
        if not signature.isascii():  # compare_digest refuses to look at such text
            return False
        for key in self.__values:  # noqa: SIM110 - any() is slower, and this is half of what verifying costs beside HMAC
            if compare_digest(digest(key, message, "sha256").hex(), signature):
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


def _problem(secrets: Iterable[object]) -> str:
    """Say what is wrong with secrets, without quoting them."""
    for secret in secrets:
        if not isinstance(secret, str):
            return f"a secret must be a string, not {type(secret).__name__}"
        if not secret:
            return "a secret is empty: is the environment variable set that it is read from?"
        if not (secret.isprintable() and secret.isascii()) or " " in secret:
            return "a secret contains whitespace, a control character or a character outside ASCII"
    return "no secret: pass secrets=[...], the API secrets that a webhook may be signed with"
