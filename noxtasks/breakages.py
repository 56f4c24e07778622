"""Two surfaces beside each other: what a program written against the older one may miss in the newer one."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import griffe

Surface = Mapping[str, tuple[str, ...]]


class Breakage(NamedTuple):
    """Something that a program may rely on, and that is not as it was."""

    path: str
    """`pinwheel_api.v2025_07_08.JobParams.amount`."""
    text: str

    @property
    def short(self) -> str:
        """`JobParams.amount`."""
        return ".".join(self.path.split(".")[-2:])

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


def broken(old: Surface, new: Surface) -> Iterator[Breakage]:
    """Everything that broke, by name."""
    for name in sorted(old):
        if name not in new:
            yield Breakage(name, "is gone")
        elif old[name] != new[name]:
            yield from _members(name, _by_name(old[name]), _by_name(new[name]))


def _by_name(lines: tuple[str, ...]) -> dict[str, str]:
    """`def get(self, id: str) -> Job` is `get`, `amount: int | None = ...` is `amount`."""
    return {line.removeprefix("def ").partition("(")[0].partition(":")[0].partition(" =")[0]: line for line in lines}


def _members(owner: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Breakage]:
    for name, line in old.items():
        path = f"{owner}.{name}" if name != owner.rpartition(".")[2] else owner
        if name not in new:
            yield Breakage(path, "is gone")
        elif line != new[name]:
            yield from _member(path, line, new[name])


def _member(path: str, old: str, new: str) -> Iterator[Breakage]:
    if old.startswith("def ") and new.startswith("def "):
        before, after = _function(old), _function(new)
        for breakage in griffe.find_breaking_changes(_module(old), _module(new)):
            yield Breakage(path, _told(breakage))
        for parameter in before.parameters:
            if parameter.name in after.parameters:
                now = after.parameters[parameter.name]
                if str(parameter.annotation) != str(now.annotation):
                    yield Breakage(path, f"{parameter.name} takes {now.annotation}, took {parameter.annotation}")
        if str(before.returns) != str(after.returns):
            yield Breakage(path, f"returns {after.returns}, returned {before.returns}")
    elif f"{old} = ..." != new:  # a field that gets a default is no harm
        yield Breakage(path, f"is `{new}`, was `{old}`")


def _told(breakage: Any) -> str:
    about = breakage.new_value if breakage.old_value is None else breakage.old_value
    kind = str(breakage.kind.value)
    return f"{about.name}: {kind}" if isinstance(about, griffe.Parameter) else kind


def _module(line: str) -> griffe.Module:
    return griffe.visit("surface", Path("surface.py"), f"{line}: ...\n")


def _function(line: str) -> griffe.Function:
    (function,) = _module(line).functions.values()
    return function
