"""Bytes on a socket that no client would send, and those that clients of other languages do."""

import json
import re
import socket
from collections.abc import Iterator
from typing import NamedTuple

import httpx
import pytest
from pinwheel_sandbox import SandboxProcess
from pinwheel_sandbox.core import ROUTES
from pinwheel_sandbox.faces.face import NEWEST

from .asking import NOWHERE
from .contract import check
from .test_bad_input import NO_JSON_OBJECTS


class Got(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> str:
        return json.loads(self.body)["error"]["code"]


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    with SandboxProcess() as process:
        host, port = process.url.removeprefix("http://").split(":")
        yield host, int(port)


def converse(address: tuple[str, int], *parts: bytes) -> bytes:
    """Send parts, and read until the server closes."""
    with socket.create_connection(address, timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
        answered = b""
        while chunk := connection.recv(65536):
            answered += chunk
        return answered


def read(answered: bytes) -> Got:
    head, _, body = answered.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Got(int(first.split()[1]), headers, body)


SECRET = b"Host: x\r\nX-API-SECRET: sandbox\r\nPinwheel-Version: 2025-07-08\r\nConnection: close\r\n"
BODY = json.dumps({"org_name": "Acme", "solution": "Verify", "features": ["income"], "end_user_id": "raw"}).encode()


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET /v1/accounts\r\n\r\n",
        b"GET /v1/acc ounts HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /v1/accounts HTTP/1.1\r\nHost: x\r\nx-api-secret: sand\x00box\r\n\r\n",
        b"GET /v1/accounts HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n",
        b"GET /v1/accounts HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        b"GET /v1/accounts HTTP/1.1\r\n\r\n",
        b"GET /v1/accounts HTTP/1.1\r\nHost: x\r\nx: " + b"x" * 200_000 + b"\r\n\r\n",
        b"POST /v1/link_tokens HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/link_tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_no_http_gets_pinwheels_shape(address: tuple[str, int], request_: bytes) -> None:
    got = read(converse(address, request_))
    assert (got.status, got.code) == (400, "MALFORMED_REQUEST")
    assert got.headers["content-type"] == "application/json"
    assert got.headers["x-pinwheel-request-id"]


@pytest.mark.parametrize("what", sorted(NO_JSON_OBJECTS.keys() - {"10 MB"}))
def test_bad_bodies_to_every_operation(address: tuple[str, int], what: str) -> None:
    """As test_bad_input has them in process; huge ones are in test_server."""
    with httpx.Client(base_url="http://{}:{}".format(*address), trust_env=False) as client:
        for route in ROUTES:
            version = min(route.until, NEWEST)
            headers = {"x-api-secret": "sandbox", "pinwheel-version": version, "content-type": "application/json"}
            path = re.sub(r"\{\w+\}", NOWHERE, route.template)
            answer = client.request(route.method, path, content=NO_JSON_OBJECTS[what], headers=headers)
            assert answer.status_code < 500, route.operation
            check(version, route.method, path, answer.status_code, answer.headers, answer.json())


def test_a_broken_chunk_does_no_harm(address: tuple[str, int]) -> None:
    head = (
        b"POST /v1/link_tokens HTTP/1.1\r\n"
        + SECRET
        + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    assert read(converse(address, head, b"zz\r\n{}\r\n0\r\n\r\n")).status == 400
    assert read(converse(address, b"GET /v1/accounts HTTP/1.1\r\n" + SECRET + b"\r\n")).status == 200


def test_line_breaks_in_a_header_end_it(address: tuple[str, int]) -> None:
    sent = b"GET /v1/accounts HTTP/1.1\r\n" + SECRET + b"x-evil: a\r\nx-api-secret: wrong\r\n\r\n"
    assert b"x-evil" not in converse(address, sent)


@pytest.mark.parametrize("split", [1, 7, 1000])
def test_a_body_in_chunks(address: tuple[str, int], split: int) -> None:
    """As clients send it that write a stream: no Content-Length."""
    head = (
        b"POST /v1/link_tokens HTTP/1.1\r\n"
        + SECRET
        + b"content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    )
    chunks = [BODY[at : at + split] for at in range(0, len(BODY), split)]
    sent = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
    assert read(converse(address, head, sent + b"0\r\n\r\n")).status == 200


def test_expect_100_continue(address: tuple[str, int]) -> None:
    """As curl does with a large body: it waits for the go-ahead."""
    head = b"POST /v1/link_tokens HTTP/1.1\r\n" + SECRET + b"Content-Type: application/json\r\nExpect: 100-continue\r\n"
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(BODY))
        assert connection.recv(65536).startswith(b"HTTP/1.1 100 ")
        connection.sendall(BODY)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_an_offer_of_http2_is_passed_over(address: tuple[str, int]) -> None:
    """As Java's own client makes it with its first request."""
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n"
    head = SECRET.replace(b"Connection: close\r\n", offer) + b"Content-Type: application/json\r\n"
    first = b"POST /v1/link_tokens HTTP/1.1\r\n" + head + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
    last = b"GET /v1/accounts HTTP/1.1\r\n" + SECRET + b"\r\n"
    assert converse(address, first, last).count(b"HTTP/1.1 200 OK") == 2


def test_a_connection_is_kept(address: tuple[str, int]) -> None:
    one = b"GET /v1/accounts HTTP/1.1\r\nHost: x\r\nx-api-secret: sandbox\r\n\r\n"
    last = b"GET /v1/accounts HTTP/1.1\r\n" + SECRET + b"\r\n"
    assert converse(address, one, one, last).count(b"HTTP/1.1 200 OK") == 3


def test_absolute_form_as_sent_to_a_proxy(address: tuple[str, int]) -> None:
    target = b"GET http://sandbox.getpinwheel.com/v1/accounts?limit=1 HTTP/1.1\r\n"
    assert read(converse(address, target + SECRET + b"\r\n")).status == 200


@pytest.mark.parametrize("name", [b"X-API-SECRET", b"x-api-secret", b"X-Api-Secret"])
def test_header_names_in_any_case(address: tuple[str, int], name: bytes) -> None:
    sent = b"GET /v1/accounts HTTP/1.0\r\n" + name + b":sandbox\r\npINWHEEL-vERSION:   2023-11-22  \r\n\r\n"
    got = read(converse(address, sent))
    assert (got.status, got.headers["pinwheel-version"]) == (200, "2023-11-22")


def test_head_and_options_have_the_headers_of_every_answer(address: tuple[str, int]) -> None:
    for method in (b"HEAD", b"OPTIONS"):
        got = read(converse(address, method + b" /v1/accounts HTTP/1.1\r\n" + SECRET + b"\r\n"))
        assert (got.status, got.headers["allow"]) == (405, "GET")
        assert got.headers["x-pinwheel-request-id"]
        assert bool(got.body) == (method == b"OPTIONS")


def test_an_offer_of_http_2_is_declined_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    """Java's HTTP client makes it on each connection."""
    offer = (
        b"Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABk\r\n"
    )
    secret = SECRET.replace(b"Connection: close\r\n", offer)
    head = b"POST /v1/link_tokens HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    with SandboxProcess() as process:
        host, port = process.url.removeprefix("http://").split(":")
        got = read(converse((host, int(port)), head % (secret, len(BODY)), BODY))
    assert got.status == 200
    assert capfd.readouterr().err == ""
