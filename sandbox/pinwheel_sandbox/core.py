"""The one way through the sandbox: a request goes in, an answer comes out, and nothing is ever raised."""

import logging
from collections.abc import Mapping

from sqlalchemy.orm import Session

from pinwheel_sandbox.call import Call
from pinwheel_sandbox.errors import ApiError, invalid_field, unauthorized, unexpected
from pinwheel_sandbox.faces.face import DATES, OLDEST, SUNSET, face
from pinwheel_sandbox.faces.json import encode
from pinwheel_sandbox.handlers import accounts, catalogue, control, jobs, link_tokens, payroll
from pinwheel_sandbox.messages import Answer, Request
from pinwheel_sandbox.query import Query
from pinwheel_sandbox.routing import Router
from pinwheel_sandbox.storage.keys import find_key
from pinwheel_sandbox.storage.tables import ApiKey
from pinwheel_sandbox.world import World

_LOG = logging.getLogger("pinwheel_sandbox")

ROUTES = (*link_tokens.ROUTES, *accounts.ROUTES, *payroll.ROUTES, *catalogue.ROUTES, *jobs.ROUTES)

_ROUTER = Router(ROUTES)


class Core:
    """Answers requests out of one world. Any thread may ask at any time."""

    def __init__(self, world: World) -> None:
        """Take the world to answer out of."""
        self._world = world

    def handle(self, request: Request) -> Answer:
        """Answer a request."""
        request_id = self._world.chance.uuid()
        version = _stated(request) or OLDEST
        try:
            if request.path.startswith(control.PREFIX):
                body = control.control(self._world, request)
            else:
                version, body = self._operation(request)
        except ApiError as error:
            return _answer(error.status, error.body(), version, request_id, error.headers)
        except Exception:  # noqa: BLE001 - logged, and answered as a 500
            # The last resort: whatever went wrong, the caller gets an answer of Pinwheel's shape and nothing else.
            _LOG.exception("%s %s failed, request id %s", request.method, request.path, request_id)
            failure = unexpected()
            return _answer(failure.status, failure.body(), version, request_id)
        return _answer(200 if body is not None else 204, body, version, request_id)

    def _operation(self, request: Request) -> tuple[str, object | None]:
        version = self._version(request)
        match = _ROUTER.match(request.method, request.path, version)
        route, view = match.route, face(version)
        transaction = self._world.storage.writing() if route.writes else self._world.storage.reading()
        with transaction as session:
            call = Call(
                world=self._world,
                session=session,
                face=view,
                operation=route.operation,
                request=request,
                path=match.path,
                query=view.query(route.operation, Query.parse(request.query)),
                api_key=self._key(session, request),
                now=self._world.clock.now(),
            )
            try:
                reply = route.handler(call)
            except ApiError as error:
                raise view.in_own_words(route.operation, error) from error
        if reply.data is None:
            return version, None
        return version, view.answer(route.operation, reply.envelope())

    def _version(self, request: Request) -> str:
        sent = request.headers.get("pinwheel-version")
        live = self._world.settings.live_versions
        if sent is None:
            if live:
                raise invalid_field("Pinwheel-Version", "This header is required.", code="INVALID_VERSION")
            return OLDEST
        version = _stated(request)
        if version is None or (live and version in SUNSET):
            known = [date for date in DATES if not (live and date in SUNSET)]
            raise invalid_field("Pinwheel-Version", f"This must be one of {', '.join(known)}.", code="INVALID_VERSION")
        return version

    def _key(self, session: Session, request: Request) -> ApiKey:
        secret = request.headers.get("x-api-secret")
        key = find_key(session, secret, self._world.clock.now()) if secret else None
        if key is None:
            raise unauthorized()
        return key


def _stated(request: Request) -> str | None:
    """The version that a request names, if there is such a version."""
    sent = request.headers.get("pinwheel-version", "").strip()
    return sent if sent in DATES else None


def _answer(
    status: int, body: object | None, version: str, request_id: str, more: Mapping[str, str] | None = None
) -> Answer:
    headers = {
        "pinwheel-version": version,
        "x-pinwheel-request-id": request_id,
        "content-security-policy": "frame-ancestors 'none'",
        **(more or {}),
    }
    if body is None:
        return Answer(status=status, headers=headers)
    return Answer(status=status, headers={"content-type": "application/json", **headers}, body=encode(body))
