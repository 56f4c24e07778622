"""The documents of the Pinwheel-Versions, read once each."""

from functools import cache

from .api import Api


@cache
def document(version: str) -> Api:
    """The document of a version, ready to be compared."""
    from pinwheel_api._documents import openapi  # noqa: PLC0415 - the engine works without the package, too

    return Api(openapi(version))
