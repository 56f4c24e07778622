"""The addresses of the dashboard."""

import re
from collections.abc import Callable
from datetime import timedelta
from importlib import resources
from urllib.parse import parse_qsl

import anyio.to_thread
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pinwheel_sandbox.dashboard import console, pages
from pinwheel_sandbox.dashboard.ask import Refused, Sandbox
from pinwheel_sandbox.messages import Answer, Request
from pinwheel_sandbox.world import World

# Own files only. Link is the one thing that is shown in a frame here.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}
_TYPES = {"js": "text/javascript", "css": "text/css"}
_MOST = 20_000
_FILES = resources.files("pinwheel_sandbox.dashboard") / "static"


def routes(world: World, handle: Callable[[Request], Answer]) -> list[Route]:
    """The routes over one sandbox, whose API is asked through `handle`."""
    board = _Board(Sandbox(world, handle))
    return [
        Route("/", board.console, methods=["GET", "POST"]),
        Route("/dashboard/deliveries", board.redeliver, methods=["POST"]),
        Route("/dashboard/clock", board.move, methods=["POST"]),
        Route("/dashboard/{name}", board.page),
        Route("/dashboard-assets/{name}", board.asset),
    ]


class _Board:
    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def console(self, request: HttpRequest) -> Response:
        """The Test Console."""
        wanted = None
        if request.method == "POST":
            sent = await _form(request)
            if sent is None:
                return _forbidden()
            wanted = console.Wanted.read(sent)
        return _page(await anyio.to_thread.run_sync(console.show, self._sandbox, wanted))

    async def page(self, request: HttpRequest) -> Response:
        """Any other page."""
        name: str = request.path_params["name"]
        if find := pages.FINDING.get(name):
            wanted = request.query_params.get("id", "")[:100]
            return _page(await anyio.to_thread.run_sync(find, self._sandbox, wanted))
        show = pages.PAGES.get(name)
        if show is None:
            return JSONResponse({"error": "unknown page"}, 404)
        return _page(await anyio.to_thread.run_sync(show, self._sandbox))

    async def redeliver(self, request: HttpRequest) -> Response:
        """Send a webhook again."""
        return await self._do(request, "/dashboard/deliveries", self._redeliver)

    async def move(self, request: HttpRequest) -> Response:
        """Move the clock on."""
        return await self._do(request, "/dashboard/clock", self._move)

    async def asset(self, request: HttpRequest) -> Response:
        """A script or style sheet."""
        name: str = request.path_params["name"]
        kind = _TYPES.get(name.rpartition(".")[2])
        if not re.fullmatch(r"[a-z]+\.[a-z]+", name) or kind is None or not _FILES.joinpath(name).is_file():
            return JSONResponse({"error": "unknown asset"}, 404)
        return Response(_FILES.joinpath(name).read_bytes(), headers=_HEADERS, media_type=kind)

    def _redeliver(self, sent: dict[str, str]) -> None:
        self._sandbox.post("/_sandbox/deliveries/redeliver", {"id": sent.get("id", "")})

    def _move(self, sent: dict[str, str]) -> None:
        seconds = sent.get("seconds", "")
        if seconds.isascii() and seconds.isdigit():
            self._sandbox.world.clock.advance(timedelta(seconds=int(seconds[:9])))

    async def _do(self, request: HttpRequest, back: str, action: Callable[[dict[str, str]], None]) -> Response:
        sent = await _form(request)
        if sent is None:
            return _forbidden()
        try:
            await anyio.to_thread.run_sync(action, sent)
        except Refused as refused:
            return Response(str(refused), refused.status, headers=_HEADERS, media_type="text/plain")
        return RedirectResponse(back, 303)


async def _form(request: HttpRequest) -> dict[str, str] | None:
    """What a form sent; nothing when a page of another site sent it."""
    origin = request.headers.get("origin")
    if origin is not None and origin != f"{request.url.scheme}://{request.url.netloc}":
        return None
    kept = bytearray()
    async for chunk in request.stream():
        kept += chunk[: _MOST - len(kept)]
    return dict(parse_qsl(kept.decode("utf-8", "replace"), keep_blank_values=True))


def _page(text: str) -> Response:
    return Response(text, headers=_HEADERS, media_type="text/html")


def _forbidden() -> Response:
    return Response("This form belongs to another site.", 403, headers=_HEADERS, media_type="text/plain")
