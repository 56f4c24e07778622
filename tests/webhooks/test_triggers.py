"""What the sandbox sends on demand is what versions of webhooks have: each event comes as its class, with no drift."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pytest
from pinwheel_api import WebhookEvent, WebhookVersion
from pinwheel_api.webhooks import UnknownEvent, WebhookReceiver, event_name, parse
from pinwheel_sandbox import Sandbox

from tests.sandbox.asking import Asker

CATALOGUE = WebhookReceiver.catalogue
VERSIONS = sorted(WebhookVersion)
NAMES = sorted(CATALOGUE.names)


class Deliveries:
    """A sandbox with an account, and a webhook of each version for every event."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.account_id: str = Asker(sandbox).login().account_id
        self.came: dict[str, list[tuple[bytes, Any]]] = {version: [] for version in VERSIONS}
        for version in VERSIONS:
            hook = sandbox.listen(partial(self._take, version), version=version)
            # Webhooks of the oldest calls can be told of events that there are no more.
            sandbox.client("2021-04-29").webhooks.update(hook.id, enabled_events=["*"])

    def _take(self, version: str, body: bytes, headers: Mapping[str, str]) -> None:
        self.came[version].append((body, headers))

    def of(self, event: str) -> dict[str, tuple[bytes, Any]]:
        for came in self.came.values():
            came.clear()
        self.sandbox.trigger(event, self.account_id)
        self.sandbox.deliver()
        return {version: came[0] for version, came in self.came.items() if came}


@pytest.fixture(scope="module")
def deliveries() -> Iterator[Deliveries]:
    with Sandbox() as sandbox:
        yield Deliveries(sandbox)


def test_every_event_of_the_newest_version_has_a_class_in_every_version() -> None:
    for version in VERSIONS:
        assert set(WebhookEvent) <= set(CATALOGUE.of(version).classes)


@pytest.mark.parametrize("name", NAMES)
def test_an_event_on_demand_is_read_as_its_class_in_every_version(deliveries: Deliveries, name: str) -> None:
    found = deliveries.of(name)
    assert list(found) == VERSIONS
    for version, (body, headers) in found.items():
        drifts: list[Any] = []
        event = parse(body, headers, deliveries.sandbox.secret, version=version, on_drift=drifts.append)
        assert event_name(event) == name
        if name in CATALOGUE.of(version).classes:
            assert type(event) is CATALOGUE.of(version).classes[name]
        else:  # it was there no more in that version
            assert name not in set(WebhookEvent)
            assert isinstance(event, UnknownEvent)
            assert event.problem == ""
        assert drifts == []


def test_an_event_that_is_about_an_account_names_it(deliveries: Deliveries) -> None:
    for name in sorted(WebhookEvent):
        body, headers = deliveries.of(name)["2025-07-08"]
        event: Any = parse(body, headers, deliveries.sandbox.secret)
        about = getattr(event.payload, "account_id", deliveries.account_id)
        assert about in {deliveries.account_id, None}, name
        if name.startswith(("account.", "paystubs.", "shifts.", "income.", "employment.", "identity.", "direct_")):
            assert about == deliveries.account_id, name
