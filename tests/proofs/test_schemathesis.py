"""The short form of the schemathesis proof: two versions, a few examples."""

from __future__ import annotations

import pytest

from proofs.schemathesis_parts.running import PROGRAM, run


@pytest.mark.skipif(not PROGRAM.exists(), reason="schemathesis is not installed here; nox -s prove has it")
@pytest.mark.parametrize("version", ["2021-07-28", "2025-07-08"])
def test_sandbox_answers_what_the_document_says(version: str) -> None:
    outcome = run(version, examples=2, phases="fuzzing")
    assert outcome.failures == 0, outcome.output
    assert outcome.cases > outcome.operations
