"""Small helpers for untyped JSON: what shape a node has, and a digest that does not depend on the order of keys."""

import hashlib
import json
from typing import Any, TypeGuard

from .model import Document, Json


def is_mapping(node: object) -> TypeGuard[Json]:
    return isinstance(node, dict)


def is_list(node: object) -> TypeGuard[list[Any]]:
    return isinstance(node, list)


def is_tuple(node: object) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(node, tuple)


def is_set(node: object) -> TypeGuard[frozenset[Any]]:
    return isinstance(node, frozenset)


def mapping(node: Json | Document, key: str) -> Json:
    """`node[key]` where it is a mapping, else an empty one: a broken document is not ours to refuse."""
    found = node.get(key)
    return found if is_mapping(found) else {}


def items(node: Json | Document, key: str) -> list[Any]:
    """`node[key]` where it is a list, else an empty one."""
    found = node.get(key)
    return found if is_list(found) else []


def text_of(value: object) -> str:
    """JSON on one line, keys sorted: equal for equal values."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def digest(value: object) -> str:
    """A short name for a value."""
    return hashlib.blake2b(text_of(value).encode(), digest_size=8).hexdigest()
