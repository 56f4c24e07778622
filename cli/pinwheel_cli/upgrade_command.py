"""`pinwheel upgrade OLD NEW`: what to do to move from one version to another, and where."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from pinwheel_cli.changes.guide import Guide, guide
from pinwheel_cli.changes.render_markdown import guide_markdown
from pinwheel_cli.show_upgrade import show_guide, show_impact
from pinwheel_cli.upgrade.checker import NAMES, CheckerError, find_checker
from pinwheel_cli.upgrade.impact import Hit, Impact, assess


def upgrade(
    old: Annotated[str, typer.Argument(help="The Pinwheel-Version that the code uses, such as 2021-07-28.")],
    new: Annotated[str, typer.Argument(help="The newer one.")],
    code: Annotated[
        Path | None,
        typer.Option(exists=True, metavar="PATH", help="Your Python files: list the lines that call what changed."),
    ] = None,
    checker: Annotated[
        str | None, typer.Option(metavar="NAME", help=f"Type checker for --code: {', '.join(NAMES)}.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the guide as Markdown.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what --code finds as JSON.")] = False,
) -> None:
    """Guide from one version to a newer one, through all versions between."""
    if checker not in {None, *NAMES}:
        raise typer.BadParameter(f"--checker is one of {', '.join(NAMES)}")
    if as_json and code is None:
        raise typer.BadParameter("--json is for --code; `pinwheel changes --json` has the changes as data")
    try:
        way = guide(old, new)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    console = Console(highlight=False)
    if code is not None:
        _assess(console, way, code, checker, as_json=as_json)
    elif markdown:
        typer.echo(guide_markdown(way), nl=False)
    else:
        console.print(show_guide(way, console.width))


def _assess(console: Console, way: Guide, code: Path, wanted: str | None, *, as_json: bool) -> None:
    problems = Console(stderr=True, highlight=False)
    try:
        found = find_checker(wanted)
        with problems.status(f"{found.name} reads {code} twice, once for each version"):
            impact = assess(way, code, found)
    except CheckerError as error:
        problems.print(f"pinwheel: {error}", soft_wrap=True)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(_as_json(impact), indent=2, ensure_ascii=False))
    else:
        console.print(show_impact(impact, found.name))


def _as_json(impact: Impact) -> dict[str, Any]:
    return {
        "files": impact.files,
        "lines": [_hit(hit) for hit in impact.hits],
        "untouched": [{"version": version, "title": advice.title} for version, advice in impact.untouched],
        "unreadable": [{"path": str(one.path), "reason": one.reason} for one in impact.unreadable],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "path": str(hit.path),
        "line": hit.line,
        "code": hit.code,
        "refused": list(hit.messages),
        "advice": [{"version": version, "title": advice.title, "do": advice.do} for version, advice in hit.advice],
    }
