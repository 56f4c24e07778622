"""`pinwheel changes OLD NEW`: what differs between two versions."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pinwheel_cli.changes import Api, compare
from pinwheel_cli.changes.guide import steps_to
from pinwheel_cli.changes.history import History, history
from pinwheel_cli.changes.render_html import page
from pinwheel_cli.changes.render_json import changes_json
from pinwheel_cli.changes.render_markdown import changes_markdown
from pinwheel_cli.changes.versions import document, known
from pinwheel_cli.show_changes import show


def changes(
    old: Annotated[str, typer.Argument(help="A Pinwheel-Version such as 2023-11-22, or an OpenAPI document (JSON).")],
    new: Annotated[str, typer.Argument(help="Another, newer or older.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print them as Markdown.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write one page with a table of versions and calls.")
    ] = None,
) -> None:
    """Tell what differs between two versions: what breaks, what does not, and by which rule."""
    if as_json + markdown + (html is not None) > 1:
        raise typer.BadParameter("choose one of --json, --markdown and --html")
    first, second = _source(old), _source(new)
    net = compare(first, second)
    if as_json:
        typer.echo(changes_json(net), nl=False)
    elif markdown:
        typer.echo(changes_markdown(net), nl=False)
    elif html is not None:
        past = _history(first, second)
        steps = steps_to(*past.versions[1:]) if _is_way_up(first, second) else ()
        try:
            html.write_text(page(past, net, steps), encoding="utf-8")
        except OSError as error:
            raise typer.BadParameter(f"{html} cannot be written: {error.strerror}", param_hint="--html") from None
        typer.echo(f"{html}: {net.count('breaking')} breaking, {net.count('info')} compatible")
    else:
        console = Console(highlight=False)
        console.print(show(_history(first, second), net, console.width))


def _source(name: str) -> Api | str:
    """A version by its date, or a document by its file."""
    if name in known():
        return name
    path = Path(name)
    if not path.is_file():
        raise typer.BadParameter(f"{name} is neither a file nor one of {', '.join(known())}")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise typer.BadParameter(f"{name} cannot be read as JSON: {error}") from None
    if not isinstance(found, dict) or "openapi" not in found:
        raise typer.BadParameter(f"{name} is no OpenAPI document")
    return Api(found)  # pyright: ignore[reportUnknownArgumentType]


def _is_way_up(old: Api | str, new: Api | str) -> bool:
    """From an older version to a newer one: there are versions between, and explanations."""
    return isinstance(old, str) and isinstance(new, str) and known().index(old) < known().index(new)


def _history(old: Api | str, new: Api | str) -> History:
    if _is_way_up(old, new):
        return history(old, new)
    return history(*(document(source) if isinstance(source, str) else source for source in (old, new)))
