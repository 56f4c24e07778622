"""What can be named of the package, out of its source: nothing is imported."""

from collections.abc import Iterator
from pathlib import Path

import griffe

Surface = dict[str, tuple[str, ...]]
PACKAGE = "pinwheel_api"


def read_surface(root: Path) -> Surface:
    """Every public object by its name, with a line for each of its members."""
    loader = griffe.GriffeLoader(search_paths=[root / "generated", root / "overlays"])
    for name in (PACKAGE, "pinwheel_overlays"):
        loader.load(name)
    reader = _Reader(loader)
    return dict(sorted(reader.everything()))


class _Reader:
    def __init__(self, loader: griffe.GriffeLoader) -> None:
        self._modules = loader.modules_collection

    def everything(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        package = self._modules[PACKAGE]
        versions = sorted(name for name in package.modules if name.startswith("v2"))
        for version in versions:
            yield from self._version(f"{PACKAGE}.{version}")
        newest = f"{PACKAGE}.{versions[-1]}."
        for name, alias in sorted(package.members.items()):
            if alias.is_alias and name in _exports(package) and not alias.target_path.startswith(newest):
                yield from self._object(f"{PACKAGE}.{name}", self._target(alias.target_path))

    def _version(self, path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        module = self._modules[path]
        for name, alias in sorted(self._modules[module.members["_names"].target_path].members.items()):
            if alias.is_alias:
                yield from self._object(f"{path}.{name}", self._target(alias.target_path))
        for client in ("Pinwheel", "AsyncPinwheel"):
            yield from self._tree(f"{path}.{client}", self._modules[f"{path}._client.{client}"])
        for events in ("events", "link"):
            shared = self._modules[f"{path}.{events}"].members["__all__"].target_path.removesuffix(".__all__")
            for name in sorted(_exports(self._modules[shared])):
                yield from self._object(f"{path}.{events}.{name}", self._target(f"{shared}.{name}"))

    def _target(self, path: str) -> griffe.Object | None:
        found = self._modules.get_member(path) if path in _Paths(self._modules) else None
        while found is not None and found.is_alias:
            target = found.target_path
            found = self._modules.get_member(target) if target in _Paths(self._modules) else None
        return found

    def _object(self, name: str, found: griffe.Object | None) -> Iterator[tuple[str, tuple[str, ...]]]:
        if found is None or found.is_module:
            yield name, ()
        elif found.is_class:
            yield name, tuple(self._lines(found))
        elif found.is_function:
            yield name, (_signature(name.rpartition(".")[2], found),)
        else:
            yield name, (f"{name.rpartition('.')[2]}: {found.annotation}",)

    def _lines(self, owner: griffe.Object) -> Iterator[str]:
        """The members of a class, those of its bases in this project included."""
        for base in reversed(owner.bases):
            path = getattr(base, "canonical_path", str(base))
            parent = self._target(path)
            if parent is not None and parent.is_class and parent.path != owner.path:
                yield from self._lines(parent)
        for name, member in owner.members.items():
            if _is_private(name) or member.is_alias:
                continue
            if member.is_function:
                yield _signature(name, member)
            elif member.is_attribute:
                yield _attribute(name, member)

    def _tree(self, name: str, client: griffe.Object) -> Iterator[tuple[str, tuple[str, ...]]]:
        """A client or a group of calls, and every group below it."""
        children: list[tuple[str, str]] = []
        lines: dict[str, str] = {}
        for owner in (*self._parents(client), client):
            for attribute, member in owner.members.items():
                if _is_private(attribute) or member.is_alias or attribute == "with_response":
                    continue  # with_response has the same calls with other answers
                if child := _child(member):
                    children.append((attribute, child))
                elif member.is_function:
                    lines[attribute] = _signature(attribute, member)
                elif member.is_attribute and member.annotation is not None:
                    lines[attribute] = _attribute(attribute, member)
        yield name, tuple(lines.values())
        for attribute, path in children:
            group = self._target(path)
            if group is not None:
                yield from self._tree(f"{name}.{attribute}", group)

    def _parents(self, owner: griffe.Object) -> Iterator[griffe.Object]:
        for base in owner.bases:
            parent = self._target(getattr(base, "canonical_path", str(base)))
            if parent is not None and parent.is_class:
                yield from self._parents(parent)
                yield parent


class _Paths:
    """Whether the loader has something."""

    def __init__(self, modules: griffe.ModulesCollection) -> None:
        self._modules = modules

    def __contains__(self, path: str) -> bool:
        try:
            self._modules.get_member(path)
        except (KeyError, griffe.AliasResolutionError):
            return False
        return True


def _is_private(name: str) -> bool:
    return name.startswith("_") and name != "__init__"


def _exports(module: griffe.Object) -> set[str]:
    return {str(name) for name in module.exports or ()}


def _child(member: griffe.Object) -> str:
    """The path of the class in `Child[Accounts]`."""
    annotation = member.annotation if member.is_attribute else None
    if annotation is None or not str(annotation).startswith("Child["):
        return ""
    return str(annotation.slice.canonical_path)


def _signature(name: str, function: griffe.Object) -> str:
    parts: list[str] = []
    kind = griffe.ParameterKind
    had_star = False
    for parameter in function.parameters:
        star = {kind.var_positional: "*", kind.var_keyword: "**"}.get(parameter.kind, "")
        had_star = had_star or star == "*"
        if parameter.kind is kind.keyword_only and not had_star:
            parts.append("*")
            had_star = True
        annotation = f": {parameter.annotation}" if parameter.annotation is not None else ""
        default = "" if parameter.default is None or star else f" = {parameter.default}"
        parts.append(f"{star}{parameter.name}{annotation}{default}")
    return f"def {name}({', '.join(parts)}) -> {function.returns}"


def _attribute(name: str, attribute: griffe.Object) -> str:
    annotation = f": {attribute.annotation}" if attribute.annotation is not None else ""
    if "property" in attribute.labels or attribute.value is None:
        return f"{name}{annotation}"
    if annotation:
        return f"{name}{annotation} = ..."
    # The value of an enum's member is what travels; that of another attribute is nobody's business.
    return f"{name} = {attribute.value}" if name.isupper() else name
