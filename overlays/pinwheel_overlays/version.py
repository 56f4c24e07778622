"""The Pinwheel-Version: asked for with every request, named in every answer, and the two compared."""

import sys
import warnings
from collections.abc import Mapping

__all__ = [
    "VERSION_HEADER",
    "RetiredVersionWarning",
    "VersionMismatchWarning",
    "answered_version",
    "check_echo",
    "warn_of_retirement",
]

VERSION_HEADER = "pinwheel-version"


class VersionMismatchWarning(UserWarning):
    """The answer is of another Pinwheel-Version than the one asked for, so its data may not fit the models."""


class RetiredVersionWarning(UserWarning):
    """The client speaks a Pinwheel-Version that Pinwheel has deprecated, or refuses by now."""


_OURS = ("pinwheel_overlays.", "pinwheel_api.", "pinwheel_sandbox.", "pinwheel_cli.")

_warned: set[tuple[str, str]] = set()
_RETIRED = {
    "deprecated": "is deprecated: Pinwheel will refuse it some day, at least six months after saying so",
    "sunset": "is sunset: Pinwheel answers 400 to it; only a local sandbox still speaks it",
}


def _outside() -> int:
    """Return the stack level, for the caller's ``warnings.warn``, of the code that uses this package.

    A warning that points into the package tells nobody which call it is about, nor can it be filtered by module.
    """
    level, frame = 1, sys._getframe(1)  # pyright: ignore[reportPrivateUsage] - in every Python that attrs runs on
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(_OURS):
        level, frame = level + 1, frame.f_back
    return level


def warn_of_retirement(version: str, status: str) -> None:
    """Warn, once per process and version, when a client is made for a version that is on its way out."""
    if status in _RETIRED and (version, status) not in _warned:
        _warned.add((version, status))
        text = f"Pinwheel-Version {version} {_RETIRED[status]}. Move to a newer one: pinwheel upgrade {version} NEWER"
        warnings.warn(text, RetiredVersionWarning, stacklevel=_outside())


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
        stacklevel=_outside(),
    )
