"""All operations of all nine versions, through their real clients."""

import pytest
from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.core import ROUTES
from pinwheel_sandbox.faces.face import DATES

from .contract import operations
from .every_operation import call_every_operation, call_the_endings


@pytest.mark.parametrize("version", DATES)
def test_every_operation_answers_as_its_document_says(sandbox: Sandbox, version: str) -> None:
    called = call_every_operation(sandbox, version) | call_the_endings(sandbox, version)
    assert called == {operation for operation, _, _ in operations(version)}


def test_there_are_no_other_routes() -> None:
    documented = {found for version in DATES for found in operations(version)}
    assert {(route.operation, route.method, route.template) for route in ROUTES} == documented
    assert sum(len(list(operations(version))) for version in DATES) == 346
