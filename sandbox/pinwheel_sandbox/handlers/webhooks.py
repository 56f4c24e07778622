"""Webhooks: register, list, change and delete them. Delivering to them is not done here."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from pinwheel_api import Webhook, WebhookCreate, WebhookEvent, WebhookStatus, WebhookUpdate, WebhookVersion
from sqlalchemy import func, select

from pinwheel_sandbox.call import Call, Reply, listing
from pinwheel_sandbox.errors import forbidden, invalid_field, not_found
from pinwheel_sandbox.paging import page_of_rows
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage import workspace_tables as tables
from pinwheel_sandbox.storage.tables import ApiKey

LIMIT = 10
"""How many webhooks one API key can have."""

_LONGEST_URL = 8000
_VISIBLE = re.compile(r"[^\s\x00-\x20\x7f]+")
_LOOPBACK = re.compile(r"http://(localhost|127(\.\d{1,3}){3}|\[::1\])(?=[:/?#]|$)", re.IGNORECASE)


def list_webhooks(call: Call) -> Reply:
    """The webhooks of the caller's key, newest first."""
    page = page_of_rows(
        call,
        select(tables.Webhook).where(tables.Webhook.api_key == call.api_key.key),
        order=(tables.Webhook.created_at, tables.Webhook.id),
        position=lambda row: [row.created_at.isoformat(), row.id],
        parse=datetime.fromisoformat,
    )
    return listing([_view(row) for row in page.items], count=len(page.items), next_cursor=page.next_cursor)


def create_webhook(call: Call) -> Reply:
    """Register an address."""
    wanted = call.body(WebhookCreate, stand_ins={"url": _stand_in})
    url = _checked_url(str(call.sent["url"]))
    # The key's row is held while its webhooks are counted, so that two calls cannot both make the last one.
    call.session.get(ApiKey, call.api_key.key, with_for_update=True)
    count = select(func.count()).where(tables.Webhook.api_key == call.api_key.key)
    if (call.session.scalar(count) or 0) >= LIMIT:
        # That it fails is documented, how is not: nothing is wrong with the request, so it is not a 400 here.
        raise forbidden(f"An API key can have {LIMIT} webhooks.", code="WEBHOOK_LIMIT_REACHED")
    row = tables.Webhook(
        id=call.world.chance.uuid(),
        created_at=call.now,
        last_updated=call.now,
        api_key=call.api_key.key,
        url=url,
        status=wanted.status,
        enabled_events=_distinct(wanted.enabled_events),
        version=wanted.version,
        customer_id=wanted.customer_id or None,
    )
    call.session.add(row)
    return Reply(_view(row))


def get_webhook(call: Call) -> Reply:
    """One webhook."""
    return Reply(_view(_the_webhook(call)))


def update_webhook(call: Call) -> Reply:
    """Change what was sent; the version stays."""
    change = call.body(WebhookUpdate, stand_ins={"url": _stand_in})
    row = _the_webhook(call)
    if change.url:
        row.url = _checked_url(str(call.sent["url"]))
    if change.status:
        if row.status == WebhookStatus.PAUSED and change.status == WebhookStatus.ACTIVE:
            row.failing_since = None  # thirty days begin anew
        row.status = change.status
    if change.enabled_events:
        row.enabled_events = _distinct(change.enabled_events)
    if change.customer_id:
        row.customer_id = change.customer_id
    row.last_updated = call.now
    return Reply(_view(row))


def delete_webhook(call: Call) -> Reply:
    """Forget a webhook."""
    call.session.delete(_the_webhook(call))
    return Reply(bare={})


def _the_webhook(call: Call) -> tables.Webhook:
    row = call.session.get(tables.Webhook, call.path["webhook_id"].lower())
    if row is None or row.api_key != call.api_key.key:
        raise not_found("The webhook")
    return row


def _stand_in(url: object) -> object:
    """Plain HTTP is let through to this machine, where test servers are; Pinwheel itself takes https alone."""
    return _LOOPBACK.sub(r"https://\1", url) if isinstance(url, str) else url


def _checked_url(url: str) -> str:
    """The address as it was sent, if deliveries can go there."""
    try:
        parts = urlsplit(url)
        reachable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        reachable = False
    if not reachable or len(url) > _LONGEST_URL or not _VISIBLE.fullmatch(url):
        raise invalid_field("url", "This is no address that can be called.")
    return url


def _distinct(events: list[WebhookEvent]) -> list[str]:
    return [str(event) for event in dict.fromkeys(events)]


def _view(row: tables.Webhook) -> Webhook:
    return Webhook(
        id=row.id,
        created_at=row.created_at,
        last_updated=row.last_updated,
        url=row.url,
        status=WebhookStatus(row.status),
        enabled_events=[WebhookEvent(name) for name in row.enabled_events],
        version=WebhookVersion(row.version),
        customer_id=row.customer_id,
    )


_ONE = "/v1/webhooks/{webhook_id}"

ROUTES = (
    Route(method="GET", template="/v1/webhooks", operation="webhooks.list", handler=list_webhooks),
    Route(method="POST", template="/v1/webhooks", operation="webhooks.create", handler=create_webhook),
    Route(method="GET", template=_ONE, operation="webhooks.get", handler=get_webhook),
    Route(method="PUT", template=_ONE, operation="webhooks.update", handler=update_webhook),
    Route(method="DELETE", template=_ONE, operation="webhooks.delete", handler=delete_webhook),
)
