"""Which operation there is in which version, and what it has to do with the sandbox's state."""

from collections.abc import Iterable
from typing import TypedDict

from pinwheel_sandbox.faces.face import DATES
from pinwheel_sandbox.routing import Route

PAGE_HEAD = """# Operations of the sandbox

Made from the routing table of the sandbox, which `GET /_sandbox/operations` tells as well. "Reads" answers from what
other calls and logins left behind, "changes" leaves something behind itself, and "fixed" is the same in every sandbox.

"""


class Entry(TypedDict):
    """One operation."""

    operation: str
    method: str
    path: str
    state: str
    versions: list[str]


def entries(routes: Iterable[Route]) -> list[Entry]:
    """All operations, by name."""
    return [
        Entry(
            operation=route.operation,
            method=route.method,
            path=route.template,
            state="fixed" if route.fixed else "changes" if route.writes else "reads",
            versions=[date for date in DATES if route.since <= date <= route.until],
        )
        for route in sorted(routes, key=lambda route: route.operation)
    ]


def page(routes: Iterable[Route]) -> str:
    """The operations as a page for people."""
    lines = [PAGE_HEAD, f"| operation | state | {' | '.join(DATES)} |\n", f"|{' --- |' * (len(DATES) + 2)}\n"]
    for entry in entries(routes):
        there = " | ".join("yes" if date in entry["versions"] else "" for date in DATES)
        lines.append(f"| `{entry['operation']}` | {entry['state']} | {there} |\n")
    return "".join(lines)


if __name__ == "__main__":  # writes the page for the documentation
    from pinwheel_sandbox.core import ROUTES

    print(page(ROUTES), end="")  # noqa: T201
