"""One page of HTML that needs nothing else: versions and calls at a glance, then each change."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from string import Template

from .groups import Group
from .guide import Advice, Step
from .history import Cell, History, Row
from .judge import UNLISTED
from .model import Comparison
from .render_markdown import POLICY, WORDS

_PAGE = Path(__file__).parent / "page"


def page(history: History, net: Comparison, steps: Iterable[Step] = ()) -> str:
    """The page; `steps` bring what was explained by hand."""
    explained = {step.new: step for step in steps}
    read = {name: (_PAGE / f"page.{name}").read_text(encoding="utf-8") for name in ("html", "css", "js")}
    details = (_step(history, index, explained.get(step.new)) for index, step in enumerate(history.steps))
    return Template(read["html"]).substitute(
        old=escape(net.old),
        new=escape(net.new),
        style=read["css"].strip(),
        script=read["js"].strip(),
        tiles="\n".join(_tiles(history, net)),
        matrix_title="Calls by version" if len(history.steps) > 1 else "Calls that changed",
        matrix=_matrix(history) if history.rows else "<p class='legend'>Nothing differs.</p>",
        details="\n".join(details),
        policy=escape(POLICY),
    )


def _tiles(history: History, net: Comparison) -> Iterator[str]:
    steps = len(history.steps)
    yield f'<div class="tile"><b>{steps}</b><span>{"steps" if steps > 1 else "step"}</span></div>'
    for level, words in WORDS.items():
        count = net.count(level)
        if count or level != "warning":
            yield f'<div class="tile {level}"><b>{count}</b><span>{words}, end to end</span></div>'
    calls = {change.operation for change in net.changes if change.level == "breaking"}
    yield f'<div class="tile"><b>{len(calls)}</b><span>calls and events that break</span></div>'


def _matrix(history: History) -> str:
    head = "".join(_column(step) for step in history.steps)
    bodies = "".join(_body(history, resource, rows) for resource, rows in history.resources().items())
    return (
        f'<table class="matrix"><caption class="hidden">Which version changed which call</caption>'
        f'<thead><tr><th scope="col"><span class="hidden">Call</span></th>{head}</tr></thead>{bodies}</table>'
    )


def _column(step: Comparison) -> str:
    breaking = step.count("breaking")
    shown = f"<b>{breaking}</b> of {len(step.changes)}" if breaking else f"0 of {len(step.changes)}"
    shown = shown if step.changes else "nothing"
    return f'<th scope="col"><a href="#v{step.new}"><time>{escape(step.new)}</time><small>{shown}</small></a></th>'


def _body(history: History, resource: str, rows: list[Row]) -> str:
    span = len(history.versions)
    lines = [f'<tr class="group"><th scope="rowgroup" colspan="{span}">{escape(resource)}</th></tr>']
    for row in rows:
        breaks = " breaks" if any(cell and cell.count("breaking") for cell in row.cells) else ""
        cells = "".join(_cell(history, row, index) for index in range(len(history.steps)))
        text = escape(f"{row.name} {row.url}".lower(), quote=True)
        title = escape(row.url or row.label, quote=True)
        label = re.sub(r"(?<=[._])", "<wbr>", escape(row.label))  # where a phone may break the line
        name = f'<th scope="row" title="{title}"><code>{label}</code></th>'
        lines.append(f'<tr class="row{breaks}" data-text="{text}">{name}{cells}</tr>')
    return f"<tbody>{''.join(lines)}</tbody>"


def _cell(history: History, row: Row, index: int) -> str:
    cell, there, was = row.cells[index], row.alive[index + 1], row.alive[index]
    classes = " ".join(
        name for name, holds in (("there", there), ("came", there and not was), ("went", was and not there)) if holds
    )
    if cell is None:
        return f'<td class="{classes}"></td>'
    pills = "".join(_pills(cell))
    counts = ", ".join(f"{cell.count(level)} {words}" for level, words in WORDS.items() if cell.count(level))
    label = escape(f"{row.label}, {history.versions[index + 1]}: {counts}", quote=True)
    target = _anchor(history, index, row)
    return f'<td class="{classes}"><a href="#{target}" aria-label="{label}" title="{label}">{pills}</a></td>'


def _pills(cell: Cell) -> Iterator[str]:
    if cell.came or cell.went:
        yield f'<b class="pill {cell.worst}">{"new" if cell.came else "gone"}</b>'
        return
    for level in WORDS:
        if count := cell.count(level):
            yield f'<b class="pill {level}">{count}</b>'


def _anchor(history: History, index: int, row: Row) -> str:
    return re.sub(r"[^a-z0-9.-]+", "-", f"v{history.versions[index + 1]}-{row.name or 'api'}".lower())


def _step(history: History, index: int, explained: Step | None) -> str:
    step = history.steps[index]
    rows = [(row, cell) for row in history.rows if (cell := row.cells[index]) is not None]
    counts = ", ".join(f"{step.count(level)} {words}" for level, words in WORDS.items() if step.count(level))
    against = f"against {escape(step.old)}: {counts or 'nothing differs'}"
    head = f"<h2><time>{escape(step.new)}</time></h2><span>{against}</span>"
    parts = [f'<section class="step" id="v{escape(step.new)}"><header>{head}</header>']
    if explained is not None:
        parts.append(f"<p>{_prose(explained.summary)}</p>")
        if explained.advice:
            parts.append("<h3>What to do</h3>")
        parts += [_advice(explained, advice) for advice in explained.advice]
    if rows:
        parts.append("<h3>Each change</h3>")
    parts += [_call(history, index, row, cell) for row, cell in rows]
    return "\n".join([*parts, "</section>"])


def _advice(step: Step, advice: Advice) -> str:
    calls = dict.fromkeys(change.operation for change in step.changes_of(advice))
    shown = ", ".join(list(calls)[:3]) + (f" and {len(calls) - 3} more" if len(calls) > 3 else "")
    source = escape(advice.note if advice.is_inferred and advice.note else advice.source)
    return (
        f'<details class="advice"><summary>{escape(advice.title)} <span class="of">{escape(shown)}</span>'
        f'<span class="badge {advice.confidence}">{advice.confidence}</span></summary><div class="body">'
        f"<p>{_prose(advice.why)}</p>"
        f'<p class="why">The reason is {escape(advice.confidence)}: {_prose(source, safe=True)}.</p>'
        f'<p><b>What to do.</b> {_prose(advice.do)}</p><div class="sides">{_code("Before", step.old, advice.before)}'
        f"{_code('After', step.new, advice.after)}</div></div></details>"
    )


def _code(word: str, version: str, text: str) -> str:
    return f"<figure><figcaption>{word}, {escape(version)}</figcaption><pre tabindex=0>{escape(text)}</pre></figure>"


def _call(history: History, index: int, row: Row, cell: Cell) -> str:
    breaks = " breaks" if cell.count("breaking") else ""
    url = f"<small>{escape(row.url)}</small>" if row.url else ""
    lines = "".join(_line(group) for group in cell.groups)
    anchor = _anchor(history, index, row)
    return f'<article class="call{breaks}" id="{anchor}"><h4>{escape(row.label)}{url}</h4><ul>{lines}</ul></article>'


def _line(group: Group) -> str:
    change = group.first
    strict = (
        f' <span class="strict">({change.strict} by the strict contract)</span>'
        if change.strict != change.level
        else ""
    )
    marks = escape(" ".join(each.fingerprint for each in group.changes[:8]), quote=True)
    is_plain = change.level != "breaking" or change.reason == UNLISTED
    reason = "" if is_plain else f'<span class="reason">{escape(change.reason)}</span>'
    return (
        f'<li class="{change.level}"><span>{_prose(group.text)}{strict}</span>'
        f'<span class="rule" title="{marks}">{escape(change.rule)}</span>{reason}</li>'
    )


def _prose(text: str, *, safe: bool = False) -> str:
    """Text with `names` as code."""
    parts = (text if safe else escape(text)).split("`")
    return "".join(f"<code>{part}</code>" if index % 2 else part for index, part in enumerate(parts))
