"""Which handler answers which method and path, in which versions."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote_to_bytes

import attrs

from pinwheel_sandbox.errors import not_found, unreadable, wrong_method

if TYPE_CHECKING:
    from pinwheel_sandbox.call import Call, Reply

Auth = Literal["secret", "bearer", "none"]


@attrs.frozen(kw_only=True)
class Route:
    """One operation of the API."""

    method: str
    template: str
    """The path with its parameters in braces: `/v1/accounts/{account_id}`."""
    operation: str
    """The operationId, which is also the client's call: `accounts.get`."""
    handler: "Callable[[Call], Reply]"
    auth: Auth = "secret"
    since: str = ""
    """The first version that has it; empty: it was always there."""
    until: str = "9999-99-99"
    """The last version that has it."""
    fixed: bool = False
    """True where the answer is the same in every sandbox, whatever was called before."""

    @property
    def writes(self) -> bool:
        """Whether it may change the state."""
        return self.method != "GET"


class MovedError(Exception):
    """The path is right but for the slash at its end: Pinwheel answers with a redirect."""

    def __init__(self, path: str) -> None:
        """Say where to."""
        super().__init__(path)
        self.path = path


@attrs.frozen
class Match:
    """A route, and the values of its path parameters."""

    route: Route
    path: Mapping[str, str]


class Router:
    """All routes, found by path and method."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """Sort the routes so that a fixed segment is tried before a parameter."""
        self._routes = sorted(routes, key=lambda route: [segment.startswith("{") for segment in _split(route.template)])

    def match(self, method: str, path: str, version: str) -> Match:
        """The route for a request of a version, or 404, or 405 with the methods that there are."""
        segments = _decoded(path)
        while len(segments) > 1 and not segments[-1]:
            segments.pop()
            if self._known(segments, version):
                raise MovedError(path.rstrip("/"))
        allowed: list[str] = []
        for route in self._routes:
            if not route.since <= version <= route.until:
                continue
            found = _parameters(_split(route.template), segments)
            if found is None:
                continue
            if route.method == method:
                return Match(route, found)
            allowed.append(route.method)
        if allowed:
            raise wrong_method(sorted(set(allowed)))
        raise not_found("The route")

    def _known(self, segments: list[str], version: str) -> bool:
        routes = (route for route in self._routes if route.since <= version <= route.until)
        return any(_parameters(_split(route.template), segments) is not None for route in routes)


def _split(path: str) -> list[str]:
    return path.split("/")[1:]


def _decoded(path: str) -> list[str]:
    # Decoded after splitting: an id may hold an encoded slash.
    try:
        decoded = [unquote_to_bytes(segment).decode() for segment in _split(path)]
    except UnicodeDecodeError as error:
        raise unreadable("UNREADABLE_PATH", "The path is not UTF-8.") from error
    if any("\0" in segment for segment in decoded):
        raise not_found("What the path names")  # no text of Pinwheel's has a null character in it
    return decoded


def _parameters(template: list[str], segments: list[str]) -> dict[str, str] | None:
    if len(template) != len(segments):
        return None
    found: dict[str, str] = {}
    for wanted, segment in zip(template, segments, strict=True):
        if wanted.startswith("{"):
            if not segment:
                return None
            found[wanted[1:-1]] = segment
        elif wanted != segment:
            return None
    return found
