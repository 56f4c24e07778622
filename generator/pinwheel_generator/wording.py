"""Template filters: docstrings, literals, defaults. All prose of the generated code passes through here."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable

from .shapes import Argument, Field, Operation

WIDTH = 116


def docstring(text: str, indent: int, more: Iterable[str] = ()) -> str:
    """A docstring, wrapped; lines of `more` follow a blank line, those that start with a space keep their depth."""
    pad = " " * indent
    first = _wrap(_safe(text) or "Not described.", indent, 0)
    lines = [*first]
    rest = list(more)
    if any(rest):
        lines.append("")
        for line in rest:
            depth = len(line) - len(line.lstrip())
            lines += _wrap(_safe(line.strip()), indent, depth, hang=4 if depth else 0) if line.strip() else [""]
    if len(lines) == 1 and len(lines[0]) + indent + 6 <= WIDTH + 4:
        return f'"""{lines[0]}"""'
    body = "\n".join((pad + line).rstrip() for line in lines[1:])
    return f'"""{lines[0]}\n{body}\n{pad}"""' if body else f'"""{lines[0]}\n{pad}"""'


def _wrap(text: str, indent: int, depth: int, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH - indent,
        initial_indent=" " * depth,
        subsequent_indent=" " * (depth + hang),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _safe(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"""', "'''").removesuffix('"')


def literal(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def mapping(arguments: Iterable[Argument]) -> str:
    """Arguments by their names on the wire. No comma at the end, so that the formatter may keep one line."""
    return "{" + ", ".join(f"{literal(a.wire)}: {a.name}" for a in arguments) + "}"


def set_literal(items: Iterable[str]) -> str:
    return "{" + ", ".join(literal(i) for i in items) + "}"


def default_value(field: Field, is_request: bool) -> str:
    if field.renamed:
        default = "" if field.required else ", default=None"
        return f" = msgspec.field(name={literal(field.name)}{default})"
    if field.required:
        return ""
    return " = UNSET" if is_request else " = None"


def attribute_doc(field: Field) -> str:
    return f"    {field.attribute}: {field.doc}"


def method_doc(op: Operation, is_async: bool) -> list[str]:
    """`Args`, `Returns`, `Raises` and the source: the same for the sync and the async call."""
    lines: list[str] = [op.doc, ""]
    arguments: tuple[Argument, ...] = (*op.path_arguments, *op.keyword_arguments)
    if arguments:
        lines += ["Args:", *(f"    {a.name}: {a.doc}" for a in arguments), ""]
    if op.result and op.is_list:
        loop = "async for" if is_async else "for"
        more = "further pages are fetched as you go" if op.paginated else "Pinwheel sends them in one page"
        lines += ["Returns:", f"    `{op.result.text}` objects: `{loop} item in ...`; {more}.", ""]
    elif op.result:
        lines += ["Returns:", f"    The `{op.result.text}`.", ""]
    else:
        lines += ["Returns:", "    Nothing: Pinwheel confirms without content.", ""]
    lines += [
        "Raises:",
        "    InvalidInputError: an argument breaks a rule above; nothing was sent.",
        "    APIError: Pinwheel refused; `NotFoundError`, `RateLimitError` and the like by status.",
        "    APIConnectionError: no answer came.",
        "",
        f"Source: {op.provenance}",
    ]
    return lines
