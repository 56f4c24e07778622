"""The short form of the schemathesis proof: the versions that differ most, a few examples, on both databases."""

from __future__ import annotations

import pytest

from proofs.schemathesis_parts.running import PROGRAM, run
from tests.servers.postgres import PostgresProcess


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return "sqlite://"
    server: PostgresProcess = request.getfixturevalue("postgres_server")
    return server.database()


@pytest.mark.skipif(not PROGRAM.exists(), reason="schemathesis is not installed here: nox -s schemathesis has it")
@pytest.mark.parametrize("version", ["2021-07-28", "2025-07-08"])
def test_sandbox_answers_what_the_document_says(version: str, database: str) -> None:
    outcome = run(version, examples=2, database=database, phases="fuzzing")
    assert outcome.failures == 0, outcome.output
    assert outcome.cases > outcome.operations
