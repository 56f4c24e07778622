"""The addresses of Link: the script, the page inside the modal, its assets, and the sessions' JSON."""

import re
from importlib import resources
from typing import TypeVar
from urllib.parse import unquote

import anyio.to_thread
import msgspec
from pinwheel_overlays.decoders import make_decoder
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pinwheel_sandbox.link_page.machine import LinkSessions
from pinwheel_sandbox.link_page.state import Sdk
from pinwheel_sandbox.link_page.steps.uploads import MOST_BYTES
from pinwheel_sandbox.world import World

# The page is made to be framed, by any page of a developer; it runs only its own files and calls only its own server.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors http: https: file:"
)
_TYPES = {"js": "text/javascript", "css": "text/css", "html": "text/html", "svg": "image/svg+xml"}
_SAFE = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cache-control": "no-cache"}
_MOST_JSON = 100_000


T = TypeVar("T")


class _Start(msgspec.Struct, kw_only=True):
    token: str
    sdk: Sdk = msgspec.field(default_factory=Sdk)


class _Act(msgspec.Struct, kw_only=True):
    action: str
    values: dict[str, object] = {}


def routes(world: World) -> list[Route]:
    """The routes over one world."""
    link = _Link(LinkSessions(world))
    return [
        Route("/pinwheel-v{version}.js", link.script),
        Route("/link.html", link.page),
        Route("/link-v{version}.html", link.page),
        Route("/link-assets/{name}", link.asset),
        Route("/link-files/{key}/{name}", link.file),
        Route("/_link/sessions", link.open, methods=["POST"]),
        Route("/_link/sessions/{key}", link.act, methods=["POST"]),
        Route("/_link/sessions/{key}/files", link.upload, methods=["POST"]),
    ]


class _Link:
    def __init__(self, sessions: LinkSessions) -> None:
        self._sessions = sessions

    async def script(self, request: Request) -> Response:  # noqa: ARG002
        """The script of every version: it reads its own address to know which one it is."""
        headers = {**_SAFE, "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
        return Response(_static("pinwheel.js"), headers=headers, media_type="text/javascript")

    async def page(self, request: Request) -> Response:  # noqa: ARG002
        """The page inside the modal, which mobile web views open by itself."""
        headers = {**_SAFE, "content-security-policy": PAGE_POLICY}
        return Response(_static("link.html"), headers=headers, media_type="text/html")

    async def asset(self, request: Request) -> Response:
        """A script or style sheet of the page."""
        name: str = request.path_params["name"]
        kind = _TYPES.get(name.rpartition(".")[2])
        if not re.fullmatch(r"[a-z_]+\.[a-z]+", name) or kind is None or not _FILES.joinpath(name).is_file():
            return JSONResponse({"error": "unknown asset"}, 404)
        return Response(_static(name), headers=_SAFE, media_type=kind)

    async def file(self, request: Request) -> Response:
        """A direct deposit form."""
        found = await anyio.to_thread.run_sync(self._sessions.file, request.path_params["key"])
        if found is None:
            return JSONResponse({"error": "unknown file"}, 404)
        headers = {**_SAFE, "content-disposition": f'attachment; filename="{found.name}"'}
        return Response(found.content, headers=headers, media_type=found.media_type)

    async def open(self, request: Request) -> Response:
        """Open a session."""
        sent = await _read(request, _Start)
        if sent is None:
            return JSONResponse({"error": "unreadable"}, 400)
        answer = await anyio.to_thread.run_sync(self._sessions.open, sent.token, sent.sdk, _base(request))
        return JSONResponse(answer, headers=_SAFE)

    async def act(self, request: Request) -> Response:
        """Take a step."""
        sent = await _read(request, _Act)
        if sent is None:
            return JSONResponse({"error": "unreadable"}, 400)
        key: str = request.path_params["key"]
        return _told(await anyio.to_thread.run_sync(self._sessions.act, key, sent.action, sent.values, _base(request)))

    async def upload(self, request: Request) -> Response:
        """Take in a file. The header keeps other sites out: they would have to ask before they may send it."""
        name = request.headers.get("x-file-name")
        if name is None:
            return JSONResponse({"error": "unreadable"}, 400)
        content = await _body(request, MOST_BYTES + 1)
        key: str = request.path_params["key"]
        return _told(await anyio.to_thread.run_sync(self._sessions.upload, key, unquote(name), content, _base(request)))


_FILES = resources.files("pinwheel_sandbox.link_page") / "static"


def _static(name: str) -> bytes:
    return _FILES.joinpath(name).read_bytes()


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _told(answer: object | None) -> Response:
    if answer is None:
        return JSONResponse({"error": "unknown session"}, 404)
    return JSONResponse(answer, headers=_SAFE)


async def _read(request: Request, kind: type[T]) -> T | None:
    """The JSON of a request; nothing when it is not that, or says that it is something else."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return None
    decoder: msgspec.json.Decoder[T] = make_decoder(kind)
    try:
        return decoder.decode(await _body(request, _MOST_JSON))
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError):
        return None


async def _body(request: Request, limit: int) -> bytes:
    """The body, cut off at the limit."""
    kept = bytearray()
    async for chunk in request.stream():
        kept += chunk[: limit - len(kept)]
    return bytes(kept)
