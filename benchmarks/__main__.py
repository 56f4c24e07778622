"""`nox -s bench [-- decode|import]`: print the tables; a run of all of them also writes docs/benchmarks.md."""

import argparse
import os
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from benchmarks.decoding import decode_tables
from benchmarks.importing import import_table
from benchmarks.table import Table

REPORT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
SUITES: dict[str, Callable[[str], list[Table]]] = {
    "decode": lambda _: decode_tables(),
    "import": lambda plain_python: [import_table(plain_python)],
}
MEASURED = ("attrs", "msgspec", "httpx", "orjson", "pydantic", "openapi-python-client", "datamodel-code-generator")


def main() -> None:
    """Run the chosen suites, or all of them. A missed goal is said, and is no failure: machines differ."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"{' or '.join(SUITES)}; all by default")
    parser.add_argument("--plain-python", required=True, help="an interpreter that has the plain install only")
    arguments = parser.parse_args()
    if unknown := set(arguments.suites) - set(SUITES):
        parser.error(f"no such suite: {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
    console = Console()
    tables: list[Table] = []
    for name in arguments.suites or SUITES:
        with console.status(f"measuring: {name}"):
            made = SUITES[name](arguments.plain_python)
        for table in made:
            _show(console, table)
        tables += made
    if not arguments.suites:
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(_report(tables))
        console.print(f"written to {REPORT.relative_to(Path.cwd())}", style="dim")


def _show(console: Console, table: Table) -> None:
    grid = Grid(title=f"\n{table.title}", title_justify="left", title_style="bold", header_style="bold")
    grid.add_column()
    for column in ("CPU ms", *(heading.replace("`", "") for heading in table.columns)):
        grid.add_column(column, justify="right")
    for row in table.rows:
        grid.add_row(*row.cells, style="bold green" if row.is_ours else None)
    console.print(grid)
    for goal in table.goals:
        mark = "[green]met   [/]" if goal.is_met else "[red]missed[/]"
        console.print(f"  {mark} {goal.line.replace('`', '')}", highlight=False)


def _report(tables: list[Table]) -> str:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in MEASURED)
    head = [
        "# Benchmarks",
        "",
        "Written by `nox -s bench`, which anyone can repeat. Read the ratios: all rows of a table come from one run,",
        "in turns, and the times say mostly what the machine was. Differences under a tenth are noise.",
        "",
        f"- Date: {datetime.now(UTC):%Y-%m-%d}",
        f"- Python: {platform.python_implementation()} {platform.python_version()}",
        f"- Machine: {platform.system()}, {platform.machine()}, {os.cpu_count()} cores",
        f"- Versions: {versions}",
        "",
        "",
    ]
    return "\n".join(head) + "\n".join(table.as_markdown() for table in tables)


if __name__ == "__main__":
    main()
