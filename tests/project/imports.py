"""Read which modules a file imports, without running it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "pinwheel_api": ROOT / "generated" / "pinwheel_api",
    "pinwheel_overlays": ROOT / "overlays" / "pinwheel_overlays",
    "pinwheel_sandbox": ROOT / "sandbox" / "pinwheel_sandbox",
    "pinwheel_cli": ROOT / "cli" / "pinwheel_cli",
    "pinwheel_generator": ROOT / "generator" / "pinwheel_generator",
}


class Import(NamedTuple):
    """One import: the file, its line, and the absolute name of what is imported."""

    path: Path
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} imports {self.module}"

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


def imports_of(package: str) -> Iterator[Import]:
    """Every import in a package, at any depth of the code: in functions and under TYPE_CHECKING too."""
    folder = PACKAGES[package]
    paths = sorted(folder.rglob("*.py"))
    if not paths:
        raise FileNotFoundError(f"no Python file in {folder}")
    for path in paths:
        parents = (package, *path.relative_to(folder).parent.parts)
        for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
            yield from (Import(path, node.lineno, module) for module in _modules(node, parents))


def _modules(node: ast.AST, parents: tuple[str, ...]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = parents[: len(parents) - node.level + 1] if node.level else ()
        return [".".join((*base, node.module)) if node.module else ".".join(base)]
    if isinstance(node, ast.Call) and node.args and _is_import_call(node.func):
        name = node.args[0]
        # A name that is put together at run time cannot be read here; the lazy exports use relative ones, which stay
        # inside their package.
        if isinstance(name, ast.Constant) and isinstance(name.value, str) and not name.value.startswith("."):
            return [name.value]
    return []


def _is_import_call(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in {"import_module", "__import__"}
