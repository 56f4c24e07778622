"""Webhooks with plain HTTP: to this machine, registered with a sandbox on this machine, and nowhere else."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pinwheel_api import InvalidInputError, Pinwheel
from pinwheel_overlays.wire import WireRequest, WireResponse
from pinwheel_sandbox import Sandbox

REST: Any = {"status": "active", "enabled_events": ["paystubs.added"]}
OF_THIS_MACHINE = [
    "http://localhost:8000/webhooks",
    "http://127.0.0.1:8000/webhooks?key=1",
    "http://127.8.7.6/",
    "http://[::1]:8000",
]


@pytest.mark.parametrize("url", OF_THIS_MACHINE)
def test_the_local_sandbox_takes_them_as_they_are(url: str) -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        hook = client.webhooks.create(url=url, version="2025-07-08", **REST)
        assert hook.url == url
        assert client.webhooks.update(hook.id, url=f"{url}#2").url == f"{url}#2"
        oldest = sandbox.client("2021-04-29")
        assert oldest.webhooks.create(url=url, **REST).url == url


def test_a_sandbox_on_a_port_and_an_asynchronous_client_do_too() -> None:
    async def create(sandbox: Sandbox) -> str:
        client = sandbox.async_client()
        return (await client.webhooks.create(url=OF_THIS_MACHINE[0], version="2025-07-08", **REST)).url

    with Sandbox() as sandbox, sandbox.serve() as server, Pinwheel(sandbox.secret, base_url=server.url) as client:
        hook = client.webhooks.create(url=OF_THIS_MACHINE[0], version="2025-07-08", **REST)
        assert hook.url == OF_THIS_MACHINE[0] == asyncio.run(create(sandbox))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "http://localhost.example.com/",
        "http://localhost@example.com/",
        "http://example.com/#http://localhost",
        "http://128.0.0.1/",
        "http://",
        "HTTP://localhost/",
        "ftp://localhost/",
        "localhost:8000",
    ],
)
def test_other_addresses_need_https_there_too(url: str) -> None:
    with Sandbox() as sandbox, sandbox.client() as client, pytest.raises(InvalidInputError, match="url: "):
        client.webhooks.create(url=url, version="2025-07-08", **REST)


class Nobody:
    """Sends nothing."""

    def send(self, request: WireRequest, /) -> WireResponse:
        raise AssertionError(request)

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("mode", ["sandbox", "development", "production"])
@pytest.mark.parametrize("url", OF_THIS_MACHINE)
def test_pinwheel_is_not_asked_for_them(mode: Any, url: str) -> None:
    client = Pinwheel("a-secret", mode=mode, transport=Nobody())
    with pytest.raises(InvalidInputError, match="url: "):
        client.webhooks.create(url=url, version="2025-07-08", **REST)


def test_only_whole_addresses_are_let_through_so() -> None:
    with Sandbox() as sandbox, sandbox.client() as client, pytest.raises(InvalidInputError, match="status: "):
        client.webhooks.create(url=OF_THIS_MACHINE[0], version="2025-07-08", **{**REST, "status": "http://localhost"})
