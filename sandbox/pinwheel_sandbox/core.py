"""The one way through the sandbox: a request goes in, an answer comes out, and nothing is ever raised."""

import logging
import time
from collections.abc import Mapping

from pinwheel_sandbox.authorization import authorize, note_use
from pinwheel_sandbox.call import Call
from pinwheel_sandbox.errors import ApiError, invalid_field, unexpected
from pinwheel_sandbox.faces.face import DATES, OLDEST, SUNSET, face
from pinwheel_sandbox.faces.json import encode
from pinwheel_sandbox.handlers import (
    accounts,
    admin,
    bill_navigator,
    catalogue,
    company_connect,
    control,
    end_users,
    jobs,
    link_tokens,
    payroll,
    reports,
    sites,
    tax_forms,
    webhooks,
)
from pinwheel_sandbox.link.monitoring import catch_up
from pinwheel_sandbox.messages import Answer, Request
from pinwheel_sandbox.query import Query
from pinwheel_sandbox.rate import RateLimit
from pinwheel_sandbox.routing import MovedError, Router
from pinwheel_sandbox.world import World

_LOG = logging.getLogger("pinwheel_sandbox")

ROUTES = (
    *link_tokens.ROUTES,
    *sites.ROUTES,
    *accounts.ROUTES,
    *payroll.ROUTES,
    *tax_forms.ROUTES,
    *end_users.ROUTES,
    *reports.ROUTES,
    *bill_navigator.ROUTES,
    *catalogue.ROUTES,
    *jobs.ROUTES,
    *webhooks.ROUTES,
    *company_connect.ROUTES,
    *admin.ROUTES,
)

_ROUTER = Router(ROUTES)


class Core:
    """Answers requests out of one world. Any thread may ask at any time."""

    def __init__(self, world: World) -> None:
        """Take the world to answer out of."""
        self._world = world
        self._rate = RateLimit(world.settings.rate, world.settings.rate_policy, time.monotonic)

    def handle(self, request: Request) -> Answer:
        """Answer a request."""
        request_id = self._world.chance.uuid()
        version = _stated(request) or OLDEST
        try:
            if request.path.startswith(control.PREFIX):
                body = control.control(self._world, request)
            else:
                self._rate.check(request.headers.get("x-api-secret", ""))
                version, body = self._operation(request)
        except ApiError as error:
            return _answer(error.status, error.body(), version, request_id, error.headers)
        except MovedError as moved:
            location = f"{moved.path}?{request.query}" if request.query else moved.path
            return _answer(307, None, version, request_id, {"location": location})
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
        catch_up(self._world)
        transaction = self._world.storage.writing() if route.writes else self._world.storage.reading()
        with transaction as session:
            caller = authorize(session, request, route.auth, self._world.clock.now())
            call = Call(
                world=self._world,
                session=session,
                face=view,
                operation=route.operation,
                request=request,
                path=match.path,
                query=view.query(route.operation, Query.parse(request.query)),
                key=caller.key,
                role=caller.role,
                now=self._world.clock.now(),
            )
            try:
                reply = route.handler(call)
            except ApiError as error:
                raise view.in_own_words(route.operation, error) from error
        if caller.key is not None:
            note_use(self._world, caller.key)
        if reply.bare is not None:
            return version, reply.bare
        if reply.data is None:
            return version, None
        return version, view.answer(route.operation, reply.envelope())

    def _version(self, request: Request) -> str:
        sent = request.headers.get("pinwheel-version")
        live = self._world.settings.live_versions
        if sent is None:
            if live or self._world.settings.version_required:
                raise invalid_field("Pinwheel-Version", "This header is required.", code="INVALID_VERSION")
            return OLDEST
        version = _stated(request)
        if version is None or (live and version in SUNSET):
            known = [date for date in DATES if not (live and date in SUNSET)]
            raise invalid_field("Pinwheel-Version", f"This must be one of {', '.join(known)}.", code="INVALID_VERSION")
        return version


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
