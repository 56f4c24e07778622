import warnings

import pytest
from pinwheel_overlays import version
from pinwheel_overlays.version import VersionMismatchWarning

from .harness import Bench, answer, widget


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "_warned", set())


def test_an_answer_of_another_version_warns_once(bench: Bench) -> None:
    other = answer(widget(), headers={"pinwheel-version": "2021-04-29"})
    client = bench.client(other, other)
    with pytest.warns(VersionMismatchWarning, match="2025-07-08 was asked for, but the answer says '2021-04-29'"):
        bench.do(client.widgets.get("w1"))
    with warnings.catch_warnings(record=True) as caught:
        bench.do(client.widgets.get("w1"))
    assert caught == []


@pytest.mark.parametrize("echo", ["2025-07-08", ""])
def test_the_same_version_or_none_is_fine(bench: Bench, echo: str) -> None:
    with warnings.catch_warnings(record=True) as caught:
        bench.do(bench.client(answer(widget(), headers={"pinwheel-version": echo})).widgets.get("w1"))
    assert caught == []


def test_whatever_a_server_says_is_shown_in_short(bench: Bench) -> None:
    odd = answer(widget(), headers={"pinwheel-version": "x\n" * 5_000})
    with pytest.warns(VersionMismatchWarning) as caught:
        bench.do(bench.client(odd).widgets.get("w1"))
    assert len(str(caught[0].message)) < 200
    assert "\n" not in str(caught[0].message)
