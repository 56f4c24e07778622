"""A fresh sandbox for each test, its clock stopped at the hour at which Pinwheel's own was recorded."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pinwheel_sandbox import Clock, Sandbox

from .asking import Asker

RECORDED = datetime(2025, 6, 24, 22, 4, 33, 547000, tzinfo=UTC)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(clock=Clock(RECORDED)) as sandbox:
        yield sandbox


@pytest.fixture
def ask(sandbox: Sandbox) -> Asker:
    return Asker(sandbox)
