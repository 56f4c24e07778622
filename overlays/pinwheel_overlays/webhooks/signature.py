"""Signatures of deliveries: v2 over the raw body, v1 (of the time before 2021-04-29) over the payload alone.

v2: HMAC-SHA256 of ``v2:<timestamp>:<body>``; v1: of ``v1:<timestamp>:<payload as compact JSON>``; the key is an API
secret. v1 leaves the name and the id of the event unsigned, so it is accepted only where it is asked for.
"""

import time

from .diagnosis import how_rewritten
from .errors import WebhookSignatureError
from .headers import SIGNATURE, TIMESTAMP, DeliveryHeaders, Headers, read_headers
from .keys import Keys, Secrets
from .legacy import legacy_message

__all__ = ["authenticate", "sign", "verify"]

_V1, _V2 = "v1=", "v2="
_HEX_LENGTH = 64
_LONGEST_TIMESTAMP = 12


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
    authenticate(body, headers, keys, tolerance, allow_v1=allow_v1)


def authenticate(
    body: bytes, headers: Headers, keys: Keys, tolerance: float | None, *, allow_v1: bool = False
) -> DeliveryHeaders:
    """Verify, and return the headers that were read."""
    if keys.problem:
        keys.check()
    raw = body if type(body) is bytes else _raw(body)
    read = read_headers(headers)
    signature, timestamp, _ = read
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _LONGEST_TIMESTAMP):
        raise WebhookSignatureError(
            f"the header {TIMESTAMP} is no Unix time in seconds; hand over the headers as they came", "malformed"
        )
    scheme, sent = signature[:3], timestamp.encode()
    if len(signature) != len(scheme) + _HEX_LENGTH or scheme not in {_V1, _V2}:
        raise WebhookSignatureError(
            f"the header {SIGNATURE} is not v2= and 64 hexadecimal digits; hand over the headers as they came",
            "malformed",
        )
    if scheme == _V2:
        genuine = keys.signed(b"v2:%b:%b" % (sent, raw), signature[3:])
    elif allow_v1:
        genuine = keys.signed(legacy_message(raw, sent), signature[3:])
    else:
        raise WebhookSignatureError(
            "the delivery has a v1 signature, which leaves the event's name unsigned and is not accepted; "
            "pass allow_v1=True if you still receive such deliveries",
            "scheme",
        )
    if not genuine:
        raise _mismatch(raw, sent, signature, keys)
    if tolerance is not None:
        _check_age(int(timestamp), tolerance)
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


def _raw(body: object) -> bytes:
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


def _mismatch(raw: bytes, sent: bytes, signature: str, keys: Keys) -> WebhookSignatureError:
    how = how_rewritten(raw, lambda text: keys.signed(b"v2:%b:%b" % (sent, text), signature[3:]))
    if how:
        return WebhookSignatureError(
            f"the signature fits the same JSON {how}: the body was parsed and written again on its way here. "
            "Pass the bytes of the request untouched, before any JSON middleware",
            "rewritten",
        )
    number = "the secret does not fit" if len(keys) == 1 else f"none of the {len(keys)} secrets fits"
    return WebhookSignatureError(
        f"{number} the signature: pass the API secret, of the same mode, that the webhook was registered with (both "
        "while you exchange it), and the raw bytes of the body; or the delivery is forged",
        "mismatch",
    )


def _check_age(sent: int, tolerance: float) -> None:
    age = time.time() - sent
    if age > tolerance:
        raise WebhookSignatureError(
            f"the delivery was sent {age:.0f} s ago, more than the tolerance of {tolerance:g} s: it is a replay, was "
            "held up, or this machine's clock is wrong",
            "too_old",
        )
    if -age > tolerance:
        raise WebhookSignatureError(
            f"the delivery was sent {-age:.0f} s in the future, more than the tolerance of {tolerance:g} s: this "
            "machine's clock is wrong, or the sender's",
            "in_future",
        )
