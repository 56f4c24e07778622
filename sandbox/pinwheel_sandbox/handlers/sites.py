"""Hosted Link pages: a Link token behind an address, and a signed way back."""

import re
from datetime import timedelta
from typing import Any

import msgspec
from msgspec import UNSET
from pinwheel_api import LinkTokenCreate
from pinwheel_api.v2023_07_18 import Site, SiteCreate

from pinwheel_sandbox.bodies import checked
from pinwheel_sandbox.call import Call, Reply
from pinwheel_sandbox.errors import invalid_field
from pinwheel_sandbox.faces.link_token_changes import LinkTokenHasSolution, LinkTokenNamesItsUser
from pinwheel_sandbox.handlers.link_tokens import NUMBERS, make_link_token
from pinwheel_sandbox.link.sites import is_returnable
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.settings import DEFAULT_PORT, LOOPBACK
from pinwheel_sandbox.storage import workspace_tables

_LIFETIME = timedelta(seconds=900)
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:]+\](:\d{1,5})?")
_OWN = frozenset({"redirect_url", "ttl"})


def create_site(call: Call) -> Reply:
    """A page that opens Link, for as long as `ttl` says."""
    wanted = call.body(SiteCreate)
    if not is_returnable(wanted.redirect_url):
        raise invalid_field("redirect_url", "This is no address that a browser can be sent to.")
    lifetime = _LIFETIME if wanted.ttl is UNSET else timedelta(seconds=wanted.ttl)
    # Sites ended before these changes came, so that no version's body goes through them on its own.
    options: dict[str, Any] = msgspec.json.decode(NUMBERS.encode(wanted))
    options = {name: value for name, value in options.items() if name not in _OWN}
    for change in (LinkTokenNamesItsUser(), LinkTokenHasSolution()):
        options = change.newer_body(options)
    row, token = make_link_token(call, checked(options, LinkTokenCreate), lifetime)
    url = f"http://{_host(call)}/link.html?token={token}"
    call.session.flush()
    call.session.add(
        workspace_tables.Site(id=row.id, api_key=call.api_key.key, redirect_url=wanted.redirect_url, url=url)
    )
    return Reply(Site(id=row.id, url=url, expires=row.expires_at))


def _host(call: Call) -> str:
    """Where this server was called, which is where its Link page is."""
    host = call.request.headers.get("host", "")
    return host if _HOST.fullmatch(host) else f"{LOOPBACK}:{DEFAULT_PORT}"


ROUTES = (
    Route(method="POST", template="/v1/sites", operation="sites.create", handler=create_site, until="2023-07-18"),
)
