"""Why a delivery is refused, in words that say what to do about it."""

import json
from collections.abc import Callable
from typing import Any

from .errors import WebhookSignatureError
from .headers import SIGNATURE, TIMESTAMP
from .keys import Keys

__all__ = ["no_time", "refusal", "wrong_time"]

_HEX_LENGTH = 64
_LARGEST = 65_536  # looking for a cause must not become a way to keep a server busy

# The ways in which JSON is commonly written; the first is Pinwheel's own.
_FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("with a space after commas and colons", {}),
    ("without spaces", {"separators": (",", ":")}),
    ("with a space after commas and colons, characters unescaped", {"ensure_ascii": False}),
    ("without spaces, characters unescaped", {"separators": (",", ":"), "ensure_ascii": False}),
)


def no_time() -> WebhookSignatureError:
    """Return the error for a timestamp that is none."""
    return WebhookSignatureError(
        f"the header {TIMESTAMP} is no Unix time in seconds; hand over the headers as they came", "malformed"
    )


def refusal(body: bytes, timestamp: str, signature: str, keys: Keys, *, allow_v1: bool) -> WebhookSignatureError:
    """Return the error for a signature that does not fit. Raises ConfigurationError if no secret could."""
    keys.check()
    if not (timestamp.isascii() and timestamp.isdigit()):
        return no_time()
    if len(signature) != len("v2=") + _HEX_LENGTH or not signature.startswith(("v2=", "v1=")):
        return WebhookSignatureError(
            f"the header {SIGNATURE} is not v2= and 64 hexadecimal digits; hand over the headers as they came",
            "malformed",
        )
    if signature.startswith("v1=") and not allow_v1:
        return WebhookSignatureError(
            "the delivery has a v1 signature, which leaves the event's name unsigned and is not accepted; "
            "pass allow_v1=True if you still receive such deliveries",
            "scheme",
        )
    how = _how_rewritten(body, lambda text: keys.signed(b"v2:%b:%b" % (timestamp.encode(), text), "v2=", signature))
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


def wrong_time(age: float, tolerance: float) -> WebhookSignatureError:
    """Return the error for a genuine delivery of another time."""
    if age < 0:
        return WebhookSignatureError(
            f"the delivery was sent {-age:.0f} s in the future, more than the tolerance of {tolerance:g} s: this "
            "machine's clock is wrong, or the sender's",
            "in_future",
        )
    return WebhookSignatureError(
        f"the delivery was sent {age:.0f} s ago, more than the tolerance of {tolerance:g} s: it is a replay, was "
        "held up, or this machine's clock is wrong",
        "too_old",
    )


def _how_rewritten(body: bytes, fits: Callable[[bytes], bool]) -> str:
    """Return how the JSON of a body has to be written for the signature to fit; empty if no way is found."""
    if len(body) > _LARGEST:
        return ""
    try:
        tree = json.loads(body)
        for how, options in _FORMS:
            if fits(json.dumps(tree, **options).encode()):
                return how
    except (ValueError, RecursionError):  # neither JSON nor text: no form of it was signed
        pass
    return ""
