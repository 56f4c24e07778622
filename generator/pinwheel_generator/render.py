"""Templates + shapes → the text of every generated Python file. Nothing here touches the disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.parser import GeneratorData

from . import names, wording
from .lifts import Lifts
from .parse import CONFIG
from .shapes import Enum, Model, Ref, Resource

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Version:
    date: str
    status: str
    summary: str

    @property
    def package(self) -> str:
        return names.package(self.date)


class PinwheelProject(Project):
    """openapi-python-client's project with our files instead of its fixed list of them."""

    def __init__(self, data: GeneratorData) -> None:
        super().__init__(openapi=data, config=CONFIG, custom_template_path=TEMPLATES)
        filters: dict[str, Any] = self.env.filters
        for function in (
            wording.docstring,
            wording.literal,
            wording.mapping,
            wording.set_literal,
            wording.default_value,
            wording.method_doc,
            wording.attribute_doc,
        ):
            filters[function.__name__] = function

    def _draw(self, template: str, **values: Any) -> str:
        return self.env.get_template(f"{template}.py.jinja").render(**values)

    def enum(self, enum: Enum) -> str:
        return self._draw("enum", enum=enum)

    def model(self, model: Model) -> str:
        return self._draw("model", model=model)

    def resource(self, resource: Resource) -> str:
        return self._draw("resource", resource=resource)

    def client(self, version: Version, root: Resource) -> str:
        return self._draw("client", version=version, root=root)

    def client_like(self, twin: Version, version: Version) -> str:
        return self._draw("client_twin", twin=twin, version=version)

    def names(self, version: Version, models: list[Ref]) -> str:
        return self._draw("names", version=version, models=models, names=sorted(ref.name for ref in models))

    def version_init(self, version: Version, like: Version) -> str:
        """`like`: the oldest version with the same objects, perhaps itself."""
        return self._draw("version_init", version=version, like=like)

    def models_init(self, models: list[Ref]) -> str:
        return self._draw("models_init", models=models)

    def package_init(self, newest: Version, older: Version, models: list[Ref], overlays: list[Ref]) -> str:
        exported = sorted({"AsyncPinwheel", "Pinwheel", "events", "link", *(ref.name for ref in models)})
        everything = sorted({*exported, *(ref.name for ref in overlays)})
        return self._draw(
            "package_init",
            newest=newest,
            older=older,
            names=exported,
            overlays=overlays,
            all=everything,
        )

    def documents(self) -> str:
        return self._draw("documents")

    def lift(self, newest: Version, lifts: Lifts, sent: list[str]) -> str:
        """`sent`: the objects that are only sent, of which none is stored."""
        return self._draw("lift", newest=newest, lifts=lifts, sent=sent)

    def versions(self, versions: list[Version]) -> str:
        return self._draw("versions", versions=versions)

    def webhooks(self, modules: list[tuple[str, str]], dates: dict[str, list[str]]) -> str:
        """`modules`: since when, and its name; `dates`: the versions that each of them is for."""
        return self._draw("webhooks", modules=modules, dates=dates)
