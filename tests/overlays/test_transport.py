"""Sending over real sockets with httpx, and with the caller's own httpx or httpx2 client."""

import asyncio
import gc
import json
import os
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pinwheel_overlays.config import Timeout
from pinwheel_overlays.errors import (
    APIConnectionError,
    APITimeoutError,
    BadGatewayError,
    ConfigurationError,
    ResponseDecodeError,
)
from pinwheel_overlays.transport import HttpxTransport

from .harness import SECRET, widget
from .servers import Handler, Received, serving
from .shop import AsyncShop, Shop

GOOD = json.dumps({"data": widget()}).encode()


def good(handler: Handler, received: Received) -> None:
    handler.answer(200, GOOD, x_pinwheel_request_id="r-1")


def get(kind: str, url: str, **options: Any) -> Any:
    """Make one call with a new client."""
    if kind == "sync":
        with Shop(SECRET, base_url=url, **options) as client:
            return client.widgets.get("w1")

    async def run() -> Any:
        async with AsyncShop(SECRET, base_url=url, **options) as client:
            return await client.widgets.get("w1")

    return asyncio.run(run())


KINDS = pytest.mark.parametrize("kind", ["sync", "async"])


@KINDS
def test_a_call_over_a_socket(kind: str) -> None:
    with serving(good) as server:
        assert get(kind, server.url).id == "w1"
        (received,) = server.received
        assert received.path == "/v1/widgets/w1"
        assert received.headers["x-api-secret"] == SECRET
        assert received.headers["pinwheel-version"] == "2025-07-08"
        assert received.headers["user-agent"].startswith("pinwheel-api/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@KINDS
def test_a_refused_connection(kind: str) -> None:
    with pytest.raises(APIConnectionError, match="no connection: ConnectError") as caught:
        get(kind, f"http://127.0.0.1:{free_port()}", max_retries=0)
    assert not caught.value.reached
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@KINDS
def test_a_timeout(kind: str) -> None:
    done = threading.Event()
    with serving(lambda handler, _: (done.wait(5), None)[1]) as server:
        with pytest.raises(APITimeoutError, match="ReadTimeout") as caught:
            get(kind, server.url, max_retries=0, timeout=Timeout(5, 0.05))
        done.set()
    assert caught.value.reached


@KINDS
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n" + GOOD,
        b"HTTP/1.1 200 OK\r\ncontent-length: 5",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\ncontent-encoding: gzip\r\n\r\nthis is not gzip....",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_a_connection_that_breaks(kind: str, raw: bytes) -> None:
    def reply(handler: Handler, received: Received) -> None:
        handler.wfile.write(raw)
        handler.close_connection = True

    with serving(reply) as server:
        with pytest.raises(APIConnectionError) as caught:
            get(kind, server.url, max_retries=0)
        assert caught.value.reached
        assert not isinstance(caught.value, APITimeoutError)


@KINDS
def test_a_page_of_a_proxy(kind: str) -> None:
    for status, expected in ((502, BadGatewayError), (200, ResponseDecodeError)):

        def reply(handler: Handler, received: Received, status: int = status) -> None:
            handler.answer(status, b"<html>", content_type="text/html")

        with serving(reply) as server, pytest.raises(expected):
            get(kind, server.url, max_retries=0)


@KINDS
def test_answers_are_decompressed_and_of_any_size(kind: str) -> None:
    import gzip

    big = gzip.compress(json.dumps({"data": widget(ssn="x" * 20_000_000)}).encode())
    with serving(lambda handler, _: handler.answer(200, big, content_encoding="gzip")) as server:
        assert len(get(kind, server.url).ssn) == 20_000_000


def test_connections_are_kept() -> None:
    ports: set[int] = set()

    def reply(handler: Handler, received: Received) -> None:
        ports.add(handler.client_address[1])
        good(handler, received)

    with serving(reply) as server, Shop(SECRET, base_url=server.url) as client:
        for _ in range(3):
            client.widgets.get("w1")
        client.with_options(timeout=3).widgets.get("w1")
    assert len(ports) == 1


def test_threads_share_a_client() -> None:
    with serving(good) as server, Shop(SECRET, base_url=server.url) as client:
        found: list[str] = []
        threads = [threading.Thread(target=lambda: found.append(client.widgets.get("w1").id)) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == ["w1"] * 16
        assert len(client._core.transport._clients._by_process) == 1


def test_tasks_share_a_client() -> None:
    async def run(url: str) -> list[Any]:
        async with AsyncShop(SECRET, base_url=url) as client:
            return await asyncio.gather(*(client.widgets.get("w1") for _ in range(50)))

    with serving(good) as server:
        assert len(asyncio.run(run(server.url))) == 50


def test_an_async_client_works_in_one_event_loop_after_another() -> None:
    with serving(good) as server:
        client = AsyncShop(SECRET, base_url=server.url)

        async def run(*, last: bool) -> str:
            name = (await client.widgets.get("w1")).id
            # In a program the loop that ends closes its sockets with itself; here nothing may be left to the collector.
            await client._core.transport._client().aclose()
            if last:
                await client.aclose()
            return name

        assert asyncio.run(run(last=False)) == asyncio.run(run(last=True)) == "w1"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_child_makes_connections_of_its_own() -> None:
    ports: list[int] = []

    def reply(handler: Handler, received: Received) -> None:
        ports.append(handler.client_address[1])
        good(handler, received)

    with serving(reply) as server, Shop(SECRET, base_url=server.url) as client:
        client.widgets.get("w1")
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = 0 if client.widgets.get("w1").id == "w1" else 2
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        client.widgets.get("w1")
    parent, forked, parent_again = ports
    assert parent == parent_again != forked


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_client_of_the_caller_is_not_used_across_a_fork() -> None:
    with serving(good) as server, httpx.Client() as mine:
        client = Shop(SECRET, base_url=server.url, http_client=mine)
        client.widgets.get("w1")
        child = os.fork()
        if child == 0:
            status = 1
            try:
                client.widgets.get("w1")
            except ConfigurationError:
                status = 0
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        client.widgets.get("w1")


# Around


def test_the_certificate_store_is_read_once_for_all_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    from pinwheel_overlays import transport

    made: list[Any] = []
    create: Callable[[], Any] = httpx.create_ssl_context

    def counted() -> Any:
        made.append(create())
        return made[-1]

    monkeypatch.setattr(transport, "_TLS", [])
    monkeypatch.setattr(httpx, "create_ssl_context", counted)
    for _ in range(3):
        HttpxTransport._make(secure=True).close()
    HttpxTransport._make(secure=False).close()
    assert len(made) == 1


def test_plain_http_to_this_machine_uses_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(good) as server:
        assert get("sync", server.url).id == "w1"


def test_a_client_that_nobody_closed_gives_back_its_connections() -> None:
    with serving(good) as server:
        client = Shop(SECRET, base_url=server.url)
        client.widgets.get("w1")
        http = client._core.transport._clients.get()
        del client
        gc.collect()
        assert http.is_closed


def test_a_resource_keeps_its_client() -> None:
    with serving(good) as server:
        widgets = Shop(SECRET, base_url=server.url).widgets
        gc.collect()
        assert widgets.get("w1").id == "w1"


def test_a_cancelled_call_leaves_the_client_usable() -> None:
    release = threading.Event()

    def reply(handler: Handler, received: Received) -> None:
        if received.path.endswith("slow"):
            release.wait(5)
        good(handler, received)

    async def run(url: str) -> None:
        async with AsyncShop(SECRET, base_url=url) as client:
            begun = time.monotonic()
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await client.widgets.get("slow")
            assert time.monotonic() - begun < 2
            release.set()
            assert (await client.widgets.get("w1")).id == "w1"

    with serving(reply) as server:
        asyncio.run(run(server.url))
