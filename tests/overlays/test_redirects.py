"""Redirects: followed on the same origin only. Two real servers show that nothing reaches the other one."""

import asyncio
import json
from typing import Any

import pytest
from pinwheel_overlays.errors import RedirectError

from .harness import SECRET, Bench, answer, refusal, widget
from .servers import Handler, Received, serving
from .shop import AsyncShop, Shop

HOST = "https://sandbox.getpinwheel.com"
SSN = "123-45-6789"


def to(location: str | None, status: int = 307) -> Any:
    return answer(b"", status=status, headers={} if location is None else {"location": location})


@pytest.mark.parametrize("status", [307, 308])
@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/v1/widgets/", f"{HOST}/v1/widgets/"),
        (f"{HOST}/v1/widgets/", f"{HOST}/v1/widgets/"),
        (f"{HOST}:443/v1/widgets/", f"{HOST}:443/v1/widgets/"),
        ("HTTPS://Sandbox.GetPinwheel.com/v1/other", "https://Sandbox.GetPinwheel.com/v1/other"),
        ("//sandbox.getpinwheel.com/v1/x", f"{HOST}/v1/x"),
        ("other?a=1#part", f"{HOST}/v1/other?a=1"),
    ],
)
def test_the_same_origin_is_followed_with_method_headers_and_body(
    bench: Bench, status: int, location: str, url: str
) -> None:
    client = bench.client(to(location, status), answer(widget()))
    bench.do(client.widgets.create(name="box", nick=SSN))
    first, second = bench.script.requests
    assert second.url == url
    assert (second.method, second.body, dict(second.headers)) == (first.method, first.body, dict(first.headers))


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/v1/widgets",
        "https://sandbox.getpinwheel.com.evil.example/v1/widgets",
        "https://api.getpinwheel.com/v1/widgets",
        "http://sandbox.getpinwheel.com/v1/widgets",
        "https://sandbox.getpinwheel.com:8443/v1/widgets",
        "//evil.example/v1/widgets",
        "\\\\evil.example/v1",
        "https://sandbox.getpinwheel.com@evil.example/",
        "https://user@sandbox.getpinwheel.com/",
        "ftp://sandbox.getpinwheel.com/",
        "javascript:alert(1)",
        "https://[::1",
        "https://sandbox.getpinwheel.com:port/",
        "/v1/with space",
        "/v1/\r\nx: y",
        "",
        None,
    ],
)
def test_anything_else_is_refused_and_nothing_is_sent(bench: Bench, location: str | None) -> None:
    client = bench.client(to(location), answer(widget()), answer(widget()))
    with pytest.raises(RedirectError) as caught:
        bench.do(client.widgets.touch("w1"))
    assert len(bench.script.requests) == 1
    assert caught.value.status == 307
    assert len(caught.value.attempts) == 1


def test_the_error_names_both_origins(bench: Bench) -> None:
    with pytest.raises(
        RedirectError, match=r"sandbox\.getpinwheel\.com:443 to another origin, https://evil\.example:443"
    ):
        bench.do(bench.client(to("https://evil.example/people?ssn=1")).widgets.get("w1"))


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 305])
def test_redirects_that_change_the_request_are_refused(bench: Bench, status: int) -> None:
    with pytest.raises(RedirectError, match="not followed"):
        bench.do(bench.client(to("/v1/other", status)).widgets.get("w1"))


def test_a_chain_ends(bench: Bench) -> None:
    bench.do(bench.client(*[to("/v1/next")] * 5, answer(widget())).widgets.get("w1"))
    client = bench.client(*[to("/v1/next")] * 9)
    with pytest.raises(RedirectError, match="more than 5 redirects"):
        bench.do(client.widgets.get("w1"))
    assert len(bench.script.requests) == 6


def test_a_retry_begins_at_the_address_of_the_call(bench: Bench) -> None:
    bench.do(bench.client(to("/v1/a"), refusal(503), to("/v1/b"), answer(widget())).widgets.get("w1"))
    assert bench.script.urls == ["/v1/widgets/w1", "/v1/a", "/v1/widgets/w1", "/v1/b"]


def good(handler: Handler, received: Received) -> None:
    handler.answer(200, json.dumps({"data": widget()}).encode())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_with_two_real_servers_secret_and_body_stay_with_the_first(status: int, kind: str) -> None:
    with serving(good) as second:
        with serving(lambda handler, _: handler.answer(status, location=f"{second.url}/v1/widgets")) as first:
            with pytest.raises(RedirectError):
                create(kind, first.url)
            assert len(first.received) == 1
            assert first.received[0].headers["x-api-secret"] == SECRET
            assert SSN.encode() in first.received[0].body
        assert second.received == []


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_with_a_real_server_the_same_origin_is_followed(kind: str) -> None:
    def reply(handler: Handler, received: Received) -> None:
        if received.path.endswith("/"):
            good(handler, received)
        else:
            handler.answer(307, location=f"{received.path}/")

    with serving(reply) as server:
        create(kind, server.url)
        assert [each.path for each in server.received] == ["/v1/widgets", "/v1/widgets/"]
        assert server.received[0].body == server.received[1].body
        assert server.received[1].headers["x-api-secret"] == SECRET


def create(kind: str, url: str) -> None:
    if kind == "sync":
        with Shop(SECRET, base_url=url) as client:
            client.widgets.create(name="box", nick=SSN)
        return

    async def run() -> None:
        async with AsyncShop(SECRET, base_url=url) as client:
            await client.widgets.create(name="box", nick=SSN)

    asyncio.run(run())
