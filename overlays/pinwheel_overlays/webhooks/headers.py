"""The headers of a delivery, whatever a framework keeps them in, by names in any case."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from .errors import WebhookSignatureError

__all__ = ["SIGNATURE", "TIMESTAMP", "VERSION", "WEBHOOK_ID", "DeliveryHeaders", "Headers", "read_headers"]

Headers = Mapping[str, str] | Iterable[tuple[str, str]] | Iterable[tuple[bytes, bytes]]
"""The headers object of any framework, a dict, or pairs, such as those of an ASGI scope."""

SIGNATURE = "x-pinwheel-signature"
TIMESTAMP = "x-timestamp"
VERSION = "pinwheel-version"
WEBHOOK_ID = "x-pinwheel-webhook-id"
"""Id of the registration: the same in all its deliveries, so nothing to tell them apart by."""

_ADVICE = "hand over the headers of the request as they came, and look for a proxy that drops or joins headers"


DeliveryHeaders = tuple[str, str, str | None]
"""Signature, timestamp, and the version that the event is written in; the signature does not cover that one."""

# Plain dicts are read without a pass over all headers where the names are as many frameworks write them, or as they
# are on the wire.
_SPELLINGS = ((SIGNATURE, TIMESTAMP, VERSION), (SIGNATURE.title(), TIMESTAMP.title(), VERSION.title()))


def read_headers(headers: Headers) -> DeliveryHeaders:
    """Find the headers of a delivery. Raises WebhookSignatureError."""
    plain = cast("dict[str, object]", headers) if type(headers) is dict else {}
    for one, two, three in _SPELLINGS if plain else ():
        signature, timestamp, version = plain.get(one), plain.get(two), plain.get(three)
        if type(signature) is str and type(timestamp) is str and type(version) is str and signature and timestamp:
            return signature, timestamp, version
    return _search(headers)  # pyright: ignore[reportUnknownArgumentType] - because of the question above


def _search(headers: Headers) -> DeliveryHeaders:
    wanted: dict[str, str | None] = {SIGNATURE: None, TIMESTAMP: None, VERSION: None}
    for name, value in _pairs(headers):
        key = name.lower()
        if key in wanted:
            # Twice is once too often: which of the two would a proxy, or the next reader, take?
            if wanted[key] not in {None, value}:
                raise WebhookSignatureError(f"the header {key} is there twice, with two values; {_ADVICE}", "malformed")
            wanted[key] = value
    return _required(SIGNATURE, wanted[SIGNATURE]), _required(TIMESTAMP, wanted[TIMESTAMP]), wanted[VERSION]


def _pairs(headers: Headers) -> Iterable[tuple[str, str]]:
    if not isinstance(headers, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise _not_headers(headers)
    items: Iterable[Any] = headers
    if hasattr(headers, "items"):
        items = cast("Mapping[str, str]", headers).items()
    for item in items:
        try:
            name, value = item
        except (TypeError, ValueError):
            raise _not_headers(headers) from None
        yield _text(name), _text(value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    # HTTP headers are Latin-1 on the wire; anything else than text cannot be one of the headers that are looked for.
    return bytes(value).decode("latin-1") if isinstance(value, bytes | bytearray) else ""


def _not_headers(headers: object) -> WebhookSignatureError:
    return WebhookSignatureError(
        f"headers must be a mapping or pairs of name and value, not {type(headers).__name__}; {_ADVICE}", "missing"
    )


def _required(name: str, value: str | None) -> str:
    if not value:
        raise WebhookSignatureError(f"the header {name} is missing; {_ADVICE}", "missing")
    return value
