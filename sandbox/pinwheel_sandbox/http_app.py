"""The sandbox as an ASGI app: every request goes to the core, in a thread of its own."""

import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from pinwheel_sandbox.core import Core
from pinwheel_sandbox.dashboard import endpoints as dashboard
from pinwheel_sandbox.link_page import endpoints as link_page
from pinwheel_sandbox.messages import Request
from pinwheel_sandbox.world import World

# A body that is too large is read on to here and dropped, so that its sender gets to see the answer.
_PATIENCE = 64_000_000


def create_app(world: World) -> Starlette:
    """The app over one world."""
    core = Core(world)
    app = Starlette(routes=[*dashboard.routes(world, core.handle), *link_page.routes(world)])
    # No routes for the API: which paths and methods there are depends on the version, which only the core knows.
    app.router.default = _Endpoint(core, world.settings.body_limit)
    return app


class _Endpoint:
    def __init__(self, core: Core, body_limit: int) -> None:
        self._core = core
        self._body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        http = HttpRequest(scope, receive)
        try:
            body = await self._body(http)
        except ClientDisconnect:
            return
        raw_path: bytes = scope.get("raw_path") or http.url.path.encode()
        request = Request(
            method=http.method,
            path=raw_path.partition(b"?")[0].decode("latin-1"),
            query=http.url.query,
            headers=dict(http.headers.items()),
            body=body,
        )
        answer = await anyio.to_thread.run_sync(self._core.handle, request)
        await Response(answer.body, answer.status, answer.headers)(scope, receive, send)

    async def _body(self, http: HttpRequest) -> bytes:
        """The body, cut off one byte beyond the limit: that is how the core knows that it is too large."""
        kept, read = bytearray(), 0
        async for chunk in http.stream():
            read += len(chunk)
            kept += chunk[: self._body_limit + 1 - len(kept)]
            if read > _PATIENCE:
                break
        return bytes(kept)
