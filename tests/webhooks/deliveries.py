"""Deliveries as Pinwheel sends them, for the tests."""

from __future__ import annotations

import json
import uuid
from typing import Any, NamedTuple

from pinwheel_api import webhooks

SECRET = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"
OTHER_SECRET = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
ACCOUNT = "5c0ee2f8-9d42-4f6f-8f2e-0c3d5d7f1a11"
TIME = "2025-06-24T22:04:35.123456+00:00"


class Delivery(NamedTuple):
    body: bytes
    headers: dict[str, str]


def job_payload(name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "1a1a1a1a-0000-4000-8000-000000000001",
        "name": name,
        "timestamp": TIME,
        "outcome": "success",
        "error_code": None,
        "error_type": None,
        "link_token_id": "2b2b2b2b-0000-4000-8000-000000000002",
        "params": {},
        "account_id": ACCOUNT,
        "end_user_id": "user_1",
        **more,
    }


def tree(event: str = "paystubs.added", event_id: str | None = None, **payload: Any) -> dict[str, Any]:
    """An event as a JSON tree."""
    own = event_id if event_id is not None else str(uuid.uuid4())
    return {"event_id": own, "event": event, "payload": {**job_payload(event.partition(".")[0]), **payload}}


def deliver(
    content: dict[str, Any] | bytes | None = None,
    *,
    secret: str = SECRET,
    version: str | None = "2025-07-08",
    timestamp: int | None = None,
) -> Delivery:
    """A signed delivery of an event, or of these very bytes."""
    body = content if isinstance(content, bytes) else json.dumps(tree() if content is None else content).encode()
    headers = {
        "content-type": "application/json",
        "x-pinwheel-webhook-id": "3c3c3c3c-0000-4000-8000-000000000003",
        **webhooks.sign(body, secret, timestamp),
    }
    if version is not None:
        headers["pinwheel-version"] = version
    return Delivery(body, headers)
