"""The frame of every page, and the pieces that pages share."""

import json
from collections.abc import Iterable, Mapping, Sequence

from pinwheel_sandbox.dashboard.markup import Child, Html, join, tag

PAGES: Mapping[str, str] = {
    "/": "Test Console",
    "/dashboard/accounts": "Accounts",
    "/dashboard/jobs": "Jobs",
    "/dashboard/deliveries": "Webhook deliveries",
    "/dashboard/requests": "Requests",
    "/dashboard/keys": "API keys",
    "/dashboard/clock": "Clock",
}

_GOOD = frozenset({"success", "active", "delivered", "200"})
_BAD = frozenset({"error", "failed", "disconnected", "revoked", "expired", "400"})
_WAITING = frozenset({"pending", "user_action_required", "degraded"})


def page(path: str, *content: Child, title: str | None = None, script: bool = False) -> str:
    """A whole page."""
    title = title or PAGES[path]
    links = [
        tag("li", tag("a", name, href=target, aria_current="page" if target == path else None))
        for target, name in PAGES.items()
    ]
    body = join(
        tag("a", "Skip to content", class_="skip", href="#content"),
        tag(
            "header",
            tag("p", tag("strong", "Pinwheel"), " ", tag("span", "local sandbox", class_="tag"), class_="brand"),
            tag("nav", tag("ul", *links), aria_label="Pages"),
        ),
        tag("main", tag("h1", title), *content, id="content", tabindex="-1"),
    )
    head = join(
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} · Pinwheel sandbox"),
        tag("link", rel="icon", href="data:,"),
        tag("link", rel="stylesheet", href="/dashboard-assets/dashboard.css"),
        tag("link", rel="stylesheet", href="/dashboard-assets/parts.css"),
        tag("script", src="/pinwheel-v4.0.0.js", defer=True) if script else None,
        tag("script", src="/dashboard-assets/console.js", defer=True) if script else None,
    )
    return "<!doctype html>" + tag("html", tag("head", head), tag("body", body), lang="en")


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Child]], *, empty: str) -> Html:
    """A table, or what to say when there is nothing in it. On a phone, a row becomes a card."""
    listed = list(rows)
    if not listed:
        return tag("p", empty, class_="empty")
    head = tag("tr", *(tag("th", column, scope="col") for column in columns))
    body = [
        tag("tr", *(tag("td", cell, data_label=column) for column, cell in zip(columns, row, strict=True)))
        for row in listed
    ]
    return tag(
        "div",
        tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body)),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def state(word: str) -> Html:
    """A word that says how something is, with a colour for it."""
    # A status of HTTP is good below 400.
    known = "200" if word.isdigit() and word < "400" else "400" if word.isdigit() else word
    tone = "good" if known in _GOOD else "bad" if known in _BAD else "wait" if word in _WAITING else "plain"
    return tag("span", word.replace("_", " "), class_=f"state {tone}")


def code(text: object) -> Html:
    """An id or the like."""
    return tag("code", str(text))


def block(title: str, text: str) -> Html:
    """A text as it was sent, JSON with its structure shown."""
    try:
        shown = json.dumps(json.loads(text), indent=2, ensure_ascii=False) if text else ""
    except ValueError:
        shown = text
    return tag("section", tag("h2", title), tag("pre", tag("code", shown or "Nothing."), tabindex="0"), class_="card")


def moment(text: object) -> Html:
    """A moment, to the second."""
    return tag("time", str(text).replace("T", " ")[:19], datetime=str(text))


def field(label: str, control: Html, *, problem: str | None = None) -> Html:
    """A labelled control."""
    return tag("label", tag("span", label), control, tag("em", problem, class_="problem") if problem else None)


def select(name: str, options: Iterable[tuple[str, str]], chosen: str = "") -> Html:
    """A list to choose from."""
    listed = [tag("option", text, value=value, selected=value == chosen) for value, text in options]
    return tag("select", *listed, name=name)
