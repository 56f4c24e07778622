"""The dashboard's side of the API: sign in, and make, list and revoke API keys."""

import hashlib
from datetime import datetime, timedelta

from msgspec import UNSET
from pinwheel_api import (
    AdminToken,
    AdminTokenCreate,
    ApiKey,
    ApiKeyCreate,
    CreatedApiKey,
    Mode,
    RevokedApiKey,
    UserRole,
)
from sqlalchemy import select

from pinwheel_sandbox.call import Call, Reply, listing
from pinwheel_sandbox.errors import forbidden, not_found, unauthorized
from pinwheel_sandbox.link.terms import PASSWORD
from pinwheel_sandbox.paging import page_of_rows
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.storage.workspace_tables import AdminSession

WORKSPACE = "Local sandbox"
# Pinwheel does not say how long such a token lives, only that it is not long.
_LIFETIME = timedelta(hours=1)


def sign_in(call: Call) -> Reply:
    """A bearer token for one of the three dashboard users, who are called what their role is called."""
    given = call.body(AdminTokenCreate)
    role = given.username.partition("@")[0]
    if role not in set(UserRole) or given.password != PASSWORD:
        raise unauthorized("The user name or the password is wrong.")
    token, expires = call.world.chance.uuid(), call.now + _LIFETIME
    call.session.add(AdminSession(digest=digest(token), created_at=call.now, expires_at=expires, role=role))
    return Reply(
        AdminToken(
            token=token, expiration=expires, workspace_name=WORKSPACE, mode=Mode.SANDBOX, user_role=UserRole(role)
        )
    )


def digest(token: str) -> str:
    """What is kept of a bearer token."""
    return hashlib.sha256(token.encode()).hexdigest()


def list_keys(call: Call) -> Reply:
    """All API keys, newest first, without their secrets."""
    page = page_of_rows(
        call,
        select(tables.ApiKey),
        order=(tables.ApiKey.created_at, tables.ApiKey.key),
        position=lambda row: [row.created_at.isoformat(), row.key],
        parse=datetime.fromisoformat,
    )
    items = [_view(row, call.now) for row in page.items]
    return listing(items, count=len(items), next_cursor=page.next_cursor)


def create_key(call: Call) -> Reply:
    """Another API key; the secret is told here and never again."""
    _check_role(call)
    wanted = call.body(ApiKeyCreate, optional=True)
    # A moment that is past already makes a key that never works, as tests of expiry may want.
    expires_at = None if wanted.expires_at is UNSET else wanted.expires_at
    row = tables.ApiKey(
        key=call.world.chance.bytes(32).hex(),
        secret=call.world.chance.bytes(32).hex(),
        created_at=call.now,
        expires_at=expires_at,
    )
    call.session.add(row)
    return Reply(
        CreatedApiKey(
            mode=Mode.SANDBOX, key=row.key, expires_at=expires_at, created_at=row.created_at, secret=row.secret
        )
    )


def revoke_key(call: Call) -> Reply:
    """End an API key for good; one that was revoked before says when that was."""
    _check_role(call)
    row = call.session.get(tables.ApiKey, call.path["api_key"], with_for_update=True)
    if row is None:
        raise not_found("The API key")
    if row.revoked_at is None:
        row.revoked_at = call.now
    return Reply(
        RevokedApiKey(
            mode=Mode.SANDBOX,
            key=row.key,
            expires_at=row.expires_at,
            created_at=row.created_at,
            revoked_at=row.revoked_at,
        )
    )


def _check_role(call: Call) -> None:
    if call.role == UserRole.DEVELOPER:
        raise forbidden("A developer may look at API keys, but not make or revoke them.")


def _view(row: tables.ApiKey, now: datetime) -> ApiKey:
    ended = row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now)
    return ApiKey(
        mode=Mode.SANDBOX,
        key=row.key,
        expires_at=row.expires_at,
        created_at=row.created_at,
        last_used_at=datetime.fromisoformat(row.last_used_on).date() if row.last_used_on else None,
        is_active=not ended,
        revoked_at=row.revoked_at,
    )


_SINCE = "2022-03-02"

ROUTES = (
    Route(
        method="POST",
        template="/v1/admin/token",
        operation="admin.tokens.create",
        handler=sign_in,
        auth="none",
        since=_SINCE,
    ),
    Route(
        method="GET",
        template="/v1/admin/api_keys",
        operation="admin.api_keys.list",
        handler=list_keys,
        auth="bearer",
        since=_SINCE,
    ),
    Route(
        method="POST",
        template="/v1/admin/api_keys",
        operation="admin.api_keys.create",
        handler=create_key,
        auth="bearer",
        since=_SINCE,
    ),
    Route(
        method="POST",
        template="/v1/admin/api_keys/{api_key}/revoke",
        operation="admin.api_keys.revoke",
        handler=revoke_key,
        auth="bearer",
        since=_SINCE,
    ),
)
