"""Telling type checkers what an ``isinstance`` on parsed JSON shows: keys are strings, values are anything."""

from typing import Any, TypeGuard

__all__ = ["is_array", "is_tree"]


def is_tree(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether a value is a JSON array."""
    return isinstance(value, list)
