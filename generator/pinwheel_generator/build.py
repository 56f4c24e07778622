"""From `spec/` to a complete `generated/` tree in a folder of one's choice."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from .bundle import Bundle
from .catalogue import Catalogue, Generated
from .change_log import read_change_log, sources_of
from .events import event_modules
from .lint import lint
from .output import write_document, write_package
from .public import PUBLIC
from .render import Version
from .shapes import Ref
from .source import SpecError, SpecFolder
from .upgrading import write_upgrading

Say = Callable[[str], None]


def say_nothing(_: str) -> None:
    """For callers that want no progress."""


def read_versions(spec: SpecFolder) -> list[Version]:
    rows = spec.read(spec.root / "versions.yaml", asked_by="every build").data["versions"]
    return [Version(str(row["version"]), row["status"], " ".join(row["summary"].split())) for row in rows]


def bundle_all(spec: SpecFolder, say: Say = say_nothing) -> dict[str, Bundle]:
    """Bundle and check every version; all problems of a version are told at once."""
    bundles: dict[str, Bundle] = {}
    for version in read_versions(spec):
        bundle = Bundle(spec, version.date)
        problems = lint(bundle) or [
            f"{bundle.where(tuple(error.absolute_path))}: {error.message:.300}"
            for error in OpenAPIV31SpecValidator(bundle.document).iter_errors()
        ]
        if problems:
            raise SpecError(problems)
        bundles[version.date] = bundle
        say(f"{version.date}  {len(bundle.document['paths']):3} paths  {len(bundle.components['schemas']):3} schemas")
    return bundles


def build(root: Path, target: Path, say: Say = say_nothing) -> None:
    """Make everything anew below `target`; nothing of `root` but `spec/` is read."""
    spec = SpecFolder((root / "spec").resolve())
    bundles = bundle_all(spec, say)
    versions = read_versions(spec)
    log = read_change_log(spec, bundles, versions)
    write_upgrading(spec, target, bundles, log.steps)
    catalogue = Catalogue()
    for version in versions:
        bundle = bundles[version.date]
        write_document(spec, target / "openapi", version.date, bundle.document, bundle.sources)
        catalogue.add(bundle, version)
    catalogue.add_events(event_modules(spec), versions)
    _add_package_files(catalogue, versions)
    logs = tuple(name for version in versions for name in sorted(sources_of(spec, version.date)))
    text = catalogue.drawn.lift(versions[-1], log.lifts, sorted(catalogue.sent))
    catalogue.files["_lift.py"] = Generated(text, ("versions.yaml", *logs))
    package = target / "pinwheel_api"
    write_package(spec, package, catalogue.files)
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in package.rglob("*.py"))
    say(f"{len(catalogue.files)} Python files, {lines} lines for {len(versions)} versions")


def _add_package_files(catalogue: Catalogue, versions: list[Version]) -> None:
    newest, older, project = versions[-1], versions[-2], catalogue.drawn
    overlays = sorted(
        (Ref(module, name) for module, group in PUBLIC.items() for name in group), key=lambda ref: ref.name
    )
    undated = {ref for models in catalogue.models.values() for ref in models if not ref.dated}
    if taken := {ref.name for ref in overlays} & {ref.name for ref in catalogue.models[newest.date]}:
        raise SpecError([f"schemas may not be called {', '.join(sorted(taken))}: pinwheel_api has these names already"])
    init = project.package_init(newest, older, catalogue.models[newest.date], overlays)
    catalogue.files["__init__.py"] = Generated(init, ("versions.yaml",))
    catalogue.files["_versions.py"] = Generated(project.versions(versions), ("versions.yaml",))
    catalogue.files["_documents.py"] = Generated(project.documents(), ("versions.yaml",))
    catalogue.files["_models/__init__.py"] = Generated(project.models_init(sorted(undated)), ("versions.yaml",))
    for folder in ("_events", "_names", "_resources"):
        text = '"""Shared by the versions that have them; import from `pinwheel_api` or a version of it instead."""\n'
        catalogue.files[f"{folder}/__init__.py"] = Generated(text, ("versions.yaml",))


def report(error: SpecError) -> int:
    """Tell every problem; 1 is the exit code of a broken spec."""
    for problem in error.problems:
        print(problem, file=sys.stderr)
    print(f"{len(error.problems)} problem(s); generated/ is left as it was", file=sys.stderr)
    return 1
