"""Root documents with file references → self-contained OpenAPI documents.

What the bundle adds to what was written by hand, and nothing else:

* every referenced file becomes a component named after the file (`schemas/Paystub.2022-03-02.yaml` → `Paystub`) with an
  `x-source` that names the file: the generator takes equal sources for one class;
* enum values are sorted, so that a change of order is no change;
* enums are opened wherever the service may send them: Pinwheel counts a new value as compatible, so in an answer a
  `$ref` to an enum becomes `anyOf: [the enum, any string]`; in requests the enum stays closed;
* `x-one-of-required` is spelled out in JSON Schema for tools that do not know the extension.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .source import Pointer, SpecError, SpecFolder
from .tree import Json, component, is_enum, is_list, is_mapping, operations

# The folder of a file says which kind of component it is. Path items go into the document where they are named.
KINDS = {
    "schemas": "schemas",
    "events": "schemas",
    "parameters": "parameters",
    "responses": "responses",
    "headers": "headers",
}
INLINE = "paths"
_ANY_STRING: Json = {"type": "string"}


class Bundle:
    """One version's document, and the way back from each of its nodes to the file it was written in."""

    def __init__(self, spec: SpecFolder, version: str) -> None:
        self.spec = spec
        self.version = version
        self.root = spec.root / f"{version}.yaml"
        self.components: dict[str, dict[str, Any]] = {}
        self.origins: dict[Pointer, tuple[Path, Pointer]] = {(): (self.root, ())}
        self.problems: list[str] = []
        self.sources: set[str] = {spec.relative(self.root)}
        written = spec.read(self.root, asked_by=f"spec/versions.yaml names {version}").data
        if not is_mapping(written):
            raise SpecError([f"{spec.where(self.root, ())}: an OpenAPI document is a mapping"])
        document = self._resolve(written, self.root, (), ())
        for kind, members in self.components.items():
            own = document.setdefault("components", {}).setdefault(kind, {})
            own.update(members)
        if self.problems:
            raise SpecError(self.problems)
        parts = document.get("components", {})
        document["components"] = {kind: dict(sorted(parts[kind].items())) for kind in sorted(parts)}
        _sort_enums(document)
        _open_enums(document)
        _spell_out_one_of(document)
        self.document: Json = document

    def where(self, at: Pointer) -> str:
        """File and line of a node of the bundle."""
        rest: Pointer = ()
        while at not in self.origins:
            at, rest = at[:-1], (at[-1], *rest)
        path, pointer = self.origins[at]
        return self.spec.where(path, (*pointer, *rest))

    def _resolve(self, node: Any, path: Path, pointer: Pointer, at: Pointer) -> Any:
        """`node` stands at `pointer` of `path` and goes to `at` of the bundle."""
        if is_list(node):
            return [self._resolve(item, path, (*pointer, i), (*at, i)) for i, item in enumerate(node)]
        if not is_mapping(node):
            return node
        if isinstance(node.get("$ref"), str):
            return self._follow(node, path, pointer, at)
        return {key: self._resolve(value, path, (*pointer, key), (*at, key)) for key, value in node.items()}

    def _follow(self, node: Json, path: Path, pointer: Pointer, at: Pointer) -> Any:
        asked_by = self.spec.where(path, (*pointer, "$ref"))
        file, _, fragment = node["$ref"].partition("#")
        if not file and path == self.root:
            return node  # a reference inside the root document is one inside the bundle
        target = (path.parent / file).resolve() if file else path
        source = self.spec.read(target, asked_by=asked_by)
        self.sources.add(self.spec.relative(target))
        inner: Pointer = tuple(part.replace("~1", "/").replace("~0", "~") for part in fragment.split("/")[1:])
        try:
            found = source.at(inner)
        except (KeyError, TypeError, IndexError):
            self.problems.append(f"{asked_by}: {self.spec.relative(target)} has nothing at #{fragment}")
            return node
        folder = self.spec.relative(target).split("/")[0]
        siblings = {k: v for k, v in node.items() if k != "$ref"}
        if folder == INLINE:
            self.origins[at] = (target, inner)
            resolved = self._resolve(found, target, inner, at)
            if at[0] == "paths" and len(at) == 2:
                resolved = {"x-source": self.spec.relative(target), **resolved}
            return {**resolved, **siblings}
        kind = KINDS.get(folder)
        if kind is None:
            self.problems.append(f"{asked_by}: a reference leads to {'/, '.join(sorted(KINDS))}/ or {INLINE}/")
            return node
        name = self._component(kind, target, inner, found, asked_by)
        return {"$ref": f"#/components/{kind}/{name}", **self._resolve(siblings, path, pointer, at)}

    def _component(self, kind: str, target: Path, inner: Pointer, found: Any, asked_by: str) -> str:
        name = str(inner[-1]) if inner else target.name.split(".")[0]
        label = self.spec.relative(target) + ("#/" + "/".join(map(str, inner)) if inner else "")
        members = self.components.setdefault(kind, {})
        if name not in members:
            at: Pointer = ("components", kind, name)
            self.origins[at] = (target, inner)
            members[name] = {"x-source": label}  # stands first, so that a recursive reference ends here
            resolved = self._resolve(found, target, inner, at)
            if not is_mapping(resolved):
                self.problems.append(f"{self.spec.where(target, inner)}: a {kind[:-1]} is a mapping")
                return name
            members[name].update(resolved)
        elif members[name].get("x-source") != label:
            other = members[name]["x-source"]
            self.problems.append(f"{asked_by}: {self.version} would have two {name}: {other} and {label}")
        return name


def _sort_enums(node: Any) -> None:
    if is_mapping(node):
        if is_list(node.get("enum")) and "properties" not in node:
            node["enum"] = sorted(node["enum"], key=str)
        for value in node.values():
            _sort_enums(value)
    elif is_list(node):
        for item in node:
            _sort_enums(item)


def _open_enums(document: Json) -> None:
    """Open each enum that an answer or a delivery can hold."""
    seen: set[str] = set()

    def visit(node: Any) -> None:
        if is_list(node):
            for item in node:
                visit(item)
        elif is_mapping(node):
            for key, value in node.items():
                node[key] = _branches(document, value) if key == "anyOf" else _opened(document, value)
                visit(node[key])
            if title := _title(document, node.get("anyOf")):
                node["title"] = title
            ref = node.get("$ref")
            if isinstance(ref, str) and ref not in seen:
                seen.add(ref)
                visit(component(document, ref))

    for item in document.get("paths", {}).values():
        for operation in operations(item).values():
            visit(operation.get("responses", {}))
    for item in document.get("webhooks", {}).values():
        visit(item)


def _refers_to_enum(document: Json, node: Any) -> bool:
    ref = node.get("$ref") if is_mapping(node) else None
    return isinstance(ref, str) and ref.startswith("#/components/schemas/") and is_enum(component(document, ref))


def _opened(document: Json, node: Any) -> Any:
    if not _refers_to_enum(document, node):
        return node
    siblings = {key: value for key, value in node.items() if key != "$ref"}
    opened = [{"$ref": node["$ref"]}, dict(_ANY_STRING)]
    return {**siblings, "title": _title(document, opened), "anyOf": opened}


def _branches(document: Json, branches: list[Any]) -> list[Any]:
    """The branches of an `anyOf`: an enum among them gets "any string" right behind it, once."""
    out: list[Any] = []
    for branch in branches:
        out.append(branch)
        if _refers_to_enum(document, branch) and _ANY_STRING not in branches:
            out.append(dict(_ANY_STRING))
    return out


def _title(document: Json, branches: Any) -> str | None:
    """A name for an opened enum. Generators of other languages would call that of `Job.name` JobName, like the enum."""
    if not is_list(branches) or _ANY_STRING not in branches:
        return None
    for branch in branches:
        if _refers_to_enum(document, branch):
            name = branch["$ref"].rpartition("/")[2]
            return f"Any{name}OrNull" if {"type": "null"} in branches else f"Any{name}"
    return None


def _spell_out_one_of(document: Json) -> None:
    for schema in document["components"].get("schemas", {}).values():
        groups = schema.get("x-one-of-required")
        if groups:
            needs = [{"anyOf": [{"required": [name]} for name in group]} for group in groups]
            # One condition, however many groups: openapi-ts writes TypeScript that does not compile for three of them.
            schema["allOf"] = needs if len(needs) == 1 else [{"allOf": needs}]
