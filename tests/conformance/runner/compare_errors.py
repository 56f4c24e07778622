"""Comparing errors, their attempts, and drift."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import UNSET
from pinwheel_api import Attempt, Drift

from .format import AttemptCheck, DriftCheck, ErrorCheck
from .values import MISSING, differences, plain

__all__ = ["compare_drifts", "compare_error"]

_PROPERTIES = (
    "message",
    "status",
    "type",
    "code",
    "request_id",
    "operation",
    "method",
    "path",
    "version",
    "reached",
    "location",
    "model",
    "field",
)


def compare_error(check: ErrorCheck, error: Exception) -> list[str]:
    """Compare an error with what is expected of it."""
    found = differences(check.class_, type(error).__name__, "error class")
    if found:
        return [f"{found[0]}: {error}"]
    above = {each.__name__ for each in type(error).__mro__}
    found += [f"error is no {name}" for name in check.is_a if name not in above]
    for name in _PROPERTIES:
        expected = getattr(check, name)
        if expected is not UNSET:
            found += differences(expected, plain(getattr(error, name, MISSING)), f"error {name}")
    found += _details(check, error)
    for name, text, has, lacks in (
        ("rule", getattr(error, "rule", ""), check.rule_has, []),
        ("text", str(error), check.text_has, check.text_lacks),
        ("repr", repr(error), [], check.text_lacks),
    ):
        found += [f"error {name} lacks {each!r}: {text}" for each in has if each not in text]
        found += [f"error {name} has {each!r}: {text}" for each in lacks if each in text]
    return found


def _details(check: ErrorCheck, error: Any) -> list[str]:
    found: list[str] = []
    if check.fields is not UNSET:
        actual = [[field.name, field.message] for field in getattr(error, "fields", ())]
        found += differences(check.fields, actual, "error fields")
    if check.raw is not UNSET:
        found += differences({"$bytes": check.raw}, plain(getattr(error, "raw", MISSING)), "error raw")
    if check.attempts is not UNSET:
        found += _attempts(check.attempts, getattr(error, "attempts", ()))
    if check.drifts is not UNSET:
        found += compare_drifts(check.drifts, getattr(error, "drifts", ()), "error drift")
    return found


def _attempts(checks: list[AttemptCheck], attempts: Sequence[Attempt]) -> list[str]:
    found = differences(list(range(1, len(checks) + 1)), [each.number for each in attempts], "attempt numbers")
    if found:
        return found
    for index, (check, attempt) in enumerate(zip(checks, attempts, strict=True)):
        for name in ("status", "delay", "cause", "request_id"):
            expected = getattr(check, name)
            if expected is not UNSET:
                found += differences(expected, getattr(attempt, name), f"attempt {index + 1} {name}")
        if check.cause_has is not UNSET and check.cause_has not in attempt.cause:
            found.append(f"attempt {index + 1} cause lacks {check.cause_has!r}: {attempt.cause}")
    return found


def compare_drifts(checks: list[DriftCheck], drifts: Sequence[Drift], place: str) -> list[str]:
    """Compare all drift that was told with all that is expected, in any order."""
    if len(checks) != len(drifts):
        told = [(drift.kind, drift.path, drift.model) for drift in drifts]
        return [f"{place}: {len(checks)} expected, {len(drifts)} told: {told}"]
    found: list[str] = []
    ordered = zip(
        sorted(checks, key=lambda check: (check.path, check.kind)),
        sorted(drifts, key=lambda drift: (drift.path, drift.kind)),
        strict=True,
    )
    for check, drift in ordered:
        for field in msgspec.structs.fields(check):
            expected = getattr(check, field.name)
            if expected is not UNSET:
                found += differences(expected, getattr(drift, field.name), f"{place} {field.name}")
    return found
