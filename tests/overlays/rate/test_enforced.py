"""A few seconds against real servers that enforce the limit; `nox -s prove -- rate_limit` does it at length.

They keep a sliding log: no delay on a busy machine can make one refuse, so this holds everywhere. How much of the
allowance is used depends on the machine; here it only must not stand still.
"""

import pytest

from . import runs
from .redis_server import BINARY, MISSING

SECONDS = 2.2


@pytest.mark.parametrize("setup", [runs.THREADS, runs.Setup("60 tasks", "tasks", 60)], ids=lambda setup: setup.name)
def test_nothing_is_refused(setup: runs.Setup) -> None:
    result = runs.run(setup, "sliding", runs.JITTER, SECONDS)
    assert result.refused == 0
    assert result.used() > 0.1


@pytest.mark.skipif(BINARY is None, reason=MISSING)
def test_nothing_is_refused_to_processes_that_share_an_allowance_in_redis() -> None:
    pytest.importorskip("redis", reason="redis, the library, is not installed")
    result = runs.run(runs.PROCESSES, "sliding", runs.LOOPBACK, SECONDS)
    assert result.refused == 0
    assert result.used() > 0.1


def test_nothing_is_refused_by_the_sandbox() -> None:
    assert runs.run(runs.THREADS, "sliding", runs.SANDBOX, SECONDS).refused == 0
