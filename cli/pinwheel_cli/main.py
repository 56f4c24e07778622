"""The `pinwheel` command and its subcommands."""

from typing import Annotated

import typer
from pinwheel_overlays.about import __version__

from pinwheel_cli import changes_command, sandbox, upgrade_command
from pinwheel_cli.webhooks import listen, redeliver, trigger

app = typer.Typer(
    name="pinwheel",
    help="Work with the Pinwheel payroll API: a local sandbox with its webhooks, and what changes between versions.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pinwheel {__version__}")
        raise typer.Exit


@app.callback()
def pinwheel(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Work with the Pinwheel payroll API: a local sandbox with its webhooks, and what changes between versions."""


app.command(name="sandbox")(sandbox.sandbox)
app.command(name="listen")(listen.listen)
app.command(name="trigger")(trigger.trigger)
app.command(name="deliveries")(redeliver.deliveries)
app.command(name="redeliver")(redeliver.redeliver)
app.command(name="changes")(changes_command.changes)
app.command(name="upgrade")(upgrade_command.upgrade)


def main() -> None:
    """Run the command line."""
    app(prog_name="pinwheel")
