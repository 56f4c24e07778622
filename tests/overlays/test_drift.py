import logging
from typing import Any

import pytest
from pinwheel_overlays.drift import Drift, DriftMonitor

from .harness import REQUEST_ID, Bench, answer, widget


def test_each_kind_is_told_once(bench: Bench) -> None:
    told: list[Drift] = []
    page = answer([widget(size=None, color="x"), widget(size=None, color="y"), widget(extra=1)])
    client = bench.client(page, page, page, on_drift=told.append)
    bench.items(client.widgets.search("q"))
    bench.items(client.widgets.search("q"))
    assert [(drift.kind, drift.pattern) for drift in told] == [
        ("null", "$.data[*].size"),
        ("enum", "$.data[*].color"),
        ("unknown", "$.data[*].extra"),
    ]
    assert told[0].path == "$.data[0].size"
    assert told[0].operation == "widgets.search"
    assert told[0].request_id == REQUEST_ID
    bench.items(client.with_options(max_retries=0).widgets.search("q"))
    assert len(told) == 3


def test_a_good_answer_is_not_told(bench: Bench) -> None:
    told: list[Drift] = []
    bench.do(bench.client(answer(widget()), on_drift=told.append).widgets.get("w1"))
    assert told == []


def test_a_callback_cannot_break_a_call(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    def broken(drift: Drift) -> None:
        raise RuntimeError("holds 123-45-6789")

    client = bench.client(answer(widget(size=None)), on_drift=broken)
    with caplog.at_level(logging.WARNING, "pinwheel_api"):
        assert bench.do(client.widgets.get("w1")).size is None
    assert "on_drift raised RuntimeError" in caplog.text
    assert "6789" not in caplog.text


def test_what_is_told_in_all_is_bounded() -> None:
    told: list[Any] = []
    monitor = DriftMonitor(told.append)
    monitor.report(Drift("unknown", f"$.x{number}", "M", "") for number in range(20_000))
    assert len(told) == 10_000
