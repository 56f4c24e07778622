"""Which explanation concerns a use of the API, or a complaint of the type checker."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pinwheel_cli.changes.guide import Advice, Step
from pinwheel_cli.changes.model import Change

_COMMON = {"Pinwheel", "AsyncPinwheel", "None", "str", "int", "float", "list", "dict", "object"}
_NO_MATCH = 9


@dataclass(frozen=True, slots=True)
class Use:
    """A probe with its answer: `LinkTokens.create` in line 12."""

    line: int
    owner: str
    name: str
    arguments: frozenset[str] | None
    called: bool


def names_of(changes: Iterable[Change]) -> Iterator[str]:
    """Methods and fields that something changed about."""
    for change in changes:
        yield change.operation.rpartition(".")[2]
        if change.owner:
            yield re.split(r"\W+", change.owner.removesuffix("[]"))[-1]


def concerns(change: Change, use: Use) -> bool:
    """Whether a use is one of what changed."""
    if change.owner and not use.called and change.owner.removesuffix("[]") == f"{use.owner}.{use.name}":
        return True
    group, _, method = change.operation.rpartition(".")
    if not use.called or use.name != method or use.owner != _class_name(group):
        return False
    return _reaches(change, use.arguments)


def _class_name(group: str) -> str:
    """`AccountsPaystubs` for `accounts.paystubs`."""
    return "".join(map(_capital, re.split(r"[._]", group)))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _reaches(change: Change, arguments: frozenset[str] | None) -> bool:
    """Whether the arguments of a call, where they can be read, make it one that a change is about."""
    where, _, name = change.place.partition(" ")
    if change.place == "call" or arguments is None:
        return True
    if where == "query":
        return name in arguments or change.rule.startswith("new-required")
    if where != "request":
        return False  # answers: the fields that are read tell
    if not change.path:
        wanted = set(re.split(r" or | and ", str(change.after or change.before)))
        return not wanted & arguments
    field = re.split(r"\W", change.path)[0]
    return field in arguments or ("became-required" in change.rule or change.rule.startswith("new-required"))


def by_words(message: str, todo: list[tuple[Step, Advice]]) -> Iterator[tuple[str, Advice]]:
    """For what is no use of a value, such as an import: the explanations that name best what the checker names."""
    words = set(re.findall(r'"(?:\w+\.)*(\w+)"', message)) - _COMMON
    ranked = [(_rank(words, step.changes_of(advice), advice), step.new, advice) for step, advice in todo]
    best = min((rank for rank, _, _ in ranked), default=_NO_MATCH)
    return ((version, advice) for rank, version, advice in ranked if rank == best < _NO_MATCH)


def _rank(words: set[str], changes: tuple[Change, ...], advice: Advice) -> int:
    """0: a call or event that is gone has the name; 1: an object that changed; 2: the snippet has it."""
    gone = {
        change.operation for change in changes if change.rule.startswith("api-") or "webhook-removed" in change.rule
    }
    if words & {name for operation in gone for name in _class_names(operation)}:
        return 0
    if words & {change.owner.partition(".")[0] for change in changes}:
        return 1
    return 2 if words & set(re.findall(r"\w+", advice.before)) else _NO_MATCH


def _class_names(operation: str) -> Iterator[str]:
    """`Sites` and `Site` for `sites.create`; `AccountDisconnected` for `webhook account.disconnected`."""
    if operation.startswith("webhook "):
        yield _class_name(operation.removeprefix("webhook "))
        return
    group = _class_name(operation.rpartition(".")[0])
    yield from (group, group.removesuffix("s"), operation.partition(".")[0])
