"""`pinwheel sandbox`: a local Pinwheel until Ctrl-C."""

import errno
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pinwheel_sandbox.rate import RATE, RatePolicy
from pinwheel_sandbox.settings import DEFAULT_PORT, DEFAULT_SECRET, IN_MEMORY, LOOPBACK, Settings
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from pinwheel_sandbox.world import World


def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 finds a free one.")] = DEFAULT_PORT,
    db: Annotated[
        str, typer.Option(metavar="URL", help="Where to keep the state: an SQLAlchemy URL, or a file name for SQLite.")
    ] = IN_MEMORY,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = LOOPBACK,
    secret: Annotated[str, typer.Option(help="API secret that a fresh database takes.")] = DEFAULT_SECRET,
    pace: Annotated[
        float, typer.Option(min=0, help="How fast data arrives after a login: 0 at once, 1 as Pinwheel's sandbox.")
    ] = 0.0,
    rate: Annotated[
        int, typer.Option(min=0, help="Requests a second that each API secret may make; 0 for no limit.")
    ] = RATE,
    rate_policy: Annotated[
        RatePolicy, typer.Option(help="How they are counted: over any second, by the clock, or with a small bucket.")
    ] = "sliding",
    live_versions: Annotated[
        bool, typer.Option("--live-versions", help="Refuse a missing or sunset Pinwheel-Version, as Pinwheel does.")
    ] = False,
    scenario: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A YAML file of people, accounts and documents to begin with.")
    ] = None,
) -> None:
    """Run a local Pinwheel: nine API versions over one state, offline."""
    from pinwheel_sandbox.server import run  # noqa: PLC0415 - `pinwheel --help` needs no server

    problems, console = Console(stderr=True, highlight=False, soft_wrap=True), Console(highlight=False)
    settings = Settings(secret=secret, pace=pace, live_versions=live_versions, rate=rate, rate_policy=rate_policy)
    world = _open(problems, db, settings)
    if scenario is not None:
        _load(problems, world, scenario)
    try:
        run(world, host=host, port=port, ready=lambda address: _announce(console, address, secret, db))
    except OSError as error:
        problems.print(f"pinwheel: cannot listen on {host}:{port}: {_why(error)}")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        console.print("\n  Stopped.\n", style="dim")
    finally:
        world.storage.close()


def _open(problems: Console, db: str, settings: Settings) -> "World":
    from pinwheel_sandbox.storage.opening import StorageError  # noqa: PLC0415 - as above
    from pinwheel_sandbox.world import create  # noqa: PLC0415 - as above

    try:
        return create(database=db if "://" in db else f"sqlite:///{db}", settings=settings)
    except StorageError as error:
        problems.print(f"pinwheel: cannot open the database {_without_password(db)}: {error}")
        raise typer.Exit(1) from None


def _why(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "another program does. Choose a port with --port; 0 finds a free one."
    return error.strerror or str(error)


def _without_password(db: str) -> str:
    return re.sub(r"(://[^:/@]*:)[^@]*@", r"\1***@", db)


def _load(problems: Console, world: "World", scenario: Path) -> None:
    from pinwheel_sandbox.link.errors import LinkError  # noqa: PLC0415 - as above
    from pinwheel_sandbox.scenarios.applying import apply_scenario  # noqa: PLC0415 - as above
    from pinwheel_sandbox.scenarios.reading import ScenarioError, read_scenario  # noqa: PLC0415 - as above

    try:
        with world.storage.writing() as session:
            apply_scenario(world, session, read_scenario(scenario, world.catalogue))
    except (ScenarioError, LinkError, OSError) as error:
        world.storage.close()
        problems.print(f"pinwheel: cannot load {error}" if isinstance(error, ScenarioError) else f"pinwheel: {error}")
        raise typer.Exit(1) from None


def _announce(console: Console, address: str, secret: str, db: str) -> None:
    from pinwheel_sandbox.faces.face import DATES  # noqa: PLC0415 - as above

    facts = Table.grid(padding=(0, 3, 0, 0))
    facts.add_column(style="dim")
    facts.add_column()
    facts.add_row("Address", Text(address, style="bold cyan"))
    facts.add_row("Dashboard", Text(f"{address}/", style="cyan"))
    facts.add_row("Secret", secret)
    facts.add_row("Versions", f"{DATES[0]} to {DATES[-1]}, all {len(DATES)}")
    facts.add_row("Log in as", "user_good / pass_good")
    facts.add_row("State", "in memory, gone when this stops" if db == IN_MEMORY else _without_password(db))
    code = Text.assemble(
        ("from", "magenta"), " pinwheel_api ", ("import", "magenta"), " Pinwheel\n",
        "pinwheel = Pinwheel(", (f'"{secret}"', "green"), ", base_url=", (f'"{address}"', "green"), ")",
    )  # fmt: skip
    parts: list[RenderableType] = [
        Text("Pinwheel sandbox", style="bold"),
        facts,
        code,
        Text("Ctrl-C stops it.", style="dim"),
    ]
    console.print()
    for part in parts:
        console.print(Padding(part, (0, 2, 1, 2), expand=False))
