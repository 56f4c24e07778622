"""Senders that hang up in the middle, or send in drops, or without end: the server lives on."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Iterator
from typing import Any

import pytest
from pinwheel_api.webhooks import WebhookReceiver, asgi_app, wsgi_app

from .deliveries import SECRET, Delivery, deliver
from .serving import post, serve_asgi, serve_wsgi


@pytest.fixture
def seen() -> list[Any]:
    return []


@pytest.fixture(params=["asgi", "wsgi"])
def port(request: pytest.FixtureRequest, seen: list[Any]) -> Iterator[int]:
    receiver = WebhookReceiver([SECRET])
    receiver.on("*", name="seen")(seen.append)
    server = serve_asgi(asgi_app(receiver)) if request.param == "asgi" else serve_wsgi(wsgi_app(receiver))
    with server as made:
        yield made


def head(delivery: Delivery, length: int) -> bytes:
    lines = ["POST / HTTP/1.1", "Host: localhost", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in delivery.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.mark.parametrize("hard", [False, True], ids=["closed", "reset"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_half_a_delivery_is_none(port: int, seen: list[Any], share: float, hard: bool) -> None:
    delivery = deliver()
    with socket.create_connection(("127.0.0.1", port), 20) as sender:
        sender.sendall(head(delivery, len(delivery.body)) + delivery.body[: int(len(delivery.body) * share)])
        if hard:  # a reset in place of a farewell
            sender.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert post(port, delivery).text == "handled\n"
    assert len(seen) == 1


def test_a_delivery_in_drops_is_one(port: int, seen: list[Any]) -> None:
    delivery = deliver()
    with socket.create_connection(("127.0.0.1", port), 20) as sender:
        sender.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sender.sendall(head(delivery, len(delivery.body)))
        for start in range(0, len(delivery.body), 50):
            sender.sendall(delivery.body[start : start + 50])
        assert b" 200 " in sender.recv(100)
    assert len(seen) == 1


def test_who_hangs_up_while_it_is_handled_is_not_handled_twice(port: int, seen: list[Any]) -> None:
    delivery = deliver()
    with socket.create_connection(("127.0.0.1", port), 20) as sender:
        sender.sendall(head(delivery, len(delivery.body)) + delivery.body)
    while (answer := post(port, delivery).text) == "in_progress\n":
        pass
    assert answer in {"duplicate\n", "handled\n"}
    assert len(seen) == 1


def test_an_endless_body_is_not_kept() -> None:
    """What is read of it is at most what was allowed, and one part more."""
    parts = 0

    async def receive() -> dict[str, Any]:
        nonlocal parts
        parts += 1
        assert parts < 20
        return {"type": "http.request", "body": b"x" * 100, "more_body": True}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "headers": []}
    asyncio.run(asgi_app(WebhookReceiver([SECRET]), most_bytes=1000)(scope, receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 413
    assert parts == 11
