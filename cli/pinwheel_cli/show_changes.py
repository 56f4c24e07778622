"""Changes in the terminal: a table of versions and calls, then each change under its level."""

from collections.abc import Iterator

from rich import box
from rich.console import Group as Lines
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pinwheel_cli.changes.groups import Group, by_level
from pinwheel_cli.changes.history import Cell, History
from pinwheel_cli.changes.model import Comparison, Level

STYLES: dict[Level, str] = {"breaking": "bold red", "warning": "bold yellow", "info": "green"}
TITLES: dict[Level, str] = {"breaking": "Breaking", "warning": "Look twice", "info": "Compatible"}
MARKS: dict[Level, str] = {"breaking": "✖", "warning": "!", "info": "✔"}
_CALLS_SHOWN = 6
_WIDE = 100
_POLICY = (
    "Levels are those of Pinwheel's policy: new calls, new optional parameters, new fields in answers and new enum "
    "values are compatible. What the strict contract says, by oasdiff's rules, stands beside it where it differs."
)


def show(history: History, net: Comparison, width: int = 120) -> RenderableType:
    """Everything about a pair of versions; where it is narrow, rules stand below what they are about."""
    parts: list[RenderableType] = [_headline(net)]
    if len(history.steps) > 1:
        parts.append(_matrix(history))
    parts += [part for level, groups in by_level(net.changes).items() for part in _level(level, groups, width < _WIDE)]
    if net.changes:
        parts.append(
            Text(
                "Levels by Pinwheel's policy: new calls, fields, optional parameters and enum values are compatible.",
                style="dim",
            )
        )
    return Padding(Lines(*(Padding(part, (0, 0, 1, 0)) for part in parts)), (1, 2, 0, 2))


def _headline(net: Comparison) -> Text:
    text = Text.assemble((net.old, "bold"), (" → ", "dim"), (net.new, "bold"), "   ")
    if not net.changes:
        return text.append("nothing differs", style="green")
    for level, style in STYLES.items():
        if count := net.count(level):
            text.append(f"{count} {TITLES[level].lower()}", style=style).append("   ")
    return text


def _matrix(history: History) -> Table:
    """Which version changed which calls: red and green counts."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("")
    for version in history.versions[1:]:
        table.add_column(version[2:], justify="center", no_wrap=True)
    for resource, rows in history.resources().items():
        cells = [[row.cells[index] for row in rows] for index in range(len(history.steps))]
        table.add_row(Text(resource, style="cyan"), *(_sum(column) for column in cells))
    return table


def _sum(cells: list[Cell | None]) -> Text:
    text = Text()
    for level, style in STYLES.items():
        if count := sum(cell.count(level) for cell in cells if cell):
            text.append(f"{' ' if text else ''}{MARKS[level]}{count}", style=style)
    return text or Text("·", style="dim")


def _level(level: Level, groups: list[Group], narrow: bool) -> Iterator[RenderableType]:
    """Under each set of calls, what happened to them."""
    found: dict[tuple[str, ...], list[Group]] = {}
    for group in groups:
        found.setdefault(group.operations, []).append(group)
    parts: list[RenderableType] = [Text(TITLES[level], style=STYLES[level])]
    for operations, members in found.items():
        parts += [Text(), _heading(operations, members[0]), _lines(level, members, narrow)]
    yield Lines(*parts)


def _lines(level: Level, groups: list[Group], narrow: bool) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=3, justify="right", style=STYLES[level])
    table.add_column(ratio=3)
    if not narrow:
        table.add_column(ratio=2, style="dim", overflow="fold")
    for group in groups:
        change = group.first
        strict = "" if change.strict == change.level else f"{change.strict} by the strict contract"
        text = backticked(group.text)
        if narrow:
            below = ", ".join(filter(None, (change.rule, strict)))
            table.add_row(MARKS[level], text.append(f"\n{below}", style="dim"))
        else:
            table.add_row(MARKS[level], text, "\n".join(filter(None, (change.rule, strict))))
    return table


def _heading(operations: tuple[str, ...], group: Group) -> Text:
    text = Text(calls(operations), style="cyan")
    return text.append(f"   {group.first.url}", style="dim") if len(operations) == 1 else text


def calls(operations: tuple[str, ...]) -> str:
    shown = ", ".join(operations[:_CALLS_SHOWN])
    if all(name.startswith("webhook ") for name in operations) and len(operations) > 1:
        shown = f"webhooks {shown.replace('webhook ', '')}"
    return f"{shown} and {len(operations) - _CALLS_SHOWN} more" if len(operations) > _CALLS_SHOWN else shown


def backticked(text: str) -> Text:
    """`names` in bold."""
    shown = Text()
    for index, part in enumerate(text.split("`")):
        shown.append(part, style="bold" if index % 2 else "")
    return shown
