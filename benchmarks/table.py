"""A table of results, for the terminal and for docs/benchmarks.md."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio that has to hold, and whether it did in this run."""

    text: str
    limit: float
    value: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def line(self) -> str:
        bound = "at least" if self.at_least else "at most"
        return f"{self.text}: {bound} {self.limit:g}, measured {self.value:.2f}"


@dataclass(frozen=True, slots=True)
class Row:
    """One contender: its CPU milliseconds, shown beside the ratios to the rows that the table compares with."""

    name: str
    milliseconds: float
    ratios: tuple[float, ...]
    is_ours: bool = False

    @property
    def cells(self) -> list[str]:
        return [self.name, f"{self.milliseconds:.2f}", *(f"{ratio:.2f}" for ratio in self.ratios)]


@dataclass(frozen=True, slots=True)
class Table:
    """What was compared, how, and the rows with the fastest first."""

    title: str
    method: str
    columns: tuple[str, ...]
    rows: list[Row]
    goals: list[Goal] = field(default_factory=list)

    def as_markdown(self) -> str:
        head = ["", "CPU ms", *self.columns]
        lines = [f"| {' | '.join(head)} |", f"|---|{'--:|' * (len(head) - 1)}"]
        for row in self.rows:
            cells = [f"**{cell}**" for cell in row.cells] if row.is_ours else row.cells
            lines.append(f"| {' | '.join(cells)} |")
        goals = [f"- {'met' if goal.is_met else '**missed**'}: {goal.line}" for goal in self.goals]
        return "\n".join([f"## {self.title}", "", self.method, "", *lines, "", *goals]).rstrip() + "\n"


def rows_of(seconds: dict[str, float], *, bases: tuple[str, ...], ours: set[str]) -> list[Row]:
    """Rows with each one's ratio to the rows named in `bases`."""
    rows = [
        Row(name, value * 1e3, tuple(value / seconds[base] for base in bases), name in ours)
        for name, value in seconds.items()
    ]
    return sorted(rows, key=lambda row: row.milliseconds)
