"""The sandbox answers what the document of each version says: schemathesis, all checks on, valid and invalid data."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

from pinwheel_sandbox.faces.face import DATES

from .page import Row
from .schemathesis_parts.running import PROGRAM, run

EXAMPLES = 20


def prove(tell: Callable[[str], None]) -> list[Row]:
    """A run for each version; PROOF_DATABASE names another database than SQLite in memory."""
    if not PROGRAM.exists():
        raise SystemExit(f"{PROGRAM} is not there: install schemathesis, or name its program in SCHEMATHESIS")
    database = os.environ.get("PROOF_DATABASE", "sqlite://")
    rows: list[Row] = [("version", "operations", "test cases", "failures")]
    failed: list[str] = []
    for version in DATES:
        outcome = run(version, examples=EXAMPLES, database=database)
        tell(json.dumps(outcome[:4]))
        rows.append((version, outcome.operations, f"{outcome.cases:,}", outcome.failures))
        if outcome.failures or not outcome.cases:
            failed.append(outcome.output)
    if failed:
        raise SystemExit("\n\n".join(failed))
    return rows
