"""The pages that show what there is."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pinwheel_sandbox.dashboard.ask import Sandbox
from pinwheel_sandbox.dashboard.layout import block, code, field, moment, page, state, table
from pinwheel_sandbox.dashboard.markup import Html, join, tag

_NOT_OFFERED = tag("p", "This sandbox does not offer that.", class_="empty")


def accounts(sandbox: Sandbox) -> str:
    """Accounts, newest first."""
    catalogue = sandbox.world.catalogue
    rows = [
        (
            code(account["id"]),
            account.get("end_user_id") or "—",
            catalogue.platforms[account["platform_id"]].name,
            state("active" if account["connected"] else "disconnected"),
            state(str(account.get("monitoring_status"))),
            moment(account["created_at"]),
        )
        for account in sandbox.get("/v1/accounts", limit=100)
    ]
    columns = ("Account", "End user", "Platform", "Connection", "Monitoring", "Connected at")
    empty = "No accounts yet. Make a Link token in the Test Console and log in with it."
    return page("/dashboard/accounts", table("Accounts", columns, rows, empty=empty))


def jobs(sandbox: Sandbox) -> str:
    """Jobs that have ended, newest first."""
    rows = [
        (
            moment(job["timestamp"]),
            str(job["name"]).replace("_", " "),
            state(str(job["outcome"])),
            code(job.get("account_id") or "—"),
            job.get("error_code") or "—",
        )
        for job in sandbox.get("/v1/jobs", limit=100)
    ]
    columns = ("Ended", "Job", "Outcome", "Account", "Error")
    return page("/dashboard/jobs", table("Jobs", columns, rows, empty="No jobs yet."))


def deliveries(sandbox: Sandbox, wanted: str = "") -> str:
    """Webhook deliveries, newest first, each with a button to send it again; one of them whole, by its id."""
    path = "/dashboard/deliveries"
    found: list[dict[str, Any]] | None = sandbox.offered("/_sandbox/deliveries", limit=100)
    if found is None:
        return page(path, _NOT_OFFERED)
    if whole := next((delivery for delivery in found if delivery["id"] == wanted), None):
        return page(path, *_delivery(whole), title=str(whole["event"]))
    rows = [
        (
            moment(delivery["created_at"]),
            tag("a", code(delivery["event"]), href=f"{path}?id={delivery['id']}"),
            tag("span", delivery["url"], class_="long"),
            state(delivery["status"]),
            join(len(delivery["attempts"]), " ", _last(delivery["attempts"])),
            _button(path, "Send again", id=delivery["id"]),
        )
        for delivery in found
    ]
    columns = ("Created", "Event", "Webhook", "Status", "Attempts", "")
    empty = "No deliveries yet. Register a webhook with POST /v1/webhooks."
    return page(path, table("Webhook deliveries", columns, rows, empty=empty))


def _delivery(delivery: dict[str, Any]) -> list[Html]:
    """One delivery: each try, and what was sent."""
    tries = [
        (moment(attempt["at"]), state(str(attempt["status"] or "error")), attempt["error"] or "—")
        for attempt in delivery["attempts"]
    ]
    return [
        tag("p", tag("a", "All deliveries", href="/dashboard/deliveries")),
        tag("p", "To ", code(delivery["url"]), " in the form of ", code(delivery["version"]), ".", class_="lead"),
        table("Attempts", ("At", "Answer", "Error"), tries, empty="Not tried yet."),
        block("Body", delivery["body"]),
        _button("/dashboard/deliveries", "Send again", id=delivery["id"]),
    ]


def requests(sandbox: Sandbox, wanted: str = "") -> str:
    """Requests to the API, newest first; one of them by its id."""
    found: list[dict[str, Any]] | None = sandbox.offered("/_sandbox/requests", limit=1000)
    search = tag(
        "form",
        field("Request id", tag("input", name="id", value=wanted, autocomplete="off", spellcheck="false")),
        tag("button", "Find"),
        method="get",
        class_="line",
    )
    if found is None:
        return page("/dashboard/requests", _NOT_OFFERED)
    shown = [entry for entry in found if wanted in str(entry.get("request_id"))]
    rows = [
        (
            moment(entry.get("at")),
            code(entry.get("method")),
            code(entry.get("path")),
            state(str(entry.get("status"))),
            code(entry.get("version") or "—"),
            tag("a", code(entry.get("request_id")), href=f"/dashboard/requests?id={entry.get('request_id')}"),
        )
        for entry in shown[:100]
    ]
    columns = ("At", "Method", "Path", "Status", "Version", "Request id")
    whole = [block("Sent", shown[0]["sent"]), block("Answered", shown[0]["answered"])] if len(shown) == 1 else []
    listed = table("Requests", columns, rows, empty="No such requests.")
    return page("/dashboard/requests", search, listed, tag("div", *whole, class_="columns") if whole else None)


def keys(sandbox: Sandbox) -> str:
    """API keys. The secrets are shown: they open this sandbox and nothing else."""
    now = sandbox.world.clock.now()
    rows = [
        (code(key.secret), code(key.key[:16] + "…"), moment(key.created_at.isoformat()), state(_validity(key, now)))
        for key in sandbox.api_keys()
    ]
    return page("/dashboard/keys", table("API keys", ("Secret", "Public key", "Made at", "State"), rows, empty="None."))


def clock(sandbox: Sandbox) -> str:
    """What time it is in the sandbox, and buttons to move on."""
    path = "/dashboard/clock"
    now = sandbox.world.clock.now()
    steps = (("1 minute", 60), ("1 hour", 3600), ("1 day", 86_400), ("14 days", 14 * 86_400))
    moves = [_button(path, f"Move on {name}", seconds=str(seconds)) for name, seconds in steps]
    return page(
        path,
        tag("p", tag("time", f"{now:%A, %d %B %Y, %H:%M:%S} UTC", datetime=now.isoformat()), class_="now"),
        tag("p", "Tokens expire, data arrives and webhooks are sent again by this clock.", class_="lead"),
        tag("div", *moves, class_="buttons"),
    )


def _button(path: str, text: str, **values: str) -> Html:
    hidden = [tag("input", type="hidden", name=name, value=value) for name, value in values.items()]
    return tag("form", *hidden, tag("button", text, class_="quiet"), method="post", action=path)


def _last(attempts: list[dict[str, Any]]) -> Html:
    if not attempts:
        return tag("span")
    last = attempts[-1]
    return tag("small", f"last: {last.get('status') or last.get('error')}")


def _validity(key: Any, now: datetime) -> str:
    if key.revoked_at and key.revoked_at <= now:
        return "revoked"
    return "expired" if key.expires_at and key.expires_at <= now else "active"


# These find one entry by its id.
FINDING: Mapping[str, Callable[[Sandbox, str], str]] = {"deliveries": deliveries, "requests": requests}

PAGES: Mapping[str, Callable[[Sandbox], str]] = {
    "accounts": accounts,
    "jobs": jobs,
    "keys": keys,
    "clock": clock,
}
