"""Reading `spec/`: YAML with the line of every node, so that whatever is wrong is named by file, line and reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

Pointer = tuple[str | int, ...]


class SpecError(Exception):
    """The spec is broken; `generated/` is left as it was."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


class _PlainLoader(yaml.SafeLoader):
    """YAML 1.2's core schema: `2025-07-08`, `no`, `1_000` and `0090` stay the strings that were written."""


_PlainLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
):
    _PlainLoader.add_implicit_resolver(  # pyright: ignore[reportUnknownMemberType]
        f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first)
    )


@dataclass
class Source:
    """One file of the spec: its data, and the line each node stands on."""

    path: Path
    data: Any
    lines: dict[Pointer, int] = field(default_factory=dict[Pointer, int])

    def line(self, pointer: Pointer) -> int:
        """The line of the node at `pointer`, or of its nearest ancestor that has one."""
        while pointer and pointer not in self.lines:
            pointer = pointer[:-1]
        return self.lines.get(pointer, 1)

    def at(self, pointer: Pointer) -> Any:
        node = self.data
        for step in pointer:
            node = node[step]
        return node


class SpecFolder:
    """All files of one `spec/` folder, each read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: dict[Path, Source] = {}

    def relative(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def read(self, path: Path, *, asked_by: str = "") -> Source:
        path = path.resolve()
        if path not in self._read:
            if not path.is_relative_to(self.root):
                raise SpecError([f"{asked_by}: {path.name} lies outside the spec folder"])
            if not path.is_file():
                raise SpecError([f"{asked_by}: there is no file {self.relative(path)}"])
            self._read[path] = self._parse(path)
        return self._read[path]

    def where(self, path: Path, pointer: Pointer) -> str:
        """`spec/schemas/Paystub.yaml:12`, the way every problem is named."""
        return f"{self.root.name}/{self.relative(path)}:{self.read(path).line(pointer)}"

    def _parse(self, path: Path) -> Source:
        name = f"{self.root.name}/{self.relative(path)}"
        try:
            loader = _PlainLoader(path.read_text(encoding="utf-8"))
            node = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise SpecError([f"{name}:{mark.line + 1 if mark else 1}: {error.problem or error.context}"]) from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise SpecError([f"{name}:1: {error}"]) from error
        if node is None:
            raise SpecError([f"{name}:1: the file is empty"])
        source = Source(path, None)
        source.data = self._build(loader, node, (), source, name)
        return source

    def _build(self, loader: yaml.SafeLoader, node: yaml.Node, at: Pointer, source: Source, name: str) -> Any:
        source.lines[at] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            built: dict[str, Any] = {}
            for key_node, value in node.value:
                key = str(key_node.value)
                if key in built:
                    raise SpecError([f"{name}:{key_node.start_mark.line + 1}: `{key}` stands twice in one mapping"])
                built[key] = self._build(loader, value, (*at, key), source, name)
                source.lines[(*at, key)] = key_node.start_mark.line + 1
            return built
        if isinstance(node, yaml.SequenceNode):
            return [self._build(loader, item, (*at, index), source, name) for index, item in enumerate(node.value)]
        return cast(object, loader.construct_object(node))  # pyright: ignore[reportUnknownMemberType]
