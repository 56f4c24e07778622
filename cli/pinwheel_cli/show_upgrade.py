"""A guide, and what it means for a project, in the terminal."""

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from pinwheel_cli.changes.groups import groups_of
from pinwheel_cli.changes.guide import Advice, Guide, Step
from pinwheel_cli.show_changes import backticked, calls
from pinwheel_cli.upgrade.impact import Hit, Impact

_WIDE = 110
_NOT_FOR_YOU = "Not for you: these came and went between the two, or are about something that is gone."
_UNSEEN = "A type checker sees no values of text and nothing without a type: read these, too."


def show_guide(guide: Guide, width: int) -> RenderableType:
    """Step by step: why, what to do, before and after."""
    todo, done = list(guide.advice()), list(guide.overtaken())
    parts: list[RenderableType] = [_headline(guide, len(todo))]
    for step in guide.steps:
        mine = [advice for owner, advice in todo if owner is step]
        if mine:
            parts.append(Padding(Text(step.new, style="bold cyan"), (0, 0, 1, 0)))
            parts += [Padding(_advice(step, advice, width), (0, 0, 1, 2)) for advice in mine]
    if done:
        parts.append(Text(_NOT_FOR_YOU, style="dim"))
        parts += [Text(f"  {step.new}  {advice.title}", style="dim") for step, advice in done]
    return Padding(Lines(*parts), (1, 2))


def _headline(guide: Guide, count: int) -> RenderableType:
    old, new = (version.replace("-", "_") for version in (guide.old, guide.new))
    head = Text.assemble((guide.old, "bold"), (" → ", "dim"), (guide.new, "bold"), "   ")
    head.append(f"{count} thing{'s' if count != 1 else ''} to do" if count else "nothing to do but to run your tests")
    head.append(f"   {len(guide.steps)} step{'s' if len(guide.steps) > 1 else ''}\n", style="dim")
    head.append(f"\n- from pinwheel_api.v{old} import Pinwheel", style="red")
    head.append(f"\n+ from pinwheel_api.v{new} import Pinwheel\n", style="green")
    return head


def _advice(step: Step, advice: Advice, width: int) -> RenderableType:
    changes = step.changes_of(advice)
    parts: list[RenderableType] = [Text(advice.title, style="bold")]
    parts += [
        Text.assemble((calls(group.operations), "cyan"), "  ").append_text(backticked(group.text))
        for group in groups_of(changes)
    ]
    parts += [Text(), backticked(advice.why)]
    origin = advice.note if advice.is_inferred and advice.note else advice.source
    parts.append(Text(f"The reason is {advice.confidence}: ", style="dim").append_text(backticked(origin)).append("."))
    parts += [Text(), Text("What to do. ", style="bold").append_text(backticked(advice.do)), Text()]
    parts.append(_sides(step, advice, width))
    return Lines(*parts)


def _sides(step: Step, advice: Advice, width: int) -> RenderableType:
    before, after = (_python(text) for text in (advice.before, advice.after))
    heads = (Text(f"Before, {step.old}", style="red"), Text(f"After, {step.new}", style="green"))
    if width < _WIDE:
        return Lines(heads[0], before, Text(), heads[1], after)
    table = Table.grid(padding=(0, 4, 0, 0), expand=True)
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    table.add_row(*heads)
    table.add_row(before, after)
    return table


def _python(text: str) -> Syntax:
    return Syntax(text, "python", theme="ansi_dark", background_color="default", word_wrap=True)


def show_impact(impact: Impact, checker: str) -> RenderableType:
    """Lines of the project under their files, each with what to do."""
    parts: list[RenderableType] = [_summary(impact, checker)]
    current, told = None, set[str]()
    for hit in impact.hits:
        if hit.path != current:
            parts += [Text(), Text(str(hit.path), style="bold cyan")]
            current = hit.path
        parts.append(_hit(hit, told))
        told |= {advice.title for _, advice in hit.advice}
    if impact.untouched:
        parts += [Text(), Text("Found nothing in your code about:", style="dim")]
        parts += [Text(f"  {version}  {advice.title}", style="dim") for version, advice in impact.untouched]
        parts.append(Text(_UNSEEN, style="dim"))
    parts += [Text(f"not read: {one.path}: {one.reason}", style="yellow") for one in impact.unreadable]
    return Padding(Lines(*parts), (1, 2))


def _summary(impact: Impact, checker: str) -> Text:
    refused = sum(bool(hit.messages) for hit in impact.hits)
    others = len(impact.hits) - refused
    text = Text()
    text.append(f"{refused} line{'s' if refused != 1 else ''} refused", style="bold red" if refused else "green")
    verb = "calls" if others == 1 else "call"
    text.append(f"   {others} more {verb} what changed", style="bold yellow" if others else "green")
    return text.append(f"   {checker}, {impact.files} file{'s' if impact.files != 1 else ''}", style="dim")


def _hit(hit: Hit, told: set[str]) -> RenderableType:
    """A line; what to do is told where it comes up first."""
    mark, style = ("✖", "bold red") if hit.messages else ("●", "bold yellow")
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=6, justify="right", style="dim")
    table.add_column(width=1)
    table.add_column()
    table.add_row(str(hit.line), Text(mark, style=style), Text(hit.code, style="bold"))
    for message in hit.messages:
        table.add_row("", "", Text(message, style="red"))
    for version, advice in hit.advice:
        text = Text.assemble((version, "cyan"), "  ", advice.title)
        if advice.title not in told:
            text.append(". ").append_text(backticked(advice.do))
        table.add_row("", "", text)
    return Padding(table, (0, 0, 1, 0))
