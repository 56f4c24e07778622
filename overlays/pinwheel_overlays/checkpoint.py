"""A place in a list, as a small string to store: from it a later process goes on with the next item.

The string is opaque and versioned. It holds the operation, a digest of the call's parameters (not the parameters, which
may name a person), the cursor of the page, how many of its items were handed out, and the id of the last of them.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple, cast

from .errors import CheckpointError

__all__ = ["START", "Position", "call_digest", "load_checkpoint", "save_checkpoint"]

_PREFIX = "pwc1."
_DIGEST = 16


class Position(NamedTuple):
    """Where the next item is."""

    cursor: str | None = None
    """Cursor that fetches the page; None for the first page of the call."""
    offset: int = 0
    """Items of that page that were handed out."""
    last_id: str | None = None
    """Id of the last item handed out of that page: finds the place again when newer items pushed it down."""
    done: bool = False
    """Whether the list was read to its end."""


START = Position()


def call_digest(operation: str, version: str, parameters: Mapping[str, object]) -> str:
    """Return a digest that differs when the operation, the Pinwheel-Version or a parameter does."""
    given = {name: str(value) for name, value in parameters.items() if value is not None}
    text = json.dumps([operation, version, given], sort_keys=True)
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:_DIGEST]


def save_checkpoint(operation: str, digest: str, position: Position) -> str:
    """Return a position as a string of ASCII letters, digits, ``-``, ``_``, ``=`` and ``.``."""
    body = json.dumps([operation, digest, *position], separators=(",", ":")).encode()
    return _PREFIX + urlsafe_b64encode(sha256(body).digest()[:6] + body).decode()


def load_checkpoint(text: str, operation: str, digest: str) -> Position:
    """Return the position of a checkpoint that was taken from this very call.

    Raises CheckpointError when it is damaged, of a newer form, or of another operation, version or set of parameters.
    """
    stored_operation, stored_digest, position = _parse(text)
    if stored_operation != operation:
        raise CheckpointError(f"this checkpoint is of {stored_operation}, not of {operation}")
    if stored_digest != digest:
        raise CheckpointError(
            f"this checkpoint of {operation} was taken with other parameters or with another Pinwheel-Version; "
            "repeat the call as it was"
        )
    return position


def _parse(text: object) -> tuple[str, str, Position]:
    if not isinstance(text, str) or not text.startswith(_PREFIX):
        raise CheckpointError("this is no checkpoint, or one of a newer release of this package")
    try:
        packed = urlsafe_b64decode(text.removeprefix(_PREFIX).encode("ascii"))
    except (Base64Error, ValueError):
        packed = b""
    digest, body = packed[:6], packed[6:]
    if not body or sha256(body).digest()[:6] != digest:
        raise CheckpointError("this checkpoint is damaged: store and pass the whole string")
    # Whole, so written by save_checkpoint.
    operation, call, *position = cast("list[Any]", json.loads(body))
    return operation, call, Position(*position)
