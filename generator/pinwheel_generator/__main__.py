"""`python -m pinwheel_generator bundle | regenerate | check | diff | new-version | compare`: see `--help`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from .build import build, bundle_all, read_versions, report
from .bundle import Bundle
from .compare import differences
from .document_diff import describe_trees, describe_versions
from .new_version import add_version
from .output import replace, write_document
from .source import SpecError, SpecFolder
from .vendor import report as report_drift
from .vendor.compare import drift
from .vendor.reading import read_document, version_of

FOLDERS = ("openapi", "changes", "upgrading", "pinwheel_api")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="pinwheel_generator", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the checkout (default: the current folder)")
    commands = parser.add_subparsers(dest="command", required=True)
    only = commands.add_parser("bundle", help="write only the OpenAPI documents")
    only.add_argument("--to", type=Path, help="where to (default: generated/openapi)")
    commands.add_parser("regenerate", help="make generated/ anew")
    commands.add_parser("check", help="fail, with a diff, when generated/ is not what spec/ makes")
    diff = commands.add_parser("diff", help="what changed between two versions, or two generated trees")
    diff.add_argument("old", help="a version (2023-11-22) or a folder that holds a generated tree")
    diff.add_argument("new")
    add = commands.add_parser("new-version", help="add the next version: for now it differs in nothing")
    add.add_argument("date", help="such as 2027-01-15")
    against = commands.add_parser("compare", help="where the spec differs from an OpenAPI document of Pinwheel's")
    against.add_argument("document", help="a file, JSON or YAML, or an https:// address")
    against.add_argument("--against", help="a version of the spec (default: the document's own, else the newest)")
    against.add_argument("--open", type=int, metavar="NUMBER", help="open the spec where a new difference is")
    against.add_argument("--json", action="store_true", help="print everything as JSON")
    chosen = parser.parse_args(arguments)
    root: Path = chosen.root.resolve()
    try:
        if chosen.command == "bundle":
            return _bundle(root, (chosen.to or root / "generated" / "openapi").resolve())
        if chosen.command == "diff":
            return _diff(root, chosen.old, chosen.new)
        if chosen.command == "compare":
            return _compare(root, chosen.document, chosen.against, chosen.open, as_json=chosen.json)
        if chosen.command == "new-version":
            return _new_version(root, chosen.date)
        return _regenerate(root) if chosen.command == "regenerate" else _check(root)
    except SpecError as error:
        return report(error)


def _bundle(root: Path, target: Path) -> int:
    spec = SpecFolder((root / "spec").resolve())
    for version, bundle in bundle_all(spec, print).items():
        write_document(spec, target, version, bundle.document, bundle.sources)
    return 0


def _regenerate(root: Path) -> int:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        build(root, Path(folder), print)
        for name in FOLDERS:
            replace(Path(folder) / name, root / "generated" / name)
    print(f"generated/ is made anew in {time.monotonic() - started:.1f} s")
    return 0


def _new_version(root: Path, new: str) -> int:
    written = add_version(root, new)
    print("\n".join(f"  {name}" for name in written))
    done = _regenerate(root)
    print(f"{new} is there. Next: docs/new-version.md tells how to say what it changes.")
    return done


def _compare(root: Path, document: str, against: str | None, number: int | None, *, as_json: bool) -> int:
    spec = SpecFolder((root / "spec").resolve())
    read = read_document(document)
    versions = [version.date for version in read_versions(spec)]
    version = against or (version_of(read) if version_of(read) in versions else versions[-1])
    if version not in versions:
        raise SpecError([f"there is no version {version}; there are {', '.join(versions)}"])
    found = drift(read, spec, Bundle(spec, version))
    if number is not None:
        if not 0 < number <= len(found.new):
            raise SpecError([f"there is no new difference {number}; there are {len(found.new)}"])
        return report_drift.open_place(root, found.new[number - 1])
    print(report_drift.as_json(found) if as_json else report_drift.text(found), end="")
    return 1 if found.new else 0


def _check(root: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        build(root, Path(folder), print)
        found = [
            problem
            for name in FOLDERS
            for problem in differences(Path(folder) / name, root / "generated" / name, f"generated/{name}")
        ]
    if found:
        print("\n".join(found), file=sys.stderr)
        print(f"{len(found)} file(s) of generated/ are not what spec/ makes; run nox -s regenerate", file=sys.stderr)
        return 1
    print("generated/ is in sync with spec/")
    return 0


def _diff(root: Path, old: str, new: str) -> int:
    documents = root / "generated" / "openapi"
    if (documents / f"{old}.json").is_file() and (documents / f"{new}.json").is_file():
        lines = describe_versions(documents / f"{old}.json", documents / f"{new}.json")
    elif Path(old).is_dir() and Path(new).is_dir():
        lines = describe_trees(Path(old), Path(new))
    else:
        known = ", ".join(sorted(path.stem for path in documents.glob("*.json")))
        print(f"{old} and {new} must both be versions ({known}) or both be folders", file=sys.stderr)
        return 2
    print("\n".join(lines) or "nothing differs")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
