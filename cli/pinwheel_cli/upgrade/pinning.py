"""Let code use another Pinwheel-Version: its imports, and the clients that it asks for by a date.

Code that imports from `pinwheel_api` itself pins no version, and is taken for code of the older one.
"""

import ast
import re
from collections.abc import Iterator
from importlib import import_module

from .edits import Edit, Spot, apply, end_of, start_of

PACKAGE = "pinwheel_api"
# What takes a version by its date: pinwheel_api.client_class("2023-11-22"), sandbox.client("2023-11-22").
_BY_DATE = {"client_class", "async_client_class", "client", "async_client"}
# What takes one by name, so that events are of its classes: webhooks.parse(..., version="2023-11-22").
_BY_KEYWORD = {*_BY_DATE, "parse", "WebhookReceiver"}


def module_of(version: str) -> str:
    """`v2023_11_22`."""
    return "v" + version.replace("-", "_")


def names_of(version: str) -> frozenset[str]:
    """Everything that the package of a version exports."""
    return frozenset(import_module(f"{PACKAGE}.{module_of(version)}").__all__)


def pin(text: str, tree: ast.Module, old: str, version: str) -> str:
    """The text with whatever it has of version `old` taken from `version` instead, line by line."""
    return apply(text, _Pinner(text, old, version).edits(tree))


class _Pinner:
    def __init__(self, text: str, old: str, version: str) -> None:
        self._lines = text.splitlines()
        self._old, self._version = old, version
        self._from, self._to = module_of(old), module_of(version)
        self._versioned = names_of(old) | names_of(version)
        self._aliases: set[str] = set()

    def edits(self, tree: ast.Module) -> Iterator[Edit]:
        nodes = list(ast.walk(tree))
        for node in nodes:
            if isinstance(node, ast.Import):
                yield from self._import(node)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield from self._import_from(node, node.module)
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self._aliases:
                yield from self._attribute(node)
            elif isinstance(node, ast.Call):
                yield from self._call(node)

    def _import(self, node: ast.Import) -> Iterator[Edit]:
        for alias in node.names:
            if alias.name == PACKAGE or (alias.name.startswith(f"{PACKAGE}.") and alias.asname is None):
                self._aliases.add(alias.asname or PACKAGE)
            if f"{alias.name}.".startswith(f"{PACKAGE}.{self._from}."):
                name = alias.name.replace(self._from, self._to, 1)
                start = start_of(alias)
                yield Edit(start, Spot(start.line, start.column + len(alias.name)), name)

    def _import_from(self, node: ast.ImportFrom, module: str) -> Iterator[Edit]:
        if f"{module}.".startswith(f"{PACKAGE}.{self._from}."):
            yield from self._module(node, module, module.replace(self._from, self._to, 1))
        if module != PACKAGE:
            return
        pinned = [alias for alias in node.names if alias.name in self._versioned or alias.name == "*"]
        others = [alias for alias in node.names if alias not in pinned]
        if not pinned:
            for alias in others:
                if alias.name == self._from:  # the name in the code stays
                    yield Edit(start_of(alias), end_of(alias), self._moved(alias))
            return
        yield from self._module(node, PACKAGE, f"{PACKAGE}.{self._to}")
        kept = ast.unparse(pinned[0])
        for alias in others:  # each line keeps its names, so what moves leaves a repetition behind
            yield Edit(start_of(alias), end_of(alias), kept)
        if others:
            moved = ", ".join(self._moved(alias) for alias in others)
            yield Edit(end_of(node), end_of(node), f"; from {PACKAGE} import {moved}")

    def _moved(self, alias: ast.alias) -> str:
        is_version = alias.name == self._from
        return f"{self._to} as {alias.asname or self._from}" if is_version else ast.unparse(alias)

    def _module(self, node: ast.ImportFrom, module: str, name: str) -> Iterator[Edit]:
        line = self._lines[node.lineno - 1].encode()
        if found := re.compile(rb"from\s+(" + re.escape(module).encode() + rb")\b").match(line, node.col_offset):
            yield Edit(Spot(node.lineno, found.start(1)), Spot(node.lineno, found.end(1)), name)

    def _attribute(self, node: ast.Attribute) -> Iterator[Edit]:
        end = end_of(node)
        start = Spot(end.line, end.column - len(node.attr.encode()))
        if node.attr == self._from:
            yield Edit(start, end, self._to)
        elif node.attr in self._versioned:
            yield Edit(start, start, f"{self._to}.")

    def _call(self, node: ast.Call) -> Iterator[Edit]:
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        values = [word.value for word in node.keywords if word.arg == "version"] if name in _BY_KEYWORD else []
        for value in [*(node.args[:1] if name in _BY_DATE else []), *values]:
            if isinstance(value, ast.Constant) and value.value == self._old:
                yield Edit(start_of(value), end_of(value), repr(self._version))
