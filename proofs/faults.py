"""10,000 items are read exactly once while 5 % of the answers fail in every way.

A real server on loopback hands out shifts page by page and fails at random: it resets the connection, keeps silent,
cuts a body off, sends HTML with 502 or with 200, 429 with and without Retry-After, 503, and JSON under another content
type.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable
from typing import Self
from urllib.parse import parse_qs, urlsplit

from pinwheel_api import AsyncPinwheel, Pinwheel, RetryPolicy, Timeout

from .page import Row

SHARE = 0.05
KINDS = (
    "reset",
    "reset after the head",
    "silence",
    "truncated body",
    "HTML with 502",
    "HTML with 200",
    "429",
    "429 with Retry-After",
    "503",
    "other content type",
)


class FaultyServer:
    """Hands out `items` shifts, `page` at a time."""

    def __init__(self, items: int, page: int, seed: int) -> None:
        self.items, self.page = items, page
        self.chance = random.Random(seed)
        self.requests = 0
        self.faults: Counter[str] = Counter()
        self.url = ""
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.url = "http://{}:{}".format(*server.sockets[0].getsockname())
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.requests += 1
                target = head.split(b" ", 2)[1].decode()
                kind = self.chance.choice(KINDS) if self.chance.random() < SHARE else ""
                if kind:
                    self.faults[kind] += 1
                if not await self._answer(writer, self._body(target), kind):
                    return
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            return  # the client left, or the proof is over
        finally:
            writer.close()

    def _body(self, target: str) -> bytes:
        start = int(parse_qs(urlsplit(target).query).get("cursor", ["0"])[0])
        stop = min(start + self.page, self.items)
        shifts = [shift(number) for number in range(start, stop)]
        cursor = str(stop) if stop < self.items else None
        return json.dumps({"meta": {"count": len(shifts), "next_cursor": cursor}, "data": shifts}).encode()

    async def _answer(self, writer: asyncio.StreamWriter, body: bytes, kind: str) -> bool:
        """Send an answer, or a fault in its place; False when the connection is gone."""
        if kind == "silence":
            await asyncio.sleep(5)
            return False
        if kind == "reset":
            return _reset(writer)
        status, content_type, extra = 200, "application/json", ""
        if kind.startswith("HTML"):
            status, content_type, body = int(kind[-3:]), "text/html", b"<html><h1>Bad gateway</h1></html>"
        elif kind.startswith("429"):
            status, body = 429, b'{"error":{"type":"RATE_LIMIT","code":"X","message":"slow down","status_code":429}}'
            extra = "retry-after: 0\r\n" if kind != "429" else ""
        elif kind == "503":
            status, body = 503, b""
        elif kind == "other content type":
            content_type = "text/plain"
        head = f"HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\n{extra}content-length: {len(body)}\r\n\r\n"
        writer.write(head.encode())
        if kind == "reset after the head":
            await writer.drain()
            return _reset(writer)
        if kind == "truncated body":
            writer.write(body[: self.chance.randrange(len(body))])
            await writer.drain()
            return False
        writer.write(body)
        await writer.drain()
        return True


def _reset(writer: asyncio.StreamWriter) -> bool:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    return False


def shift(number: int) -> dict[str, object]:
    stamp = "2026-11-22T09:00:00.000000+00:00"
    return {
        "id": f"shift-{number}",
        "created_at": stamp,
        "account_id": "account",
        "start_date": "2026-11-22",
        "end_date": "2026-11-22",
        "type": "shift",
        "timezone": "America/New_York",
        "timestamps": [{"from": "2026-11-22T09:00:00-05:00", "to": "2026-11-22T17:00:00-05:00"}],
        "currency": "USD",
        "earnings": [],
    }


OPTIONS = {"timeout": Timeout(2.0, 0.4), "retry": RetryPolicy(6, base=0.005, cap=0.05), "rate_limit": False}


def read_sync(url: str) -> list[str]:
    with Pinwheel("secret", base_url=url, **OPTIONS) as client:  # type: ignore[arg-type]
        return [shift.id for shift in client.accounts.shifts.list("account")]


def read_async(url: str) -> list[str]:
    async def run() -> list[str]:
        async with AsyncPinwheel("secret", base_url=url, **OPTIONS) as client:  # type: ignore[arg-type]
            return [shift.id async for shift in client.accounts.shifts.list("account")]

    return asyncio.run(run())


CLIENTS: tuple[tuple[str, Callable[[str], list[str]]], ...] = (("sync", read_sync), ("async", read_async))


def run(items: int, page: int, read: Callable[[str], list[str]], seed: int) -> FaultyServer:
    with FaultyServer(items, page, seed) as server:
        found = read(server.url)
    assert found == [f"shift-{number}" for number in range(items)], "an item was lost, repeated or out of order"
    return server


def prove(say: Callable[[str], None]) -> list[Row]:
    rows: list[Row] = [("client", "items, each exactly once", "requests", "failed answers", "kinds of failure met")]
    for name, read in CLIENTS:
        met: Counter[str] = Counter()
        requests = 0
        for seed in range(3):
            server = run(10_000, 10, read, seed)
            met += server.faults
            requests += server.requests
        assert set(met) == set(KINDS), f"not met: {set(KINDS) - set(met)}"
        rows.append((name, "3 x 10,000", requests, sum(met.values()), f"{len(met)} of {len(KINDS)}"))
        say(f"{name}: 30,000 items, {requests} requests, {sum(met.values())} of them failed")
    return rows
