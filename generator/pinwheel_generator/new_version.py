"""The next version, as a copy of the newest: it exists everywhere and differs in nothing, until its spec says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from . import names
from .build import read_versions
from .source import SpecError, SpecFolder

# Written by hand, and has a line for each version. A line that names the newest version is repeated for the next one.
_LISTS = ("overlays/pinwheel_overlays/redaction.py", "sandbox/pinwheel_sandbox/sandbox.py")
_TEST = Path(__file__).parent / "templates" / "version_test.py.txt"


def add_version(root: Path, new: str) -> list[str]:
    """Write what is written by hand of a version; the files that were written or changed."""
    spec = SpecFolder((root / "spec").resolve())
    versions = [version.date for version in read_versions(spec)]
    newest = versions[-1]
    if problem := _unfit(new, newest):
        raise SpecError([f"{new!r} cannot be the next version: {problem}"])
    written = dict(_files(root, newest, new))
    for name, text in written.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return sorted(written)


def _unfit(new: str, newest: str) -> str:
    try:
        is_date = date.fromisoformat(new).isoformat() == new
    except ValueError:
        is_date = False
    if not is_date:
        return "a version is a date such as 2027-01-15"
    return "" if new > newest else f"it has to come after {newest}"


def _files(root: Path, newest: str, new: str) -> Iterator[tuple[str, str]]:
    def read(name: str) -> str:
        return (root / name).read_text(encoding="utf-8")

    yield f"spec/{new}.yaml", _root_document(read(f"spec/{newest}.yaml"), newest, new)
    yield "spec/versions.yaml", _versions(read("spec/versions.yaml"), newest, new)
    about = f"# What {new} broke against {newest}, why, and what to do about it."
    yield f"spec/changes/{new}.yaml", f"{about}\nentries: []\n"
    for name in _LISTS:
        if (root / name).is_file():
            yield name, _repeated(read(name), newest, new)
    if (root / "docs/versions.md").is_file():
        yield "docs/versions.md", _page(read("docs/versions.md"), newest, new)
    test = _TEST.read_text(encoding="utf-8")
    for mark, value in (("OLDER", newest), ("NEWER", new)):
        test = test.replace(f"v{mark}", names.package(value)).replace(mark, value)
    yield f"tests/versions/test_{names.dated(new)}.py", test


def _root_document(text: str, newest: str, new: str) -> str:
    """The table of contents of the newest version, under another name."""
    info = f'''\
info:
  title: Pinwheel
  version: "{new}"
  summary: The Pinwheel payroll API as of Pinwheel-Version {new}.
  description: No difference to {newest} is known yet.
  x-provenance:
    confidence: inferred
    source: the version before, until something of this one is known
'''
    return _replaced(r"^info:\n(?: .*\n)+", info, text)


def _versions(text: str, newest: str, new: str) -> str:
    """One more row, which is the current one."""
    row = f'''\
  - version: "{new}"
    status: current
    status_source: the newest one
    released: "{new}"
    confidence: inferred
    source: the version before, until something of this one is known
    webhooks: "{_webhooks(text)}"
    webhooks_source: >-
      inferred: whether payloads have a form of this date is not known
    summary: >-
      No difference to {newest} is known yet.
'''
    accepted = "    status: accepted\n    status_source: it was current until a newer one came\n"
    text = _replaced(r"^    status: current\n    status_source: .*\n", accepted, text)
    return _replaced(r"\n(?=\n#[^\n]*\nwebhook_versions:|\Z)", f"\n{row}", text, count=1).rstrip("\n") + "\n"


def _webhooks(text: str) -> str:
    """The newest form of payloads."""
    found = re.findall(r'^    webhooks: "(.*)"$', text, re.MULTILINE)
    return str(found[-1]) if found else ""


def _repeated(text: str, newest: str, new: str) -> str:
    """Each line that names the newest version once more, with the line above it where that decorates it."""
    out: list[str] = []
    lines = text.splitlines(keepends=True)
    for before, line in zip(["", *lines], lines, strict=False):
        out.append(line)
        if newest in line or names.package(newest) in line:
            decorator = [before] if before.strip() == "@overload" else []
            copied = line.replace(newest, new).replace(names.package(newest), names.package(new))
            out += [*decorator, copied]
    return "".join(out)


def _page(text: str, newest: str, new: str) -> str:
    row = f"| {new} | current | no difference is known yet | inferred |\n"
    text = re.sub(rf"^(\| {newest} \| )current( \|.*\n)", rf"\1accepted\2{row}", text, flags=re.MULTILINE)
    return text.replace(f"#> {newest} current", f"#> {new} current")


def _replaced(pattern: str, text: str, within: str, *, count: int = 0) -> str:
    done, found = re.subn(pattern, lambda _: text, within, count=count, flags=re.MULTILINE)
    if found != 1:
        raise SpecError([f"a version cannot be added: `{pattern}` is there {found} times, not once"])
    return done
