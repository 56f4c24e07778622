"""Ask the type checker what things are: `client.jobs.list()` becomes `reveal_type(client.jobs).list()`."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from .edits import Edit, Spot, apply, end_of, start_of

_OPEN = "reveal_type("


class Probe(NamedTuple):
    """One use of a name that something changed may have, on a value of a type to be found out."""

    line: int
    """Where the name stands."""
    name: str
    asked: Spot
    """Where the checker reports the type of the value, in the text with the questions in it; counted in characters."""
    arguments: frozenset[str] | None
    """Names that are passed where it is called; None where that cannot be read, or nothing is called."""
    called: bool


def probe(text: str, tree: ast.Module, names: frozenset[str]) -> tuple[str, list[Probe]]:
    """The text with a question before each of the names, and where the answers will be."""
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    uses = [node for node in _uses(tree) if node.attr in names]
    # At one spot the outermost opens first, and closes last.
    uses.sort(key=lambda node: (start_of(node.value), _backwards(end_of(node.value))))
    opens = [Edit(start_of(node.value), start_of(node.value), _OPEN) for node in uses]
    closes = [Edit(end_of(node.value), end_of(node.value), ")") for node in reversed(uses)]
    asking = apply(text, [*opens, *closes])
    lines = [line.encode() for line in asking.splitlines()]
    probes: list[Probe] = []
    for index, node in enumerate(uses):
        start = start_of(node.value)
        before = [edit for edit in (*opens, *closes) if edit.start.line == start.line and edit.start < start]
        around = [edit for edit in opens[: index + 1] if edit.start == start]
        column = start.column + sum(len(edit.text) for edit in (*before, *around))
        asked = Spot(start.line, len(lines[start.line - 1][:column].decode()))
        call = calls.get(id(node))
        probes.append(Probe(end_of(node).line, node.attr, asked, _arguments(call), call is not None))
    return asking, probes


def _uses(tree: ast.Module) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node


def _backwards(spot: Spot) -> tuple[int, int]:
    return -spot.line, -spot.column


def _arguments(call: ast.Call | None) -> frozenset[str] | None:
    if call is None or any(word.arg is None for word in call.keywords):
        return None
    return frozenset(str(word.arg) for word in call.keywords)
