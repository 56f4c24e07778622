import asyncio
import warnings

import pytest
from pinwheel_overlays import version
from pinwheel_overlays.version import VersionMismatchWarning

from . import shop
from .harness import AsyncScript, Bench, SyncScript, answer, widget
from .shop import AsyncShop, Shop


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


def test_the_warning_is_about_the_callers_line() -> None:
    client = Shop(
        "s", transport=SyncScript(answer(widget(), headers={"pinwheel-version": "2021-04-29"})), rate_limit=None
    )
    with pytest.warns(VersionMismatchWarning) as caught:
        client.widgets.get("w1")
    # The resources of the shop stand where an application would: they are no part of this package.
    assert caught[0].filename == shop.__file__


def test_the_warning_is_about_the_callers_line_in_a_task() -> None:
    async def call() -> None:
        await client.widgets.get("w1")

    script = AsyncScript(answer(widget(), headers={"pinwheel-version": "2021-04-29"}))
    client = AsyncShop("s", transport=script, rate_limit=None)
    with pytest.warns(VersionMismatchWarning) as caught:
        asyncio.run(call())
    # The resources of the shop stand where an application would: they are no part of this package.
    assert caught[0].filename == shop.__file__


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
