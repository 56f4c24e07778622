"""The Pinwheel-Versions that the package knows, and what it carries of each."""

from functools import cache
from typing import Any

from .api import Api


def known() -> list[str]:
    """All versions, oldest first."""
    from pinwheel_api._versions import VERSIONS  # noqa: PLC0415 - the engine works without the package, too

    return [version.date for version in VERSIONS]


def between(old: str, new: str) -> list[str]:
    """The versions after `old` up to `new`."""
    versions = known()
    for version in (old, new):
        if version not in versions:
            raise ValueError(f"{version} is none of the Pinwheel-Versions {', '.join(versions)}")
    if versions.index(old) >= versions.index(new):
        raise ValueError(f"{old} is not older than {new}")
    return versions[versions.index(old) + 1 : versions.index(new) + 1]


@cache
def document(version: str) -> Api:
    """The document of a version, ready to be compared."""
    from pinwheel_api._documents import openapi  # noqa: PLC0415

    return Api(openapi(version))


def log(version: str) -> dict[str, Any]:
    """What a version changed against the one before it."""
    from pinwheel_api._documents import changes  # noqa: PLC0415

    return changes(version)
