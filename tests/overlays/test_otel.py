"""Spans for every sending, by the HTTP conventions, and nothing personal in them."""

import asyncio
import json
from typing import Any

import pytest

pytest.importorskip("opentelemetry.sdk", reason="opentelemetry-sdk is not installed")

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from pinwheel_api import AsyncPinwheel, OpenTelemetryHooks, Pinwheel, RetryPolicy
from pinwheel_overlays.wire import TransportError, WireRequest, WireResponse

BODY = json.dumps({"data": [], "meta": {"count": 0, "next_cursor": None}}).encode()
OK = WireResponse(200, {"content-type": "application/json", "x-pinwheel-request-id": "r-1"}, BODY)
Answers = list[WireResponse | TransportError]


class Scripted:
    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def send(self, request: WireRequest, /) -> WireResponse:
        answer = self.answers.pop(0)
        if isinstance(answer, TransportError):
            raise answer
        return answer

    def close(self) -> None: ...


class AsyncScripted(Scripted):
    async def send(self, request: WireRequest, /) -> WireResponse:  # type: ignore[override]
        return super().send(request)

    async def aclose(self) -> None: ...


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


def spans_of(exporter: InMemorySpanExporter, answers: Answers, *, use_async: bool) -> tuple[ReadableSpan, ...]:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracer = provider.get_tracer("test")
    options: dict[str, Any] = {"hooks": OpenTelemetryHooks(tracer), "retry": RetryPolicy(base=0.0)}
    with tracer.start_as_current_span("caller"):
        if use_async:

            async def run() -> None:
                client = AsyncPinwheel("secret", transport=AsyncScripted(answers), **options)
                async for _ in client.accounts.paystubs.list("the-account"):
                    pass

            asyncio.run(run())
        else:
            list(Pinwheel("secret", transport=Scripted(answers), **options).accounts.paystubs.list("the-account"))
    return exporter.get_finished_spans()


@pytest.mark.parametrize("use_async", [False, True])
def test_each_sending_is_a_span_below_the_callers(exporter: InMemorySpanExporter, use_async: bool) -> None:
    refused = WireResponse(503, {"x-pinwheel-request-id": "r-0"}, b"busy")
    lost = TransportError("connection reset", kind="broken")
    first, second, third, caller = spans_of(exporter, [refused, lost, OK], use_async=use_async)
    for span in (first, second, third):
        assert span.name == "GET /v1/accounts/{account_id}/paystubs"
        assert span.kind is SpanKind.CLIENT
        assert span.parent is not None
        assert caller.context is not None
        assert span.parent.span_id == caller.context.span_id
        assert "the-account" not in span.to_json()
        assert "secret" not in span.to_json()
    attributes = [dict(span.attributes or {}) for span in (first, second, third)]
    common = {
        "http.request.method": "GET",
        "url.template": "/v1/accounts/{account_id}/paystubs",
        "url.scheme": "https",
        "server.address": "sandbox.getpinwheel.com",
        "server.port": 443,
        "pinwheel.operation": "accounts.paystubs.list",
    }
    failed = {"http.response.status_code": 503, "error.type": "503", "pinwheel.request_id": "r-0"}
    assert attributes[0] == {**common, **failed}
    assert attributes[1] == {**common, "http.request.resend_count": 1, "error.type": "connection reset"}
    assert attributes[2]["http.request.resend_count"] == 2
    assert attributes[2]["http.response.status_code"] == 200
    assert [s.status.status_code for s in (first, second, third)] == [
        StatusCode.ERROR,
        StatusCode.ERROR,
        StatusCode.UNSET,
    ]
