"""Rules that Pinwheel's guides state and no schema can: bodies made from a schema break them, and are mended here.

The tests of the sandbox break each of them on purpose, so that what is mended is refused all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

Body = dict[str, Any]


def mend(operation: str, body: Body, connected_account: Callable[[], str]) -> None:
    """Make a body that its schema allows one that the guides allow, too."""
    if operation in {"link_tokens.create", "sites.create"}:
        _link(body, connected_account)
    if operation.startswith("webhooks.") and isinstance(body.get("url"), str) and not _reachable(body["url"]):
        body["url"] = "https://example.com/hook"
    if operation == "sites.create" and isinstance(body.get("redirect_url"), str):
        body["redirect_url"] = "https://example.com/back"


def _link(body: Body, connected_account: Callable[[], str]) -> None:
    # Only resellers may name a customer, and a disconnected account stays so.
    body.pop("reseller_customer_id", None)
    if isinstance(body.get("account_id"), str):
        body["account_id"] = connected_account()
    if isinstance(body.get("end_user_id"), str) and not body["end_user_id"].strip():
        body["end_user_id"] = "somebody"
    # The flat form of the first versions has no pattern for what are digits.
    for name, digits in (("routing_number", "110000000"), ("account_number", "000123456789")):
        if isinstance(body.get(name), str):
            body[name] = digits
    _allocation(body.get("allocation"))
    matching = (body.get("end_user") or {}).get("platform_matching")
    if isinstance(matching, dict):
        body.pop("skip_intro_screen", None)
        if "email" in matching:
            matching["email"] = "somebody@example.com"


def _allocation(allocation: Any) -> None:
    if not isinstance(allocation, dict):
        return
    if allocation.get("type"):
        allocation.setdefault("value", 10)
    if "value" in allocation and "min_amount" in allocation:
        allocation["min_amount"] = min(allocation["min_amount"], allocation["value"])


def _reachable(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and bool(re.fullmatch(r"[^\s\x00-\x20\x7f]{1,8000}", url))
    except ValueError:
        return False
