"""`spec/events/` → msgspec Structs, by datamodel-code-generator.

Each root of `spec/events/` (`webhooks.yaml`, `webhooks.2023-11-22.yaml`, `link.yaml`) is a union of events and becomes
one module. As everywhere a file is a class: what a dated root shares with an older one is imported from there, and
schemas of the REST objects are the classes of `_models/`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import names
from .models import provenance, sentence, words
from .source import Pointer, SpecError, SpecFolder
from .tree import Json, is_list, is_mapping
from .wording import docstring, literal, set_literal

BASE = "pinwheel_overlays.event_model.EventModel"
SCALARS = {
    "date-time": ("Timestamp", "pinwheel_overlays.model.Timestamp"),
    "date": ("Date", "datetime.date"),
}
OPTIONS = (
    "--input-file-type=jsonschema",
    "--output-model-type=msgspec.Struct",
    "--target-python-version=3.11",
    "--formatters=builtin",
    "--use-msgspec-tagged-unions",
    "--keyword-only",
    "--disable-timestamp",
    "--use-schema-description",
    "--use-single-line-docstring",
    "--keep-model-order",
    f"--base-class={BASE}",
)
# A field that may be missing reads as None, like everywhere else in the package.
_UNSET = (
    (re.compile(r"(\| None)? \| UnsetType = UNSET"), " | None = None"),
    (re.compile(r"(\| None)? \| UnsetType = field\((.*), default=UNSET\)"), r" | None = field(\2, default=None)"),
)


class EventModule:
    """One root of `spec/events/`: its JSON Schema document, and the Python module made of it."""

    def __init__(self, spec: SpecFolder, path: Path, older: list[EventModule]) -> None:
        self.spec = spec
        self.path = path
        self.name = names.model_module(spec.relative(path))
        self.stem, _, self.date = path.name.removesuffix(".yaml").partition(".")
        self.sources: set[str] = {spec.relative(path)}
        self.classes: dict[str, str] = {}  # class → the file it was written in
        self.imported: dict[str, str] = {}  # class → where it is defined already
        self.definitions: dict[str, Json] = {}
        self._older = older
        source = spec.read(path, asked_by="the event roots")
        self.document: Json = {**self._resolve(source.data, path, ()), "$defs": self.definitions}

    def _resolve(self, node: Any, path: Path, pointer: Pointer) -> Any:
        if is_list(node):
            return [self._resolve(item, path, (*pointer, index)) for index, item in enumerate(node)]
        if not is_mapping(node):
            return node
        if "$ref" in node:
            return {"$ref": f"#/$defs/{self._follow(str(node['$ref']), path, pointer)}"}
        if node.get("format") in SCALARS:
            return self._scalar(node)
        return {key: self._resolve(value, path, (*pointer, key)) for key, value in node.items()}

    def _scalar(self, node: Json) -> Json:
        """Dates become classes of ours: the tool would leave them strings."""
        name, python = SCALARS[node["format"]]
        self.imported[name] = python
        self.definitions[name] = {"type": "object"}
        ref: Json = {"$ref": f"#/$defs/{name}"}
        nullable = is_list(node["type"]) and "null" in node["type"]
        return {"anyOf": [ref, {"type": "null"}]} if nullable else ref

    def _follow(self, ref: str, path: Path, pointer: Pointer) -> str:
        target = (path.parent / ref).resolve()
        source = self.spec.read(target, asked_by=self.spec.where(path, (*pointer, "$ref")))
        label = self.spec.relative(target)
        name = target.name.split(".")[0]
        if name in self.classes or name in self.imported:
            return name
        self.sources.add(label)
        known = next((module for module in self._older if module.classes.get(name) == label), None)
        if label.startswith("schemas/"):
            self.imported[name] = f"pinwheel_api._models.{names.model_module(label)}.{name}"
            self.definitions[name] = {"type": "object"}
        elif known:
            self.imported[name] = f"pinwheel_api._events.{known.name}.{name}"
            # The tool reads the tag of an event off its definition, even of one that it does not write.
            self.definitions[name] = {
                "type": "object",
                "properties": _tag(source.data),
                "required": _needed(source.data),
            }
        else:
            self.classes[name] = label
            self.definitions[name] = {}  # stands first, so that a recursive reference ends here
            self.definitions[name] = self._definition(source.data, target)
        return name

    def _definition(self, schema: Json, path: Path) -> Json:
        """The schema with its property descriptions moved into the class's own, as docstrings are written here."""
        properties: dict[str, Json] = schema.get("properties", {})
        lines = [sentence(schema)]
        if not _tag(schema):  # an event is its name, its id and a payload: only the payload needs words
            lines += ["", "Attributes:", *(f"    {key}: {words(raw)}" for key, raw in properties.items())]
            lines += ["", f"Source: {provenance(schema)}"]
        bare = {key: _bare(raw) for key, raw in properties.items()}
        return {
            "type": "object",
            "description": "\n".join(lines),
            "properties": self._resolve(bare, path, ("properties",)),
            "required": schema.get("required", []),
        }

    def pii(self, name: str) -> list[str]:
        source = self.spec.read(self.spec.root / self.classes[name], asked_by=name)
        return sorted(key for key, raw in source.data.get("properties", {}).items() if raw.get("x-pii"))

    def render(self) -> str:
        """The module's text."""
        with tempfile.TemporaryDirectory() as folder:
            given, made = Path(folder) / f"{self.name}.json", Path(folder) / "made.py"
            given.write_text(json.dumps(self.document), encoding="utf-8")
            overrides = f"--type-overrides={json.dumps(self.imported)}"
            command = [sys.executable, "-m", "datamodel_code_generator", *OPTIONS, overrides]
            done = subprocess.run(
                [*command, "--input", str(given), "--output", str(made)], capture_output=True, text=True, check=False
            )
            if done.returncode or "Warning" in done.stderr:
                raise SpecError([f"{self.spec.relative(self.path)}: datamodel-code-generator: {done.stderr}"])
            body = made.read_text(encoding="utf-8")
        return self._finish(body)

    def _finish(self, body: str) -> str:
        body = "\n".join(line for line in body.splitlines() if not line.startswith("#")).strip() + "\n"
        body = body.replace("kw_only=True", "frozen=True, kw_only=True")  # type checkers want it said again
        for pattern, replacement in _UNSET:
            body = pattern.sub(replacement, body)
        for name in self.classes:
            if hidden := self.pii(name):
                ending = re.compile(rf'(class {name}\(.*?\n    """\n.*?    """\n)', re.DOTALL)
                body = ending.sub(
                    rf"\1\n    __pii__: ClassVar[frozenset[str]] = frozenset({set_literal(hidden)})\n", body
                )
        # The union is written by us: the tool would wrap it into metadata.
        title, members = (
            str(self.document["title"]),
            [branch["$ref"].rpartition("/")[2] for branch in self.document["oneOf"]],
        )
        body = re.sub(rf"^{title}: TypeAlias = Annotated\[\n.*?^\]\n", "", body, flags=re.DOTALL | re.MULTILINE)
        union = " | ".join(members)
        exported = sorted({*self.classes, title, *self._shared()})
        head, tail = body.split("from __future__ import annotations\n", 1)
        return (
            f"{head}{docstring(sentence(self.document), 0)}\n\nfrom __future__ import annotations\n\n"
            f"from typing import ClassVar, TypeAlias\n{tail}{title}: TypeAlias = {union}\n"
            f'"""Every event of this module; an event of tomorrow is none of them."""\n\n'
            f"__all__ = [{', '.join(map(literal, exported))}]\n"
        )

    def _shared(self) -> set[str]:
        return {name for name, python in self.imported.items() if "._events." in python}


def _bare(raw: Json) -> Json:
    return {key: value for key, value in raw.items() if key != "description" and not key.startswith("x-")}


def _tag(schema: Json) -> Json:
    """The property that names the event, where the schema is one."""
    return {key: raw for key, raw in schema.get("properties", {}).items() if "const" in raw}


def _needed(schema: Json) -> list[str]:
    return [key for key in schema.get("required", []) if key in _tag(schema)]


def event_modules(spec: SpecFolder) -> list[EventModule]:
    """Every root below `spec/events/`, older ones first."""
    modules: list[EventModule] = []
    for path in sorted((spec.root / "events").glob("*.yaml"), key=lambda path: path.name.removesuffix(".yaml")):
        if "oneOf" in spec.read(path.resolve(), asked_by="spec/events").data:
            modules.append(EventModule(spec, path.resolve(), list(modules)))
    return modules
