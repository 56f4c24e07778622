"""Opaque page cursors: unreadable, unforgeable, and another string each time they are written.

The service sends Fernet tokens here, and two reads of one page give two cursors. A client that compares cursors, or
looks into them, works against a mock that pages by number and then fails against Pinwheel, so these have the same form.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable

import msgspec

_VERSION = b"\x80"
_NONCE = 16
_MAC = 32
_HEAD = len(_VERSION) + 8 + _NONCE


class BadCursorError(Exception):
    """The string is no cursor that this sandbox wrote for this list."""


class Cursors:
    """Write and read the cursors of one sandbox."""

    def __init__(self, key: bytes, *, nonce: Callable[[int], bytes], seconds: Callable[[], int]) -> None:
        """Derive the two keys; `nonce` and `seconds` are the sandbox's chance and clock."""
        self._seal = hmac.digest(key, b"cursor seal", "sha256")
        self._mask = hmac.digest(key, b"cursor mask", "sha256")
        self._nonce = nonce
        self._seconds = seconds

    def write(self, scope: str, position: list[str]) -> str:
        """A cursor for the list `scope` that goes on after `position`."""
        plain = msgspec.json.encode([scope, position])
        head = _VERSION + self._seconds().to_bytes(8, "big") + self._nonce(_NONCE)
        sealed = head + self._masked(head, plain)
        return base64.urlsafe_b64encode(sealed + hmac.digest(self._seal, sealed, "sha256")).decode()

    def read(self, scope: str, cursor: str) -> list[str]:
        """The position in a cursor, or BadCursorError when it was changed, made up, or written for another list."""
        try:
            token = base64.urlsafe_b64decode(cursor.encode("ascii"))
        except (binascii.Error, UnicodeEncodeError) as error:
            raise BadCursorError from error
        if base64.urlsafe_b64encode(token).decode() != cursor:  # the decoder skips over what it does not know
            raise BadCursorError
        sealed, mac = token[:-_MAC], token[-_MAC:]
        if len(sealed) <= _HEAD or not hmac.compare_digest(mac, hmac.digest(self._seal, sealed, "sha256")):
            raise BadCursorError
        found, position = msgspec.json.decode(self._masked(sealed[:_HEAD], sealed[_HEAD:]), type=tuple[str, list[str]])
        if found != scope:
            raise BadCursorError
        return position

    def _masked(self, head: bytes, text: bytes) -> bytes:
        # A nonce is used once, so this key stream never repeats.
        stream = hashlib.shake_256(self._mask + head).digest(len(text))
        return bytes(a ^ b for a, b in zip(text, stream, strict=True))
