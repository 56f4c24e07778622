"""Fixtures: each test that takes ``bench`` runs for the sync and for the async client."""

from collections.abc import Iterator

import pytest

from .harness import Bench


@pytest.fixture(params=["sync", "async"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    made = Bench(asynchronous=request.param == "async")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PINWHEEL_API_SECRET", "PINWHEEL_BASE_URL", "PINWHEEL_MODE"):
        monkeypatch.delenv(name, raising=False)
