import logging

import pytest
from pinwheel_overlays.wire import TransportError

from .harness import REQUEST_ID, SECRET, Bench, answer, refusal, widget


def test_one_line_per_sending_with_template_status_time_attempt_and_request_id(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    client = bench.client(
        TransportError("timeout: ReadTimeout", "timeout"), refusal(503), answer(widget(ssn="123-45-6789"))
    )
    with caplog.at_level(logging.DEBUG, "pinwheel_api"):
        bench.do(client.widgets.get("user-with-a-name"))
    assert [record.getMessage() for record in caplog.records if record.name == "pinwheel_api"] == [
        "GET /v1/widgets/{widget_id} -> timeout: ReadTimeout in 0 ms (attempt 1, request id none)",
        f"GET /v1/widgets/{{widget_id}} -> HTTP 503 in 0 ms (attempt 2, request id {REQUEST_ID})",
        f"GET /v1/widgets/{{widget_id}} -> HTTP 200 in 0 ms (attempt 3, request id {REQUEST_ID})",
    ]
    for hidden in ("user-with-a-name", SECRET, "6789"):
        assert hidden not in caplog.text


def test_bodies_and_queries_are_never_logged(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    client = bench.client(answer(widget()), answer([widget()]))
    with caplog.at_level(logging.DEBUG):
        bench.do(client.widgets.create(name="123-45-6789", nick="n"))
        bench.items(client.widgets.search("987-65-4321"))
    assert "6789" not in caplog.text
    assert "4321" not in caplog.text
    assert "POST /v1/widgets -> HTTP 200" in caplog.text


def test_nothing_is_said_above_debug(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        bench.do(bench.client(refusal(503), answer(widget())).widgets.get("w1"))
    assert [record for record in caplog.records if record.name.startswith("pinwheel")] == []
