"""HTTP/1.1 of the server: what is no HTTP at all is answered in Pinwheel's shape, too."""

import uuid

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from pinwheel_sandbox.errors import unreadable
from pinwheel_sandbox.faces.face import OLDEST
from pinwheel_sandbox.faces.json import encode

_LINGER = 1.0
"""Seconds in which the other side can read the answer and hang up."""


class Protocol(H11Protocol):
    """As uvicorn's, with another answer to requests that cannot be read."""

    _refused = False

    def data_received(self, data: bytes) -> None:
        """Read; what comes after something that could not be read is dropped."""
        if not self._refused:
            super().data_received(data)

    def _should_upgrade(self) -> bool:
        """Never, and without a word: Java's HTTP client offers HTTP/2 each time, and uvicorn would warn each time."""
        return False

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words, for readers of its log
        """Answer and end the connection: where the next request would begin is not known."""
        self._refused = True
        body = encode(unreadable("MALFORMED_REQUEST", "This is no HTTP/1.1 request that can be read.").body())
        headers = [
            ("content-type", "application/json"),
            ("content-length", str(len(body))),
            ("pinwheel-version", OLDEST),
            ("x-pinwheel-request-id", str(uuid.uuid4())),
            ("connection", "close"),
        ]
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        # Closed at once, with bytes unread, the connection would be reset before the client has seen the answer.
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(_LINGER, self.transport.close)
