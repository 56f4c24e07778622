"""What a v1 signature is made of. Pinwheel used it before 2021-04-29; its bytes are our reading of an old text."""

import json

from .errors import WebhookSignatureError

__all__ = ["legacy_message"]


def legacy_message(body: bytes, timestamp: bytes) -> bytes:
    """Return the message that v1 signs: the payload, written again as compact JSON. Raises WebhookSignatureError."""
    try:
        payload = json.loads(body)["payload"]
        text = json.dumps(payload, separators=(",", ":"), ensure_ascii=False).strip("\t\n\r")
        return b"v1:%b:%b" % (timestamp, text.encode())
    except (ValueError, TypeError, KeyError, RecursionError):
        # Without a chain: the original error may quote the body.
        pass
    raise WebhookSignatureError(
        "the body is no JSON object with a payload, which is what a v1 signature covers; pass the bytes as they came",
        "body",
    )
