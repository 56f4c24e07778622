"""The sandbox answers what the document of each version says: schemathesis, all checks on, valid and invalid data."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pinwheel_sandbox.faces.face import DATES

from tests.servers.postgres import PostgresProcess

from .page import Row
from .schemathesis_parts.running import PROGRAM, run

EXAMPLES = 12
"""Of each operation in each phase: a minute for a version, about, on two cores."""
DATABASES = ("SQLite", "PostgreSQL")


def prove(tell: Callable[[str], None]) -> list[Row]:
    """A run for each version on each database."""
    if not PROGRAM.exists():
        raise SystemExit(f"{PROGRAM} is not there: install schemathesis, or name its program in SCHEMATHESIS")
    rows: list[Row] = [("version", "database", "operations", "test cases", "failures", "seconds")]
    failed: list[str] = []
    for database in DATABASES:
        for version in reversed(DATES):
            started = time.monotonic()
            with _empty(database) as url:
                outcome = run(version, examples=EXAMPLES, database=url)
            seconds = round(time.monotonic() - started)
            tell(json.dumps([database, *outcome[:4], seconds]))
            rows.append((version, database, outcome.operations, f"{outcome.cases:,}", outcome.failures, seconds))
            if outcome.failures or not outcome.cases:
                tell(outcome.output)
                failed.append(f"{version} on {database}")
    if failed:
        raise SystemExit(f"failures: {', '.join(failed)}")
    return rows


@contextmanager
def _empty(database: str) -> Iterator[str]:
    if database == "SQLite":
        yield "sqlite://"
        return
    with PostgresProcess() as server:
        yield server.database()
