"""Every case, with the client for threads and the one for tasks, in every version that has its operations."""

import pytest

from .runner.compare import problems
from .runner.load import CASES, Run, runs
from .runner.play import play


@pytest.mark.parametrize("run", [pytest.param(run, id=run.id) for run in runs(CASES)])
def test_case(run: Run) -> None:
    found = problems(run, play(run))
    assert not found, "\n".join([f"{run.id}: {run.case.why}", *found])
