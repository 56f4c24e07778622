"""Payroll objects are frozen; this makes the changed copy."""

from typing import Any, TypeVar, cast

import attrs
from pinwheel_overlays.model import Model

M = TypeVar("M", bound=Model)


def changed(record: M, **fields: object) -> M:
    """The object with other values in some of its fields."""
    evolve = cast(Any, attrs.evolve)  # type checkers know a model as a dataclass, not as the attrs class that it is
    return cast(M, evolve(record, **fields))
