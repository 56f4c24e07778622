"""The `pinwheel` command and its subcommands."""

from importlib import import_module
from typing import Annotated, Any

import typer
from pinwheel_overlays.about import __version__
from typer.core import TyperGroup
from typer.main import get_command

COMMANDS = {
    "sandbox": "sandbox:sandbox",
    "listen": "webhooks.listen:listen",
    "trigger": "webhooks.trigger:trigger",
    "deliveries": "webhooks.redeliver:deliveries",
    "redeliver": "webhooks.redeliver:redeliver",
    "changes": "changes_command:changes",
    "upgrade": "upgrade_command:upgrade",
}
"""Where each command is: only the one that was asked for is loaded, since a sandbox should not wait for the others."""


class _Commands(TyperGroup):
    # Any, since the types of the base class are private to typer.
    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the name is the base class's
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
        alone.command(name=cmd_name)(getattr(import_module(f"pinwheel_cli.{module}"), function))
        return get_command(alone)


app = typer.Typer(
    name="pinwheel",
    cls=_Commands,
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


def main() -> None:
    """Run the command line."""
    app(prog_name="pinwheel")
