"""Comparing what was seen in a run with what the case expects. Each difference is one line of text."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from msgspec import UNSET
from pinwheel_api import VERSIONS

from .compare_errors import compare_drifts, compare_error
from .format import HeaderCheck, Outcome, RequestCheck, WarningCheck
from .leaks import leaks
from .load import Run
from .play import Played, Result
from .script import Seen
from .values import differences, plain, resolve, wire_tree

__all__ = ["problems"]

_RETIRED = {known.date for known in VERSIONS if known.status in {"deprecated", "sunset"}}
_RETIREMENT = "RetiredVersionWarning"
_SANDBOX = "https://sandbox.getpinwheel.com"


def problems(run: Run, played: Played) -> list[str]:
    """Return every way in which a run was not as its case says."""
    case, version, _ = run
    found: list[str] = []
    for index, (call, result) in enumerate(zip(case.calls, played.results, strict=True)):
        found += [f"call {index + 1}: {problem}" for problem in _outcome(call.expect, result)]
    found += _requests(case.expect.requests, played.requests)
    found += [f"{played.script.left} scripted answers were not asked for"] if played.script.left else []
    found += _always(run, played, version)
    found += _delays(case.expect.delays, played.delays)
    found += compare_drifts(case.expect.drift, played.drifts, "drift")
    found += _warnings(run, played)
    if case.expect.log is not UNSET:
        log = "\n".join(played.logs)
        found += _texts(case.expect.log.has, case.expect.log.lacks, log, "log")
    return found + leaks(run, played)


def _texts(has: list[str], lacks: list[str], text: str, name: str) -> list[str]:
    missing = [f"{name} lacks {each!r}: {text:.500}" for each in has if each not in text]
    return missing + [f"{name} has {each!r}: {text:.500}" for each in lacks if each in text]


def _outcome(expect: Outcome, result: Result) -> list[str]:
    found: list[str] = []
    if expect.error is not UNSET:
        if result.error is None:
            return [f"no error, where {expect.error.class_} is expected"]
        found += compare_error(expect.error, result.error)
    elif result.error is not None:
        return [f"unexpected {type(result.error).__name__}: {result.error}"]
    if expect.ids is not UNSET:
        found += differences(expect.ids, _ids(result), "ids")
    for pointer, value in expect.value.items():
        found += differences(value, plain(resolve(result.value, pointer)), f"value {pointer or '(whole)'}")
    for pointer, name in expect.classes.items():
        found += differences(name, type(resolve(result.value, pointer)).__name__, f"class of {pointer or '(whole)'}")
    return found + _texts(expect.repr_has, expect.repr_lacks, repr(result.value), "repr")


def _ids(result: Result) -> list[Any]:
    """Return the ids of all items, whether they came one by one or in pages."""
    items = [item for each in result.items for item in (each.data if hasattr(each, "data") else [each])]
    return [plain(resolve(item, "/id")) for item in items]


def _requests(expected: int | list[RequestCheck], seen: list[Seen]) -> list[str]:
    number = expected if isinstance(expected, int) else len(expected)
    if number != len(seen):
        urls = ", ".join(f"{each.method} {each.url}" for each in seen)
        return [f"{number} requests expected, {len(seen)} sent: {urls}"]
    if isinstance(expected, int):
        return []
    return [
        f"request {index + 1}: {problem}"
        for index, (check, request) in enumerate(zip(expected, seen, strict=True))
        for problem in _request(check, request)
    ]


def _request(check: RequestCheck, request: Seen) -> list[str]:
    url = urlsplit(request.url)
    found: list[str] = []
    for name, expected, actual in (
        ("method", check.method, request.method),
        ("origin", check.origin, f"{url.scheme}://{url.netloc}"),
        ("path", check.path, url.path),
        ("query text", check.query_text, url.query),
    ):
        if expected is not UNSET:
            found += differences(expected, actual, name)
    if check.query is not UNSET:
        found += differences(_grouped(check.query), _parsed(url.query), "query")
    for name, header in check.headers.items():
        found += _header(name, header, request.headers.get(name.lower()))
    if check.timeout is not UNSET:
        found += differences([check.timeout.connect, check.timeout.read], plain(request.timeout), "timeout")
    return found + _body(check, request.body)


def _grouped(query: dict[str, str | list[str]]) -> dict[str, list[str]]:
    return {name: sorted(value) if isinstance(value, list) else [value] for name, value in query.items()}


def _parsed(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text)):
        found.setdefault(name, []).append(value)
    return {name: sorted(values) for name, values in found.items()}


def _header(name: str, check: str | HeaderCheck, value: str | None) -> list[str]:
    if isinstance(check, str):
        return differences(check, value, f"header {name}")
    if check.absent is not UNSET and check.absent is (value is not None):
        return [f"header {name} is {'there' if check.absent else 'not there'}: {value!r}"]
    if check.has is not UNSET and check.has not in (value or ""):
        return [f"header {name} lacks {check.has!r}: {value!r}"]
    if check.pattern is not UNSET and not re.fullmatch(check.pattern, value or ""):
        return [f"header {name} does not match {check.pattern!r}: {value!r}"]
    return []


def _body(check: RequestCheck, body: bytes | None) -> list[str]:
    if check.no_body is not UNSET and check.no_body is (body is not None):
        return [f"body is {'there' if check.no_body else 'not there'}: {body!r:.200}"]
    found = _texts([], check.body_text_lacks, (body or b"").decode(), "body")
    if check.body is UNSET and not check.body_at:
        return found
    if body is None:
        return [*found, "body is not there"]
    tree = wire_tree(body)
    if check.body is not UNSET:
        found += differences(check.body, tree, "body")
    for pointer, value in check.body_at.items():
        actual = resolve(tree, pointer)
        found += differences(value, actual, f"body {pointer}")
    return found


def _always(run: Run, played: Played, version: str) -> list[str]:
    """What holds in every case without being said: the version is asked for, and only the host of the mode is met."""
    found: list[str] = []
    for index, request in enumerate(played.requests):
        found += differences(version, request.headers.get("pinwheel-version"), f"request {index + 1}: version header")
        if not run.case.client.environment and run.case.client.mode is UNSET and run.case.client.base_url is UNSET:
            url = urlsplit(request.url)
            found += differences(_SANDBOX, f"{url.scheme}://{url.netloc}", f"request {index + 1}: origin")
    return found


def _delays(expected: Sequence[float | list[float]], slept: list[float]) -> list[str]:
    if len(expected) != len(slept):
        return [f"delays: expected {expected}, slept {slept}"]
    found: list[str] = []
    for index, (want, delay) in enumerate(zip(expected, slept, strict=True)):
        low, high = want if isinstance(want, list) else (want, want)
        # Dates have whole seconds, and sums of floats a rounding error.
        if not low - 1e-9 <= delay <= high + 1e-9:
            found.append(f"delay {index + 1}: expected {want}, slept {delay}")
    return found


def _warnings(run: Run, played: Played) -> list[str]:
    expected = run.case.expect.warnings
    if run.version in _RETIRED and played.client_repr and not any(w.class_ == _RETIREMENT for w in expected):
        # Said once a process when the client is made, so it comes first and is not repeated in each case.
        expected = [WarningCheck(class_=_RETIREMENT, has=[run.version]), *expected]
    if len(expected) != len(played.warnings):
        return [f"warnings: {len(expected)} expected, {len(played.warnings)} given: {played.warnings}"]
    found: list[str] = []
    for check, (name, text) in zip(expected, played.warnings, strict=True):
        found += differences(check.class_, name, "warning class")
        found += _texts(check.has, [], text, "warning")
    return found
