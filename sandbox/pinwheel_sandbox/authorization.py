"""Who may call: an API secret for the API itself, a bearer token for the dashboard's calls."""

from datetime import datetime

import attrs
from sqlalchemy.orm import Session

from pinwheel_sandbox.errors import unauthorized
from pinwheel_sandbox.handlers.admin import digest
from pinwheel_sandbox.messages import Request
from pinwheel_sandbox.routing import Auth
from pinwheel_sandbox.storage.keys import find_key
from pinwheel_sandbox.storage.tables import ApiKey
from pinwheel_sandbox.storage.workspace_tables import AdminSession
from pinwheel_sandbox.world import World


@attrs.frozen
class Caller:
    """Who calls: the owner of a key, a dashboard user, or nobody in particular."""

    key: ApiKey | None = None
    role: str | None = None


def authorize(session: Session, request: Request, auth: Auth, now: datetime) -> Caller:
    """The caller of an operation, or 401."""
    if auth == "none":
        return Caller()
    if auth == "bearer":
        return Caller(role=_role(session, request, now))
    secret = request.headers.get("x-api-secret")
    key = find_key(session, secret, now) if secret else None
    if key is None:
        raise unauthorized()
    return Caller(key=key)


def note_use(world: World, key: ApiKey) -> None:
    """Keep the day of the last use: one write a day, however often it is used."""
    today = world.clock.today().isoformat()
    if key.last_used_on == today:
        return
    with world.storage.writing() as session:
        row = session.get(ApiKey, key.key)
        if row is not None:
            row.last_used_on = today


def _role(session: Session, request: Request, now: datetime) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    found = session.get(AdminSession, digest(token.strip())) if scheme.lower() == "bearer" and token else None
    if found is None or found.expires_at <= now:
        raise unauthorized("The bearer token is missing, wrong or too old.")
    return found.role
