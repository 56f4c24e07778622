"""Receivers of webhooks: a function, and a server on a port."""

import json
import time
from collections.abc import Mapping
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Self

from tests.servers.threaded import listening


class Inbox:
    """A receiver to hand to `Sandbox.listen`; what it answers is the next of `answers`, or 200."""

    def __init__(self, *answers: int | Exception) -> None:
        self.bodies: list[bytes] = []
        self.headers: list[Mapping[str, str]] = []
        self.answers = list(answers)

    def __call__(self, body: bytes, headers: Mapping[str, str]) -> int:
        self.bodies.append(body)
        self.headers.append(headers)
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def trees(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]

    @property
    def names(self) -> list[str]:
        return [tree["event"] for tree in self.trees]

    def payloads(self, event: str) -> list[dict[str, Any]]:
        return [tree["payload"] for tree in self.trees if tree["event"] == event]


class ListeningServer(Inbox):
    """The same on a port of this machine."""

    def __init__(self, *answers: int | Exception) -> None:
        super().__init__(*answers)
        self.paths: list[str] = []
        inbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                inbox.paths.append(self.path)
                body = self.rfile.read(int(self.headers["content-length"]))
                self.send_response(inbox(body, dict(self.headers.items())))
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self._listening = ExitStack()
        self.url = self._listening.enter_context(listening(Handler))

    def wait_for(self, count: int) -> bool:
        until = time.monotonic() + 20
        while len(self.bodies) < count and time.monotonic() < until:
            time.sleep(0.02)
        return len(self.bodies) >= count

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.close()
