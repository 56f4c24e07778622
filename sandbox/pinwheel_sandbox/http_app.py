"""The sandbox as an ASGI app: every request goes to the core, in a thread of its own."""

import re

import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from pinwheel_sandbox.controls.faults import Broken
from pinwheel_sandbox.dashboard import endpoints as dashboard
from pinwheel_sandbox.front import Front
from pinwheel_sandbox.link_page import endpoints as link_page
from pinwheel_sandbox.messages import Request

# A body that is too large is read on to here and dropped, so that its sender gets to see the answer.
_PATIENCE = 64_000_000

# The form in which a request is sent to a proxy, which HTTP wants every server to read.
_ABSOLUTE = re.compile(rb"\Ahttps?://[^/]*/?", re.IGNORECASE)


def create_app(front: Front) -> Starlette:
    """The app over one sandbox."""
    world = front.world
    app = Starlette(routes=[*dashboard.routes(world, front.aside), *link_page.routes(world)])
    # No routes for the API: which paths and methods there are depends on the version, which only the core knows.
    app.router.default = _Endpoint(front, world.settings.body_limit)
    return app


class _Endpoint:
    def __init__(self, front: Front, body_limit: int) -> None:
        self._front = front
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
            path=_ABSOLUTE.sub(b"/", raw_path.partition(b"?")[0]).decode("latin-1"),
            query=http.url.query,
            headers=dict(http.headers.items()),
            body=body,
        )
        try:
            answer = await anyio.to_thread.run_sync(self._front.handle, request)
        except Broken as broken:
            await _break_off(broken, send)
            return
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


async def _break_off(broken: Broken, send: Send) -> None:
    """Promise more than is sent: the server then closes the connection, which is what the client sees."""
    answer, cut = broken.answer, broken.kind == "truncate"
    length = str(len(answer.body) + 2).encode()
    headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()] if cut else []
    headers = [*headers, (b"content-length", length)]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body[: len(answer.body) // 2] if cut else b""})
