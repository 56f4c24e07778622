"""Deprecation and removal. The day that a sunset is measured from is the date in the newer document's version."""

import re
from datetime import date
from typing import NamedTuple

# Pinwheel marks a version as deprecated at least six months before it goes; the same is asked for anything in it.
NOTICE_DAYS = 180


class Stage(NamedTuple):
    """Where in its life something is."""

    deprecated: bool
    sunset: str | None


def day(text: str | None) -> date | None:
    """The date that a text begins with, if it does."""
    if text is None or not re.match(r"\d{4}-\d\d-\d\d(?!\d)", text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def stage_change(old: Stage, new: Stage, today: date | None) -> str:
    """The word for what happened to something that stays; empty for nothing."""
    if old == new or not (old.deprecated or new.deprecated):
        return ""
    if not new.deprecated:
        return "reactivated"
    if not old.deprecated:
        return _announced(new, today)
    if new.sunset is None:
        return "sunset-deleted"
    return _announced(new, today) if old.sunset is None else _moved(old, new, today)


def _announced(new: Stage, today: date | None) -> str:
    if new.sunset is None:
        return "deprecated"
    end = day(new.sunset)
    if end is None:
        return "sunset-parse"
    return "sunset-date-too-small" if _is_soon(end, today) else "deprecated-with-sunset"


def _moved(old: Stage, new: Stage, today: date | None) -> str:
    end, earlier_end = day(new.sunset), day(old.sunset)
    if end is None:
        return "sunset-parse"
    if earlier_end is not None and end < earlier_end and _is_soon(end, today):
        return "sunset-date-changed-too-small"
    return "sunset-changed"


def _is_soon(end: date, today: date | None) -> bool:
    return today is not None and (end - today).days < NOTICE_DAYS


def removal(old: Stage, today: date | None) -> str:
    """How well the removal of something was announced."""
    if not old.deprecated:
        return "without-deprecation"
    if old.sunset is None:
        return "with-deprecation"
    end = day(old.sunset)
    if end is None:
        return "sunset-parse"
    return "before-sunset" if today is not None and today < end else "with-deprecation"
