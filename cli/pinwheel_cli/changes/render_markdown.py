"""Changes and guides as Markdown."""

from collections.abc import Iterator

from .groups import Group, by_level, groups_of
from .guide import Advice, Guide, Step
from .model import Change, Comparison, Level

WORDS: dict[Level, str] = {"breaking": "breaking", "warning": "to look at twice", "info": "compatible"}
HEADINGS: dict[Level, str] = {"breaking": "Breaking", "warning": "Look twice", "info": "Compatible"}
POLICY = (
    "Levels follow Pinwheel's own policy: new calls, new optional parts of requests, new fields in answers and new "
    "values of enums are compatible, and come without a new version. The strict contract, as oasdiff judges it, stands "
    "beside them where it differs."
)
SNIPPETS = "In the snippets, `client` is a `Pinwheel` of the version above them, and `account_id` a connected account."
_CALLS_SHOWN = 12


def changes_markdown(comparison: Comparison) -> str:
    """What changed between two versions, the worst first."""
    title = f"# What changed from {comparison.old} to {comparison.new}"
    return "\n\n".join([title, summary(comparison), *_levels(comparison.changes)]) + "\n"


def step_markdown(step: Step) -> str:
    """One version: its explanations, then every change."""
    comparison = Comparison(step.old, step.new, step.changes)
    parts = [f"# Pinwheel-Version {step.new}", step.summary, f"Against {step.old}: {_counts(comparison)}. {POLICY}"]
    if step.advice:
        parts += ["## What to do", SNIPPETS]
    parts += [advice_markdown(step, advice, "###") for advice in step.advice]
    return "\n\n".join([*parts, *_levels(step.changes)]) + "\n"


def guide_markdown(guide: Guide) -> str:
    """The whole way, step by step."""
    todo, done = list(guide.advice()), list(guide.overtaken())
    parts = [f"# From {guide.old} to {guide.new}", _way(guide), f"Between the two ends: {_counts(guide.net)}."]
    parts.append(SNIPPETS if todo else "Nothing broke that the documents show. Change the version and run your tests.")
    for step in guide.steps:
        mine = [advice for owner, advice in todo if owner is step]
        if mine:
            parts.append(f"## {step.new}")
            parts += [advice_markdown(step, advice, "###") for advice in mine]
    if done:
        parts.append("## Not for you")
        parts.append("These came and went between the two versions, or are about something that is gone at the end:")
        parts.append("\n".join(f"- {step.new}: {advice.title}" for step, advice in done))
    parts.append(f"Every single difference: `pinwheel changes {guide.old} {guide.new}`.")
    return "\n\n".join(parts) + "\n"


def _way(guide: Guide) -> str:
    old, new = (version.replace("-", "_") for version in (guide.old, guide.new))
    steps = f"{len(guide.steps)} step{'s' if len(guide.steps) > 1 else ''}"
    via = f", by way of {', '.join(step.new for step in guide.steps[:-1])}" if len(guide.steps) > 1 else ""
    return (
        f"{steps}{via}. Change `from pinwheel_api.v{old} import Pinwheel` to "
        f"`from pinwheel_api.v{new} import Pinwheel`; `pinwheel upgrade {guide.old} {guide.new} --code src/` lists the "
        "lines of your code that the type checker then refuses, each with what to do."
    )


def advice_markdown(step: Step, advice: Advice, heading: str) -> str:
    """One explanation."""
    parts = [f"{heading} {advice.title}"]
    if places := _places(step.changes_of(advice)):
        parts.append(places)
    parts += [_reason(advice), f"**What to do.** {advice.do}"]
    parts.append(f"Before, {step.old}:\n\n```python\n{advice.before.rstrip()}\n```")
    parts.append(f"After, {step.new}:\n\n```python\n{advice.after.rstrip()}\n```")
    return "\n\n".join(parts)


def _reason(advice: Advice) -> str:
    text = f"**Why.** {advice.why}"
    if advice.is_inferred:
        text += " *The reason is inferred"
        return f"{text}: {advice.note}.*" if advice.note else f"{text}, from {advice.source}.*"
    return f"{text} *{advice.confidence.capitalize()}: {advice.source}.*"


def _places(changes: tuple[Change, ...]) -> str:
    """What it is about: the same sentence once, with all its calls."""
    found: dict[str, list[str]] = {}
    for group in groups_of(changes):
        found.setdefault(group.text, []).extend(group.operations)
    return "\n".join(f"- {code(tuple(calls))}: {escaped(text)}" for text, calls in found.items())


def _levels(changes: tuple[Change, ...]) -> Iterator[str]:
    for level, groups in by_level(changes).items():
        rows = [_row(group) for group in groups]
        yield f"## {HEADINGS[level]}"
        yield "\n".join(["| what | where | rule |", "|---|---|---|", *rows])


def _row(group: Group) -> str:
    change = group.first
    strict = "" if change.strict == change.level else f" ({change.strict} by the strict contract)"
    return f"| {escaped(group.text)}{strict} | {code(group.operations)} | `{change.rule}` |"


def code(names: tuple[str, ...]) -> str:
    """Names of calls, the first of many."""
    shown = ", ".join(f"`{name}`" for name in names[:_CALLS_SHOWN])
    return f"{shown} and {len(names) - _CALLS_SHOWN} more" if len(names) > _CALLS_SHOWN else shown


def escaped(text: str) -> str:
    """Text for a cell of a table."""
    return text.replace("|", "\\|").replace("*", "\\*") if "`" not in text else text.replace("|", "\\|")


def summary(comparison: Comparison) -> str:
    """How many of what, and by which measure."""
    return f"{_counts(comparison)}. {POLICY}" if comparison.changes else "Nothing differs."


def _counts(comparison: Comparison) -> str:
    if not comparison.changes:
        return "nothing differs"
    counted = ((comparison.count(level), word) for level, word in WORDS.items())
    return ", ".join(f"{count} {word}" for count, word in counted if count)
