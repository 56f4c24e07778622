"""How deliveries look at the terminal: one line each, the answer first, as that is what one looks for."""

import json
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pinwheel_overlays.narrow import is_tree
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from pinwheel_sandbox.controls.desk import DeliveryView

    from .inbox import Forwarded

__all__ = ["SHORT", "console", "delivery_line", "explanation", "forwarded_line", "payload_text", "read"]

SHORT = 8
"""How much of an id is shown: `pinwheel redeliver` finds it by that."""

_LONGEST = 200
_WIDTH = 29  # what fits most names of events, and a line into 80 columns


def console() -> Console:
    """Lines are never broken: what is copied from them stays whole."""
    return Console(highlight=False, soft_wrap=True)


def read(body: bytes | str) -> dict[str, Any]:
    """An event as a tree; empty if it is none."""
    try:
        tree = json.loads(body)
    except ValueError:
        return {}
    return tree if is_tree(tree) else {}


def forwarded_line(delivery: "Forwarded", times: int, *, forwarding: bool) -> Text:
    """A delivery as it was answered just now; `times` is how often this event has come."""
    tree = read(delivery.body)
    line = Text.assemble((f"{delivery.at:%H:%M:%S}", "dim"), "  ")
    if forwarding:
        line.append_text(_answer(None if delivery.answer.problem else delivery.answer.status))
        line.append(f"{_span(delivery.milliseconds):>7}  ", "dim")
    _name(line, tree)
    if times > 1:
        line.append(f"  x{times}", "yellow")
    return line


def explanation(delivery: "Forwarded", url: str | None) -> Text | None:
    """What went wrong with a delivery, for the line below it; None if nothing did."""
    if delivery.answer.problem:
        return Text(f"          {delivery.answer.problem}: {url}", "red")
    if delivery.answer.status < HTTPStatus.BAD_REQUEST:
        return None
    said = " ".join(delivery.answer.text.split())[:_LONGEST]
    after = "; it comes again" if delivery.answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR else ""
    return Text(f"          {said or 'no text'}{after}", "dim")


def payload_text(delivery: "Forwarded") -> str:
    """The payload, to be printed below its line."""
    text = json.dumps(read(delivery.body).get("payload"), indent=2, ensure_ascii=False)
    return "\n".join(f"          {line}" for line in text.splitlines())


def delivery_line(delivery: "DeliveryView", *, to: str = "") -> Text:
    """A delivery of the log, by its last attempt."""
    line = Text.assemble((f"{_local(delivery.created_at)}", "dim"), "  ")
    last = delivery.attempts[-1] if delivery.attempts else None
    if last is None or delivery.status == "dropped":
        line.append(f"{delivery.status:<14}", "yellow")
    else:
        line.append_text(_answer(last.status))
        line.append(f"{_span(last.seconds * 1000):>7}  ", "dim")
    _name(line, read(delivery.body))
    if to:
        line.append(f"  {to}", "cyan")
    if len(delivery.attempts) > 1:
        line.append(f"  {len(delivery.attempts)} attempts", "yellow")
    if last is not None and delivery.status == "pending":
        line.append(f"  again at {_local(delivery.due_at)}", "yellow")
    if last is not None and last.error:
        line.append(f"\n          {last.error}", "red")
    return line


def _name(line: Text, tree: dict[str, Any]) -> None:
    line.append(f"{tree.get('event', 'no event'):<{_WIDTH}} ", "bold")
    line.append(str(tree.get("event_id", ""))[:SHORT], "cyan")
    payload = tree.get("payload")
    if is_tree(payload):
        for name in ("account_id", "company_connection_id", "end_user_id"):
            about = payload.get(name)
            if about:
                short = str(about)[:SHORT] if name != "end_user_id" else str(about)
                line.append(f"  {name.removesuffix('_id').replace('_', ' ')} {short}", "dim")
                break


def _answer(status: int | None) -> Text:
    if status is None:
        return Text("---  ", "bold red")
    color = "green" if status < 300 else "yellow" if status < 500 else "red"
    return Text(f"{status}  ", f"bold {color}")


def _span(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds < 10_000 else f"{milliseconds / 1000:.1f} s"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"
