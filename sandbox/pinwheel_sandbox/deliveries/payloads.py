"""What events say, in the order of keys in which they were recorded, and in the form of a webhook's version."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.storage.base import Json
from pinwheel_sandbox.world import World

OLDEST_WEBHOOK, NEWEST_WEBHOOK = "2022-09-09", "2025-07-08"
_WITH_ACTION = "2023-11-22"

_EVENTS = {"bill_cancellation": "bill_switch.cancelled", "document_uploads": "documents.added"}
_BATCH = ("count", "from_pay_date", "to_pay_date", "sync_status")
# The recorded deliveries, of version 2023-11-22, have none of these.
_ADDED_LATER = ("platform_id", "platform_name")


def event_of_job(name: str) -> str:
    """The event that tells of a job."""
    return _EVENTS.get(name, f"{name.replace('paystubs_documents', 'paystubs.documents')}.added")


def account_added(world: World, account: tables.Account) -> Json:
    """A new account. Not the form of a job."""
    platform = world.catalogue.platforms[account.platform_id]
    return {
        "created_at": moment(account.created_at),
        "link_token_id": account.link_token_id,
        "platform_id": platform.id,
        "platform_name": platform.name,
        "connected": account.connected,
        "monitoring_status": account.monitoring_status,
        "end_user_id": account.end_user_id,
        "account_id": account.id,
        "platform_type": platform.type,
    }


def status_updated(world: World, account: tables.Account) -> Json:
    """Another monitoring status; the field list is not known, these are those of a new account."""
    return {
        "account_id": account.id,
        "end_user_id": account.end_user_id,
        "monitoring_status": account.monitoring_status,
        "connected": account.connected,
        "link_token_id": account.link_token_id,
        "platform_id": account.platform_id,
        "platform_name": world.catalogue.platforms[account.platform_id].name,
    }


def job_ended(world: World, job: tables.Job, account: tables.Account | None) -> Json:
    """A job that ended, or that hangs."""
    return {
        "id": job.id,
        "name": job.name,
        "timestamp": moment(job.finished_at),
        "outcome": job.outcome,
        "error_code": job.error_code,
        "error_type": job.error_type,
        "link_token_id": job.link_token_id,
        "params": {name: job.params[name] for name in sorted(job.params, key=_place)},
        "account_id": job.account_id,
        "end_user_id": account.end_user_id if account else None,
        "platform_id": account.platform_id if account else None,
        "platform_name": world.catalogue.platforms[account.platform_id].name if account else None,
    }


def with_items(payload: Json, added: Sequence[Json]) -> Json:
    """The payload of a job that brought a batch of something."""
    return {**payload, "added": list(added), "deleted": []}


def item(record_id: str, document_type: str | None = None, year: int | None = None) -> Json:
    """One of a batch; the last three are filled for tax forms only."""
    return {"id": record_id, "document_type": document_type, "year": year, "pay_date": None}


def synced(payload: Json) -> Json:
    """The payload of an event that says how far a kind of data is complete: of the same job, without progress."""
    params = {name: value for name, value in payload["params"].items() if name != "sync_status"}
    return {**payload, "params": params}


def written(event_id: str, event: str, payload: Mapping[str, Any], version: str) -> str:
    """The body of a delivery, byte for byte as the service writes it: Python's own separators, the id first."""
    return json.dumps({"event_id": event_id, "event": event, "payload": _of_version(event, payload, version)})


def moment(at: datetime) -> str:
    """A moment as the service writes it."""
    return at.isoformat(timespec="microseconds")


def _place(name: str) -> tuple[int, str]:
    """The recorded order of what is said about a batch."""
    return (_BATCH.index(name) if name in _BATCH else len(_BATCH)), name


def _of_version(event: str, payload: Mapping[str, Any], version: str) -> Json:
    told = dict(payload)
    if version < NEWEST_WEBHOOK:
        told.pop("platform_type", None)
        if "outcome" in told and not event.startswith("bill"):
            for name in _ADDED_LATER:
                told.pop(name, None)
    params = told.get("params")
    if event == "direct_deposit_switch.added" and version < _WITH_ACTION and params:
        allocation: Json = params.get("allocation") or {}
        value = allocation.get("value")
        told["params"] = {} if value is None else {"amount": value}
    return told
