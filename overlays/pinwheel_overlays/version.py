"""The Pinwheel-Version: asked for with every request, named in every answer, and the two compared."""

import warnings
from collections.abc import Mapping

__all__ = ["VERSION_HEADER", "VersionMismatchWarning", "answered_version", "check_echo"]

VERSION_HEADER = "pinwheel-version"


class VersionMismatchWarning(UserWarning):
    """The answer is of another Pinwheel-Version than the one asked for, so its data may not fit the models."""


_warned: set[tuple[str, str]] = set()


def answered_version(headers: Mapping[str, str]) -> str | None:
    """Return the version that an answer says it has; None if it says nothing."""
    return headers.get(VERSION_HEADER) or None


def check_echo(asked: str, headers: Mapping[str, str]) -> None:
    """Warn, once per process and pair of versions, when an answer is of another version than the one asked for."""
    answered = answered_version(headers)
    if answered is None or answered == asked or (asked, answered) in _warned:
        return
    _warned.add((asked, answered))
    # The header is text of somebody else: short, and shown as a literal.
    warnings.warn(
        f"Pinwheel-Version {asked} was asked for, but the answer says {answered[:32]!r}",
        VersionMismatchWarning,
        stacklevel=2,
    )
