"""What tests of several folders need.

Servers are started once a run, and only where their programs are. Every answer that a sandbox gives in a test, whatever
the test is about, is held against the document of its version.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

import pytest

from tests.servers import postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.PostgresProcess]:
    if postgres.PROGRAMS is None:
        pytest.skip(postgres.MISSING)
    with postgres.PostgresProcess() as server:
        yield server


@pytest.fixture(autouse=True)
def answers_are_held_against_their_documents() -> None:
    # By the time a test begins, what it tests was imported; the generator's tests have no sandbox at all. Browsers and
    # schemathesis have environments of their own without jsonschema: the latter does this very thing.
    if (core := sys.modules.get("pinwheel_sandbox.core")) and find_spec("jsonschema"):
        _hold_answers(core.Core)


@cache
def _hold_answers(core: Any) -> None:
    from tests.sandbox.contract import check_answer

    inner = core.handle

    def handle(self: Any, request: Any) -> Any:
        answer = inner(self, request)
        check_answer(request, answer)
        return answer

    core.handle = handle
