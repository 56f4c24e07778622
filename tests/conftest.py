"""Servers that tests of several folders need: started once a run, and only where their programs are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.PostgresProcess]:
    if postgres.PROGRAMS is None:
        pytest.skip(postgres.MISSING)
    with postgres.PostgresProcess() as server:
        yield server
