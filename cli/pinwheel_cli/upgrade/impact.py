"""Lines of the user's code that another version refuses, or that call what it changed."""

import ast
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pinwheel_cli.changes.guide import Advice, Guide, Step

from .checker import Checker, CheckerError, Finding, check
from .edits import Spot
from .matching import Use, by_words, concerns, names_of
from .pinning import pin
from .probing import Probe, probe
from .workspace import Source, Unreadable, read_sources, write_copy


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the user's, with everything that concerns it."""

    path: Path
    line: int
    code: str
    messages: tuple[str, ...]
    """What the type checker says against the new version; empty where the types still fit."""
    advice: tuple[tuple[str, Advice], ...]
    """Version and explanation."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What a way from one version to another means for a project."""

    hits: tuple[Hit, ...]
    untouched: tuple[tuple[str, Advice], ...]
    """Explanations that no line was found for."""
    files: int
    unreadable: tuple[Unreadable, ...]


def assess(guide: Guide, code: Path, checker: Checker) -> Impact:
    """Type check a copy of the code against the older version and against the newer one, and tell the difference."""
    sources, unreadable = read_sources(code)
    if not sources:
        why = f"; {unreadable[0].path}: {unreadable[0].reason}" if unreadable else ""
        raise CheckerError(f"{code} has no Python that can be read{why}")
    todo = list(guide.advice())
    by_inside = {source.inside: source for source in sources}
    with tempfile.TemporaryDirectory(prefix="pinwheel-upgrade-") as scratch:
        folder = Path(scratch) / "code"
        older, uses = _check_older(sources, guide, todo, checker, folder)
        newer = _check_newer(sources, guide, checker, folder)
    refused = _only_new(older, newer)
    hits = sorted(_hits(by_inside, refused, uses, todo), key=lambda hit: (hit.path, hit.line))
    met = {id(advice) for hit in hits for _, advice in hit.advice}
    untouched = tuple((step.new, advice) for step, advice in todo if id(advice) not in met)
    return Impact(tuple(hits), untouched, len(sources), tuple(unreadable))


def _check_older(
    sources: list[Source], guide: Guide, todo: list[tuple[Step, Advice]], checker: Checker, folder: Path
) -> tuple[list[Finding], dict[str, list[Use]]]:
    """What was wrong already, and which changed things are used where."""
    names = frozenset(names_of(change for step, advice in todo for change in step.changes_of(advice)))
    texts: dict[str, str] = {}
    probes: dict[str, list[Probe]] = {}
    for source in sources:
        text = pin(source.text, source.tree, guide.old, guide.old)
        texts[source.inside], probes[source.inside] = probe(text, ast.parse(text), names)
    write_copy(folder, texts)
    found = check(checker, folder)
    answers = {(one.inside, one.line, one.column): one.revealed for one in found if one.revealed}
    uses = {inside: list(_answered(inside, asked, answers)) for inside, asked in probes.items()}
    return found, uses


def _check_newer(sources: list[Source], guide: Guide, checker: Checker, folder: Path) -> list[Finding]:
    write_copy(folder, {source.inside: pin(source.text, source.tree, guide.old, guide.new) for source in sources})
    return check(checker, folder)


def _answered(inside: str, probes: list[Probe], answers: dict[tuple[str, int, int], str]) -> Iterator[Use]:
    for asked in probes:
        spot: Spot = asked.asked
        revealed = answers.get((inside, spot.line, spot.column), "")
        for owner in dict.fromkeys(re.findall(r"\w+(?=\W|$)", re.sub(r"\w+\.", "", revealed))):
            plain = re.sub(r"^Async|WithResponse$", "", owner)
            yield Use(asked.line, plain, asked.name, asked.arguments, asked.called)


def _only_new(older: list[Finding], newer: list[Finding]) -> list[Finding]:
    known = {(one.inside, one.line, _without_versions(one.message)) for one in older if one.is_error}
    return [
        one for one in newer if one.is_error and (one.inside, one.line, _without_versions(one.message)) not in known
    ]


def _without_versions(message: str) -> str:
    return re.sub(r"_?v?\d{4}_\d{2}_\d{2}", "", message)


def _hits(
    sources: dict[str, Source], refused: list[Finding], uses: dict[str, list[Use]], todo: list[tuple[Step, Advice]]
) -> Iterator[Hit]:
    for inside, source in sources.items():
        statements = _statements(source.tree)
        lines: dict[int, tuple[list[str], dict[int, tuple[str, Advice]]]] = {}
        for use in uses.get(inside, ()):
            for step, advice in todo:
                if any(concerns(change, use) for change in step.changes_of(advice)):
                    lines.setdefault(use.line, ([], {}))[1][id(advice)] = (step.new, advice)
        for one in refused:
            if one.inside != inside:
                continue
            at = _line_of_use(one.line, lines, statements)
            said, advised = lines.setdefault(at, ([], {}))
            said.append(one.message)
            if not advised:
                advised |= {id(advice): (version, advice) for version, advice in by_words(one.message, todo)}
        for line, (said, advised) in lines.items():
            yield Hit(source.path, line, source.line(line), tuple(dict.fromkeys(said)), tuple(advised.values()))


def _statements(tree: ast.Module) -> list[tuple[int, int]]:
    """Lines of the smallest statements: those without others in them."""
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and not hasattr(node, "body")]
    return [(node.lineno, node.end_lineno or node.lineno) for node in plain]


def _line_of_use(line: int, lines: Mapping[int, object], statements: list[tuple[int, int]]) -> int:
    """An argument that is refused belongs to the call around it, a few lines up."""
    for start, end in statements:
        if start <= line <= end:
            return next((known for known in sorted(lines) if start <= known <= end), line)
    return line
