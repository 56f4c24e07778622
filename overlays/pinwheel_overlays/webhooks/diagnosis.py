"""Why a signature does not fit, for the error's text: frameworks that parse a body and write it again are the usual
cause."""

import json
from collections.abc import Callable
from typing import Any

__all__ = ["how_rewritten"]

_LARGEST = 65_536  # looking for a cause must not become a way to keep a server busy

# The ways in which JSON is commonly written; the first is Pinwheel's own.
_FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("with a space after commas and colons", {}),
    ("without spaces", {"separators": (",", ":")}),
    ("with a space after commas and colons, characters unescaped", {"ensure_ascii": False}),
    ("without spaces, characters unescaped", {"separators": (",", ":"), "ensure_ascii": False}),
)


def how_rewritten(body: bytes, fits: Callable[[bytes], bool]) -> str:
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
