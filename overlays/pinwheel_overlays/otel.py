"""OpenTelemetry spans, one for each sending, by the semantic conventions for HTTP clients. Needs ``[otel]``."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .errors import ConfigurationError
from .hooks import RequestEvent, ResponseEvent

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

__all__ = ["OpenTelemetryHooks"]

_KEY = "pinwheel_overlays.otel"


class OpenTelemetryHooks:
    """Hooks that make a client's requests visible in traces: ``Pinwheel(hooks=OpenTelemetryHooks())``.

    A span is named after method and path template (``GET /v1/accounts/{account_id}/paystubs``). It never holds an id, a
    query value, a header but the request id, or anything of a body.

    Arguments:
        tracer: the tracer to use; else one named ``pinwheel_api`` of the global provider.

    Raises ConfigurationError when opentelemetry-api is not installed.
    """

    def __init__(self, tracer: "Tracer | None" = None) -> None:
        try:
            from opentelemetry import trace  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ConfigurationError("spans need opentelemetry-api: pip install 'pinwheel-api[otel]'") from error
        self._kind = trace.SpanKind.CLIENT
        self._failed = trace.StatusCode.ERROR
        self._tracer = tracer or trace.get_tracer("pinwheel_api")

    def on_request(self, event: RequestEvent) -> None:
        """Start a span below the caller's current one."""
        operation, server = event.operation, urlsplit(event.server)
        attributes: dict[str, Any] = {
            "http.request.method": operation.method,
            "url.template": operation.path,
            "url.scheme": server.scheme,
            "server.address": server.hostname or "",
            "server.port": server.port or (443 if server.scheme == "https" else 80),
            "pinwheel.operation": operation.id,
        }
        if event.attempt > 1:
            attributes["http.request.resend_count"] = event.attempt - 1
        span = self._tracer.start_span(f"{operation.method} {operation.path}", kind=self._kind, attributes=attributes)
        event.state[_KEY] = span

    def on_response(self, event: ResponseEvent) -> None:
        """End it, as failed where no answer came or the answer refuses."""
        span: Span | None = event.state.pop(_KEY, None)
        if span is None:
            return
        if event.request_id:
            span.set_attribute("pinwheel.request_id", event.request_id)
        if event.status is not None:
            span.set_attribute("http.response.status_code", event.status)
        if event.status is None or event.status >= 400:
            span.set_attribute("error.type", event.cause if event.status is None else str(event.status))
            span.set_status(self._failed)
        span.end()
