"""A client of the caller's own: httpx or httpx2, used as it is and left open."""

import asyncio
from typing import Any

import httpx
import pytest
from pinwheel_overlays.errors import (
    APIConnectionError,
    APITimeoutError,
    ClientClosedError,
    ConfigurationError,
)

from .harness import SECRET
from .shop import AsyncShop, Shop
from .test_transport import GOOD, KINDS


def libraries() -> list[Any]:
    found: list[Any] = [httpx]
    try:
        import httpx2
    except ImportError:
        return found
    return [*found, httpx2]


LIBRARIES = pytest.mark.parametrize("library", libraries(), ids=lambda library: library.__name__)


@LIBRARIES
@KINDS
def test_a_client_of_the_caller_is_used_and_left_open(library: Any, kind: str) -> None:
    seen: list[Any] = []

    def handle(request: Any) -> Any:
        seen.append(request)
        return library.Response(200, content=GOOD)

    transport = library.MockTransport(handle)
    if kind == "sync":
        with library.Client(transport=transport, headers={"x-mine": "1"}) as mine:
            with Shop(SECRET, http_client=mine) as client:
                assert client.widgets.get("w1").id == "w1"
            assert not mine.is_closed
    else:

        async def run() -> None:
            async with library.AsyncClient(transport=transport, headers={"x-mine": "1"}) as mine:
                async with AsyncShop(SECRET, http_client=mine) as client:
                    assert (await client.widgets.get("w1")).id == "w1"
                assert not mine.is_closed

        asyncio.run(run())
    (request,) = seen
    assert request.headers["x-mine"] == "1"
    assert request.headers["x-api-secret"] == SECRET
    assert request.headers["user-agent"].startswith("pinwheel-api/")


@LIBRARIES
@pytest.mark.parametrize(
    ("name", "kind", "reached"),
    [
        ("ConnectError", APIConnectionError, False),
        ("ConnectTimeout", APITimeoutError, False),
        ("PoolTimeout", APITimeoutError, False),
        ("ProxyError", APIConnectionError, False),
        ("UnsupportedProtocol", APIConnectionError, False),
        ("LocalProtocolError", APIConnectionError, False),
        ("ReadTimeout", APITimeoutError, True),
        ("WriteTimeout", APITimeoutError, True),
        ("ReadError", APIConnectionError, True),
        ("WriteError", APIConnectionError, True),
        ("CloseError", APIConnectionError, True),
        ("RemoteProtocolError", APIConnectionError, True),
        ("DecodingError", APIConnectionError, True),
        ("TooManyRedirects", APIConnectionError, True),
    ],
)
def test_the_librarys_exceptions_become_ours(library: Any, name: str, kind: type, reached: bool) -> None:
    def handle(request: Any) -> Any:
        raise getattr(library, name)("x", request=request)

    with (
        library.Client(transport=library.MockTransport(handle)) as mine,
        Shop(SECRET, http_client=mine, max_retries=0) as client,
        pytest.raises(APIConnectionError) as caught,
    ):
        client.widgets.get("w1")
    assert type(caught.value) is kind
    assert caught.value.reached is reached
    assert name in str(caught.value)


@LIBRARIES
def test_other_exceptions_of_the_callers_transport_are_not_hidden(library: Any) -> None:
    def handle(request: Any) -> Any:
        raise ZeroDivisionError

    with library.Client(transport=library.MockTransport(handle)) as mine, pytest.raises(ZeroDivisionError):
        Shop(SECRET, http_client=mine).widgets.get("w1")


@LIBRARIES
def test_a_client_of_the_caller_that_follows_redirects_does_not_here(library: Any) -> None:
    from pinwheel_overlays.errors import RedirectError

    seen: list[str] = []

    def handle(request: Any) -> Any:
        seen.append(request.url.host)
        return library.Response(307, headers={"location": "https://evil.example/"})

    transport = library.MockTransport(handle)
    with library.Client(transport=transport, follow_redirects=True) as mine, pytest.raises(RedirectError):
        Shop(SECRET, http_client=mine).widgets.get("w1")
    assert seen == ["sandbox.getpinwheel.com"]


@LIBRARIES
def test_the_timeout_of_the_callers_client_is_kept_unless_another_is_given(library: Any) -> None:
    seen: list[Any] = []

    def handle(request: Any) -> Any:
        seen.append(request.extensions["timeout"]["read"])
        return library.Response(200, content=GOOD)

    with library.Client(transport=library.MockTransport(handle), timeout=77) as mine:
        Shop(SECRET, http_client=mine).widgets.get("w1")
        Shop(SECRET, http_client=mine, timeout=9).widgets.get("w1")
        Shop(SECRET, http_client=mine).with_options(timeout=8).widgets.get("w1")
    assert seen == [77, 9, 8]


@LIBRARIES
def test_a_closed_client_of_the_caller_is_told(library: Any) -> None:
    mine = library.Client(transport=library.MockTransport(lambda _: library.Response(200, content=GOOD)))
    mine.close()
    with pytest.raises(ClientClosedError, match="http_client"):
        Shop(SECRET, http_client=mine).widgets.get("w1")


@LIBRARIES
def test_a_client_of_the_wrong_kind_is_refused(library: Any) -> None:
    with library.Client() as mine, pytest.raises(ConfigurationError, match="not an asynchronous client"):
        AsyncShop(SECRET, http_client=mine)

    async def run() -> None:
        async with library.AsyncClient() as mine:
            with pytest.raises(ConfigurationError, match="is an asynchronous client"):
                Shop(SECRET, http_client=mine)

    asyncio.run(run())
