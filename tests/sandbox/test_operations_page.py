"""The page that lists what is stateful in which version is made from the routing table."""

from pathlib import Path

from pinwheel_sandbox.core import ROUTES
from pinwheel_sandbox.faces.face import DATES
from pinwheel_sandbox.operations import entries, page

from .asking import Asker
from .contract import operations

PAGE = Path(__file__).parents[2] / "docs" / "sandbox-operations.md"


def test_page_is_what_the_routing_table_gives() -> None:
    assert PAGE.read_text() == page(ROUTES), "python -m pinwheel_sandbox.operations > docs/sandbox-operations.md"


def test_the_sandbox_tells_it_too(ask: Asker) -> None:
    told = ask("GET", "/_sandbox/operations").data
    assert told == entries(ROUTES)
    for version in DATES:
        assert {entry["operation"] for entry in told if version in entry["versions"]} == {
            operation for operation, _, _ in operations(version)
        }
    states = {entry["operation"]: entry["state"] for entry in told}
    assert (states["search.list"], states["accounts.list"], states["webhooks.create"]) == ("fixed", "reads", "changes")
