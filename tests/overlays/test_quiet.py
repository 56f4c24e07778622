"""Over real sockets: the loggers of the HTTP libraries show nothing of our requests, and all of other people's."""

import asyncio
import json
import logging
import socket
from contextlib import nullcontext
from typing import Any

import httpx
import httpx2
import pytest
from pinwheel_overlays.quiet import QUIET

from .harness import SECRET, widget
from .servers import Handler, Received, serving
from .shop import AsyncShop, Shop

HIDDEN = ("user-with-a-name", "123-45-6789", SECRET)
CLOSING = {"close.started", "close.complete", "Using selector: EpollSelector"}


def said(records: list[logging.LogRecord]) -> list[str]:
    """What the HTTP libraries logged, but for how httpx before 0.28 makes a client, which says nothing of a request."""
    lines = [record.getMessage() for record in records if record.name != "pinwheel_api"]
    return [line for line in lines if not line.startswith(("load_ssl_context ", "load_verify_locations "))]


def good(handler: Handler, received: Received) -> None:
    data: Any = [widget()] if "search" in received.path else widget()
    handler.answer(200, json.dumps({"data": data}).encode(), set_cookie="session=user-with-a-name")


def hang_up(handler: Handler, _: Received) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def use(url: str, library: Any = None, **options: Any) -> None:
    with (
        nullcontext() if library is None else library.Client() as mine,
        Shop(SECRET, base_url=url, rate_limit=None, http_client=mine, **options) as client,
    ):
        client.widgets.get("user-with-a-name")
        client.widgets.search("123-45-6789").first()


async def use_async(url: str, library: Any = None) -> None:
    async with (
        nullcontext() if library is None else library.AsyncClient() as mine,
        AsyncShop(SECRET, base_url=url, rate_limit=None, http_client=mine) as client,
    ):
        await client.widgets.get("user-with-a-name")
        await client.widgets.search("123-45-6789").first()


@pytest.mark.parametrize("library", [None, httpx, httpx2])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_no_logger_shows_what_is_sent(kind: str, library: Any, caplog: pytest.LogCaptureFixture) -> None:
    with serving(good) as server, caplog.at_level(logging.DEBUG):
        if kind == "sync":
            use(server.url, library)
        else:
            asyncio.run(use_async(server.url, library))
        assert len(server.received) == 2
    # That a connection is closed tells nobody anything, and it happens in nobody's request.
    assert set(said(caplog.records)) <= CLOSING
    for hidden in HIDDEN:
        assert hidden not in caplog.text
    assert len([record for record in caplog.records if record.name == "pinwheel_api"]) == 2


def test_requests_of_others_are_logged_as_ever(caplog: pytest.LogCaptureFixture) -> None:
    with serving(good) as server, caplog.at_level(logging.DEBUG):
        use(server.url)
        with httpx.Client(trust_env=False) as other:
            other.get(f"{server.url}/of-somebody-else")
    assert "of-somebody-else" in caplog.text
    assert {"httpx", "httpcore.http11"} <= {record.name for record in caplog.records}


def test_it_holds_for_a_request_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    with serving(hang_up) as server, caplog.at_level(logging.DEBUG):
        with pytest.raises(Exception, match="no answer"):
            use(server.url, max_retries=0)
        logging.getLogger("httpx").info("later")
    assert said([record for record in caplog.records if record.name == "httpx"]) == ["later"]


@pytest.mark.parametrize("name", ["hpack.hpack", "hpack.table", "httpcore.http2", "httpcore.proxy"])
def test_loggers_that_show_headers_are_among_them(name: str, caplog: pytest.LogCaptureFixture) -> None:
    Shop(SECRET, rate_limit=None).close()
    with caplog.at_level(logging.DEBUG):
        with QUIET, QUIET:
            pass
        with QUIET:
            logging.getLogger(name).debug("Adding (x-api-secret, %s)", SECRET)
        logging.getLogger(name).debug("of others")
    assert [record.getMessage() for record in caplog.records] == ["of others"]
