"""Metrics of all calls, from hooks: how many, how long, and how often one had to be repeated.

The names of operations are the labels: few, fixed, and without ids. Replace `Metrics` by counters of your own library;
its methods are all there is to it. They run in the thread of the call, so they only count.
"""

import threading
from collections import Counter, defaultdict

from pinwheel_api import (
    PageEvent,
    Pinwheel,
    ResponseEvent,
    RetryEvent,
    RetryPolicy,
    Transport,
    WireRequest,
    WireResponse,
)
from pinwheel_sandbox import Sandbox


class Metrics:
    """Counts in memory, for several threads."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._lock = threading.Lock()
        self.requests: Counter[tuple[str, str]] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.retries: Counter[str] = Counter()
        self.items: Counter[str] = Counter()

    def on_response(self, event: ResponseEvent) -> None:
        """A request was answered, or was not: `cause` says which."""
        with self._lock:
            self.requests[event.operation.id, event.cause] += 1
            self.seconds[event.operation.id] += event.seconds

    def on_retry(self, event: RetryEvent) -> None:
        """Another attempt follows."""
        with self._lock:
            self.retries[event.operation.id] += 1

    def on_page(self, event: PageEvent) -> None:
        """A page of a list came."""
        with self._lock:
            self.items[event.operation.id] += event.items

    def text(self) -> str:
        """Everything, in the form that Prometheus reads."""
        lines = [
            f'pinwheel_requests_total{{operation="{operation}",outcome="{outcome}"}} {count}'
            for (operation, outcome), count in sorted(self.requests.items())
        ]
        for name, counter in (("retries", self.retries), ("items", self.items)):
            lines += [
                f'pinwheel_{name}_total{{operation="{operation}"}} {count}'
                for operation, count in sorted(counter.items())
            ]
        lines += [
            f'pinwheel_request_seconds_sum{{operation="{operation}"}} {seconds:.3f}'
            for operation, seconds in sorted(self.seconds.items())
        ]
        return "\n".join(lines)


class Unsteady:
    """Every fourth request meets an overloaded server, so that there is something to see."""

    def __init__(self, inner: Transport) -> None:
        """Take what answers the others."""
        self.inner = inner
        self.sent = 0

    def send(self, request: WireRequest, /) -> WireResponse:
        """Answer a request."""
        self.sent += 1
        return WireResponse(503, {}, b"") if self.sent % 4 == 0 else self.inner.send(request)

    def close(self) -> None:
        """Nothing is held open."""


def main() -> None:
    """Read the catalogue, and print what it took."""
    metrics = Metrics()
    with Sandbox() as sandbox:
        transport = Unsteady(sandbox.transport())
        retry = RetryPolicy(base=0.01)
        with Pinwheel(sandbox.secret, transport=transport, hooks=metrics, retry=retry) as pinwheel:
            for _ in pinwheel.employers.list(limit=50).max_items(200):
                pass
            for _ in pinwheel.platforms.list(limit=20).max_items(40):
                pass
    print(metrics.text())


if __name__ == "__main__":
    main()
