"""All versions together: a schema file is one class, and resources that read the same are one module."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import names
from .bundle import Bundle
from .calls import read_resources
from .events import EventModule
from .models import answer_schemas, modules, read_enums, read_models, request_schemas
from .parse import parse
from .render import PinwheelProject, Version
from .shapes import Ref, Resource
from .source import SpecError
from .types import Types
from .wording import docstring

_ANY = Version("0000-00-00", "", "")  # to see whether two versions differ in anything but their own name
PURPOSE = {"events": "The webhook events", "link": "What the front end reports from Link, for backends"}


@dataclass
class Generated:
    """One file to be: its text, and the spec files it was made from."""

    text: str
    sources: tuple[str, ...]


@dataclass
class Catalogue:
    """Files by their path in `generated/pinwheel_api/`."""

    files: dict[str, Generated] = field(default_factory=dict[str, Generated])
    _resources: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict[tuple[str, ...], dict[str, str]])
    models: dict[str, list[Ref]] = field(default_factory=dict[str, list[Ref]])
    project: PinwheelProject | None = None
    _received: set[str] = field(default_factory=set[str])
    _asked: set[str] = field(default_factory=set[str])
    _twins: dict[str, Version] = field(default_factory=dict[str, Version])

    @property
    def drawn(self) -> PinwheelProject:
        """The project of the last version that was added."""
        if self.project is None:
            raise SpecError(["versions.yaml names no version"])
        return self.project

    @property
    def sent(self) -> set[str]:
        """The objects that are only sent, in every version."""
        return self._asked - self._received

    def add(self, bundle: Bundle, version: Version) -> None:
        document = bundle.document
        data = parse(document, version.date)
        self.project = project = PinwheelProject(data)
        types = Types(modules(document))
        models = read_models(data, document, types, request_schemas(document))
        self._received |= answer_schemas(document)
        self._asked |= request_schemas(document) & models.keys()
        classes = [*((m.ref, m.source, project.model(m)) for m in models.values())]
        classes += [(e.ref, e.source, project.enum(e)) for e in read_enums(data, document, types)]
        for ref, source, text in classes:
            self._put(f"_models/{ref.module}.py", text, (source,), version)
        root = read_resources(data, document, types, models)
        for child in root.children.values():
            self._resource(child, version, project)
        self._client(version, project, root)
        models_here = sorted((ref for ref, _, _ in classes), key=lambda ref: ref.name)
        self.models[version.date] = models_here
        self._names(version, project, models_here)

    def _client(self, version: Version, project: PinwheelProject, root: Resource) -> None:
        """The client classes; those of a version that changed no call have nothing of their own but the version."""
        twin = self._twins.setdefault(project.client(_ANY, root), version)
        text = project.client(version, root) if twin is version else project.client_like(twin, version)
        self._put(f"{version.package}/_client.py", text, (f"{version.date}.yaml",), version)

    def _names(self, version: Version, project: PinwheelProject, models: list[Ref]) -> None:
        """What the package of a version offers; one that changed no object takes the list of an older one."""
        like = self._twins.setdefault(project.names(_ANY, models), version)
        sources = (f"{version.date}.yaml",)
        if like is version:
            self._put(f"_names/{version.package}.py", project.names(version, models), sources, version)
        self._put(f"{version.package}/__init__.py", project.version_init(version, like), sources, version)

    def add_events(self, modules: list[EventModule], versions: list[Version]) -> None:
        """One module a root of `spec/events/`; each version's `events` and `link` lead to the ones of its time."""
        for module in modules:
            self.files[f"_events/{module.name}.py"] = Generated(module.render(), tuple(sorted(module.sources)))
        dates: dict[str, list[str]] = {}
        for version in versions:
            for name, stem in (("events", "webhooks"), ("link", "link")):
                usable = [m for m in modules if m.stem == stem and m.date <= version.date]
                if not usable:
                    raise SpecError([f"{version.date}: there is no events/{stem}.yaml"])
                found = usable[-1]
                if name == "events":
                    dates.setdefault(found.name, []).append(version.date)
                doc = docstring(f"{PURPOSE[name]} of Pinwheel-Version {version.date}.", 0)
                imported = (
                    f"from .._events.{found.name} import *\nfrom .._events.{found.name} import __all__ as __all__\n"
                )
                self.files[f"{version.package}/{name}.py"] = Generated(
                    f"{doc}\n\n{imported}", (f"{version.date}.yaml",)
                )

        text = self.drawn.webhooks([(served[0], name) for name, served in dates.items()], dates)
        self.files["webhooks.py"] = Generated(text, ("versions.yaml",))

    def _resource(self, resource: Resource, version: Version, project: PinwheelProject) -> None:
        """Children first: a parent names their modules. Text that an older version has already is shared with it."""
        for child in resource.children.values():
            self._resource(child, version, project)
        text = project.resource(resource)
        known = self._resources.setdefault(resource.path, {})
        if text not in known:
            stem = "_".join(resource.path)
            known[text] = f"{stem}_{names.dated(version.date)}" if known else stem
            sources = tuple(sorted({op.source for op in resource.operations}))
            self._put(f"_resources/{known[text]}.py", text, sources or (f"{version.date}.yaml",), version)
        resource.module = known[text]

    def _put(self, path: str, text: str, sources: tuple[str, ...], version: Version) -> None:
        known = self.files.get(path)
        if known is not None and known.text != text:
            rule = "a file that a version changed is named with that version's date, and so is each that refers to it"
            raise SpecError([f"{version.date}: {', '.join(sources)} reads otherwise than in an older version; {rule}"])
        self.files[path] = Generated(text, sources)
