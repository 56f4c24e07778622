"""Any event on demand, as complete as what is known of it."""

from typing import Any

import msgspec
from pinwheel_api import webhooks
from sqlalchemy.orm import Session

from pinwheel_sandbox.deliveries import payloads
from pinwheel_sandbox.deliveries.news import News
from pinwheel_sandbox.errors import invalid_field, not_found
from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.storage.base import Json
from pinwheel_sandbox.world import World

_COUNTED: Json = {"count": 0, "from_pay_date": None, "to_pay_date": None}
_PARAMS: dict[str, Json] = {
    "paystubs.added": {**_COUNTED, "sync_status": "complete"},
    "paystubs.documents.added": {**_COUNTED, "sync_status": "complete"},
    "shifts.added": {"count": 0, "sync_status": "complete"},
    "documents.added": {"document_type": "paystub"},
    "direct_deposit_switch.added": {"action": "full_switch", "allocation": {"type": "remainder", "value": None}},
}
_BILL: Json = {"detection_method": "manual", "frequency": "monthly", "next_payment_amount_cents": 0}
_MORE: dict[str, Json] = {
    "company_connect.status.updated": {"status": "data_available"},
    **{f"bill.{change}": _BILL for change in ("added", "updated", "removed", "reminder")},
}
_JOBS = {
    "bill_switch.cancelled": "bill_cancellation",
    **{f"company_connect.{kind}.added": f"company_{kind}" for kind in ("census", "employments", "incomes")},
    "documents.added": "document_uploads",
    "paystubs.documents.added": "paystubs_documents",
}


def news(world: World, session: Session, event: str, account_id: str | None, given: Json) -> News:
    """The event, with what was given in place of what would be there."""
    account = None if account_id is None else session.get(tables.Account, account_id.lower())
    if account_id is not None and account is None:
        raise not_found("The account")
    required, optional = _fields(event)
    known = {**_of_job(world, event), **_of_account(world, account)}
    payload = {name: value for name, value in known.items() if name in required or name in optional}
    missing = sorted(name for name in required if {**payload, **given}.get(name) is None)
    if missing:
        why = "Name an account." if "account_id" in missing else "The event needs it."
        raise invalid_field(f"payload.{missing[0]}", why)
    return News(
        source=f"trigger:{world.chance.uuid()}",
        name=event,
        at=world.clock.now(),
        account_id=account.id if account else None,
        payload={**payload, **given},
    )


def _fields(event: str) -> tuple[set[str], set[str]]:
    """What the payload of an event has to have, and what else it can have."""
    catalogue = webhooks.WebhookReceiver.catalogue
    for version in (payloads.NEWEST_WEBHOOK, payloads.OLDEST_WEBHOOK):
        kind = catalogue.of(version).classes.get(event)
        if kind is not None:
            fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
            payload = msgspec.structs.fields(fields["payload"])
            required = {field.name for field in payload if field.required}
            return required, {field.name for field in payload} - required
    raise invalid_field("event", "There is no such event.")


def _of_account(world: World, account: tables.Account | None) -> Json:
    if account is None:
        return {}
    return payloads.account_added(world, account)


def _of_job(world: World, event: str) -> Json:
    now = payloads.moment(world.clock.now())
    of_batch: dict[str, Any] = {"added": [], "deleted": []}
    return {
        "id": world.chance.uuid(),
        "name": _JOBS.get(event, event.partition(".")[0]),
        "timestamp": now,
        "outcome": "success",
        "error_code": None,
        "error_type": None,
        "link_token_id": None,
        "params": dict(_PARAMS.get(event, _COUNTED if event.endswith("_synced") else {})),
        "account_id": None,
        "end_user_id": None,
        "status_updated_at": now,
        "document_id": world.chance.uuid(),
        "company_connection_id": world.chance.uuid(),
        **_MORE.get(event, {}),
        **(of_batch if event.endswith("added") else {}),
    }
