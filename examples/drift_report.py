"""Learn of what Pinwheel changed from a report, not from an outage.

`on_drift` is told once of each kind of difference between an answer and the spec. The report below is what one would
send to a team's channel; it holds no values, so no personal data.
"""

import json
from collections.abc import Callable
from typing import Any

from pinwheel_api import Drift, Pinwheel, Transport, WireRequest, WireResponse
from pinwheel_sandbox import Sandbox

WHAT = {
    "null": "is null, though the spec says that it never is",
    "missing": "is missing, though the spec requires it",
    "type": "has another type",
    "enum": "has a value that the spec does not list",
    "unknown": "is a property that the spec does not list",
}


class Report:
    """Collects drift. Called from the thread of the call, so it does no more than keep it."""

    def __init__(self) -> None:
        """Begin empty."""
        self.drifts: list[Drift] = []

    def __call__(self, drift: Drift) -> None:
        """Keep one; the client never tells the same kind twice."""
        self.drifts.append(drift)

    def text(self) -> str:
        """One line for each."""
        return "\n".join(self._line(drift) for drift in self.drifts)

    @staticmethod
    def _line(drift: Drift) -> str:
        expected = f" (expected: {drift.expected})" if drift.expected else ""
        return f"{drift.operation}: {drift.model} at {drift.pattern} {WHAT[drift.kind]}{expected}"


class Changed:
    """The sandbox on a day in the future: its answers went through `change`."""

    def __init__(self, inner: Transport, change: Callable[[Any], None]) -> None:
        """Take what answers, and what to do with the data of each answer."""
        self.inner = inner
        self.change = change

    def send(self, request: WireRequest, /) -> WireResponse:
        """Answer a request."""
        response = self.inner.send(request)
        tree = json.loads(response.body)
        self.change(tree["data"])
        return WireResponse(response.status, response.headers, json.dumps(tree).encode())

    def close(self) -> None:
        """Nothing is held open."""


def tomorrow(data: Any) -> None:
    """New values and properties come without a new version, and nulls have come where the spec has none."""
    items: list[dict[str, Any]] = [data] if "id" in data else data
    for item in items:
        if "employer_name" in item and "status" in item:
            item["status"] = "on_sabbatical"
            item["badge_color"] = "teal"
        if "net_pay_amount" in item:
            item["taxes"] = None


def main() -> None:
    """Read an account while its data drifts, and show what was noticed."""
    with Sandbox() as sandbox, sandbox.client() as pinwheel:
        token = pinwheel.link_tokens.create(
            org_name="Acme Bank", solution="Verify", features=["paystubs"], end_user_id="customer_4711"
        )
        account_id = sandbox.login(token.token).account_id

        report = Report()
        transport = Changed(sandbox.transport(), tomorrow)
        with Pinwheel(sandbox.secret, transport=transport, on_drift=report) as watched:
            employment = watched.accounts.employment.get(account_id)
            stubs = list(watched.accounts.paystubs.list(account_id))
        print(f"Status {employment.status}, {len(stubs)} paystubs: no call failed.")
        print(report.text())


if __name__ == "__main__":
    main()
