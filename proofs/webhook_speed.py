"""Taking a delivery of 2 KB from bytes to a typed event costs at most 1.5 times bare `hmac.digest` and decoding.

Each figure is the best of many short rounds in CPU time, the rounds of all candidates taking turns, so that a busy
machine disturbs them alike.
"""

from __future__ import annotations

import gc
import hmac
import json
import time
import uuid
from collections.abc import Callable

import msgspec
from pinwheel_api import webhooks
from pinwheel_api.v2025_07_08 import events

from .page import Row

LIMIT = 1.5
SECRET = "5a3f0c1e9b7d4826a1c5e3f7092b4d6850c7e9a1b3d5f70816243a5c7e9fb1d3"


def delivery() -> tuple[bytes, dict[str, str]]:
    """A `paystubs.added` of about 2 KB, signed, with headers as frameworks give them."""
    stubs = [{"id": str(uuid.UUID(int=n)), "document_type": None, "year": None, "pay_date": None} for n in range(14)]
    payload = {
        "id": str(uuid.UUID(int=100)),
        "name": "paystubs",
        "timestamp": "2025-06-24T22:04:35.123456+00:00",
        "outcome": "success",
        "error_code": None,
        "error_type": None,
        "link_token_id": str(uuid.UUID(int=101)),
        "params": {
            "count": len(stubs),
            "from_pay_date": "2025-01-01",
            "to_pay_date": "2025-06-24",
            "sync_status": "complete",
        },
        "account_id": str(uuid.UUID(int=102)),
        "end_user_id": str(uuid.UUID(int=103)),
        "added": stubs,
        "deleted": [],
    }
    event = {"event_id": str(uuid.UUID(int=104)), "event": "paystubs.added", "payload": payload}
    body = json.dumps(event).encode()
    own = {
        "accept": "*/*",
        "accept-encoding": "gzip, deflate",
        "content-type": "application/json",
        "content-length": str(len(body)),
        "user-agent": "python-requests/2.31.0",
        "pinwheel-version": "2025-07-08",
        "x-pinwheel-webhook-id": str(uuid.UUID(int=105)),
    }
    return body, {**own, **webhooks.sign(body, SECRET)}


def candidates() -> dict[str, Callable[[], object]]:
    body, headers = delivery()
    wire = {name.title(): value for name, value in headers.items()}
    key, message = SECRET.encode(), b"v2:" + headers["x-timestamp"].encode() + b":" + body
    decode = msgspec.json.Decoder(events.AnyWebhookEvent).decode
    parsed = webhooks.parse(body, headers, secrets=[SECRET])
    assert isinstance(parsed, events.PaystubsAdded)
    return {
        "bare hmac.digest and decoding": lambda: (hmac.digest(key, message, "sha256"), decode(body)),
        "parse": lambda: webhooks.parse(body, headers, secrets=[SECRET]),
        "parse, header names as on the wire": lambda: webhooks.parse(body, wire, secrets=[SECRET]),
        "verify": lambda: webhooks.verify(body, headers, secrets=[SECRET]),
    }


def measure(rounds: int, calls: int = 500) -> dict[str, float]:
    """Microseconds a call of each candidate."""
    chosen = candidates()
    best = dict.fromkeys(chosen, float("inf"))
    gc.disable()
    try:
        for _ in range(rounds):
            for name, function in chosen.items():
                started = time.process_time_ns()
                for _ in range(calls):
                    function()
                best[name] = min(best[name], (time.process_time_ns() - started) / calls / 1000)
    finally:
        gc.enable()
    return best


def prove(say: Callable[[str], None]) -> list[Row]:
    size = len(delivery()[0])
    figures = measure(400)
    bare, *others = figures
    rows: list[Row] = [(f"{size} bytes", "microseconds", "times bare"), (bare, f"{figures[bare]:.2f}", "1")]
    for name in others:
        ratio = figures[name] / figures[bare]
        say(f"{name}: {ratio:.2f}")
        assert ratio <= LIMIT, f"{name} takes {ratio:.2f} times the bare calls"
        rows.append((name, f"{figures[name]:.2f}", f"{ratio:.2f}"))
    return rows
