"""The way back from a hosted Link page: where the user is sent, and how the caller knows that it was us."""

import hashlib
import hmac
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sqlalchemy.orm import Session

from pinwheel_sandbox.errors import not_found
from pinwheel_sandbox.storage.tables import ApiKey
from pinwheel_sandbox.storage.workspace_tables import Site
from pinwheel_sandbox.world import World


def is_returnable(url: str) -> bool:
    """Whether a browser can be sent to an address: a scheme of any app's own will do."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path)) and url.isprintable() and " " not in url


def way_back(world: World, session: Session, site_id: str, *, success: bool) -> str:
    """The address that the user of a hosted page is sent to when Link is done."""
    site = session.get(Site, site_id.lower())
    key = session.get(ApiKey, site.api_key) if site else None
    if site is None or key is None:
        raise not_found("The site")
    told = "true" if success else "false"
    timestamp = str(int(world.clock.now().timestamp()))
    signed = hmac.digest(key.secret.encode(), f"{site.id}{told}{timestamp}".encode(), hashlib.sha256)
    added = {"success": told, "timestamp": timestamp, "signature": signed.hex(), "token_id": site.id}
    parts = urlsplit(site.redirect_url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *added.items()])
    return urlunsplit(parts._replace(query=query))
