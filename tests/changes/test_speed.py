"""All versions against each other, quickly enough to do it on every change of a spec."""

import time
from itertools import combinations

from pinwheel_cli.changes import compare

from .conftest import VERSIONS
from .tiny import Json


def test_36_pairs_take_less_than_5_seconds(documents: dict[str, Json]) -> None:
    started = time.process_time()
    found = [len(compare(documents[old], documents[new]).changes) for old, new in combinations(VERSIONS, 2)]
    assert len(found) == 36
    # Of the processor, so that what else a machine does makes no difference. From plain data: nothing is read before.
    assert time.process_time() - started < 5
    assert sum(found) > 1000
