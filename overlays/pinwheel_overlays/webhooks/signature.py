"""Signatures of deliveries: v2 over the raw body, v1 (of the time before 2021-04-29) over the payload alone.

v2: HMAC-SHA256 of ``v2:<timestamp>:<body>``; v1: of ``v1:<timestamp>:<payload as compact JSON>``; the key is an API
secret. v1 leaves the name and the id of the event unsigned, so it is accepted only where it is asked for.
"""

import time

from .diagnosis import no_time, refusal, wrong_time
from .errors import WebhookSignatureError
from .headers import SIGNATURE, TIMESTAMP, DeliveryHeaders, Headers, read_headers
from .keys import Keys, Secrets
from .legacy import legacy_message

__all__ = ["authenticate", "raw_bytes", "sign", "verify"]

_V1, _V2 = "v1=", "v2="


def verify(
    body: bytes,
    headers: Headers,
    secrets: Secrets,
    tolerance: float | None = 300,
    *,
    allow_v1: bool = False,
) -> None:
    """Return if the delivery was signed with one of the secrets and sent just now.

    Args:
        body: The body exactly as it came: ``await request.body()``, ``request.get_data()``, ``request.body``.
        headers: The headers of the request, names in any case.
        secrets: Your API secrets; two of them while one replaces the other.
        tolerance: How many seconds the time of sending may lie in the past or the future; None: any time.
        allow_v1: Also accept the signatures of the time before 2021-04-29, which leave the event's name unsigned.

    Raises:
        WebhookSignatureError: it is not genuine, or cannot be shown to be; the text says what to do.
        ConfigurationError: a secret that cannot be one.
    """
    keys = Keys(secrets)
    del secrets  # error trackers show local variables
    authenticate(body, headers, keys, tolerance, allow_v1)


def authenticate(body: bytes, headers: Headers, keys: Keys, tolerance: float | None, allow_v1: bool) -> DeliveryHeaders:
    """Verify, and return the headers that were read."""
    if keys.problem:
        keys.check()
    raw = raw_bytes(body)
    read = read_headers(headers)
    signature, timestamp, _ = read
    # Whatever the header holds, it was not signed so unless it is the sender's: its form is looked at below.
    sent = timestamp.encode() if timestamp.isascii() else timestamp.encode("utf-8", "surrogatepass")
    if not keys.signed(b"v2:%b:%b" % (sent, raw), _V2, signature):
        legacy = allow_v1 and signature.startswith(_V1)
        if not legacy or not keys.signed(legacy_message(raw, sent), _V1, signature):
            raise refusal(raw, timestamp, signature, keys, allow_v1=allow_v1)
    if tolerance is not None:
        try:
            age = time.time() - int(timestamp)
        except (ValueError, OverflowError):
            raise no_time() from None
        if not -tolerance <= age <= tolerance:
            raise wrong_time(age, tolerance)
    return read


def sign(body: bytes, secrets: Secrets, timestamp: int | None = None) -> dict[str, str]:
    """Return the headers of a delivery that Pinwheel would send now: for tests, and for forwarding.

    The first secret signs. Raises ConfigurationError.
    """
    keys = Keys(secrets)
    del secrets
    keys.check()
    sent = str(int(time.time()) if timestamp is None else timestamp)
    return {SIGNATURE: _V2 + keys.sign(b"v2:%b:%b" % (sent.encode(), body)), TIMESTAMP: sent}


def raw_bytes(body: object) -> bytes:
    """Return a body of any kind of bytes as bytes. Raises WebhookSignatureError for text and everything else."""
    if type(body) is bytes:
        return body
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    if isinstance(body, memoryview):
        return body.tobytes()
    what = "text" if isinstance(body, str) else type(body).__name__
    raise WebhookSignatureError(
        f"the body must be the raw bytes of the request, not {what}: decoding or parsing it loses what was signed. "
        "Pass await request.body() (Starlette, FastAPI), request.get_data() (Flask) or request.body (Django)",
        "body",
    )
