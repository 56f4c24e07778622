"""One attempt at a delivery: over HTTP as the service makes it, or as a call of a function in this program."""

import ipaddress
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs
from pinwheel_overlays.webhooks import sign

if TYPE_CHECKING:
    import httpx

Receive = Callable[[bytes, Mapping[str, str]], int | None]
"""Takes the body and the headers of a delivery. Nothing returned is a 200; an exception is no answer at all."""

TIMEOUT = 15.0
"""Seconds in which a webhook has to answer."""

IN_PROCESS = "https://in-process.invalid/"
"""What addresses of functions begin with."""


@attrs.frozen(kw_only=True)
class Parcel:
    """What is sent."""

    url: str
    webhook_id: str
    version: str
    body: bytes
    secret: str
    timestamp: int

    def headers(self) -> dict[str, str]:
        """The headers that were recorded, without those of tracing."""
        signed = {name.lower(): value for name, value in sign(self.body, self.secret, self.timestamp).items()}
        return {
            "User-Agent": "python-requests/2.31.0",
            "Accept-Encoding": "gzip, deflate",
            "Accept": "*/*",
            "Content-Type": "application/json",
            "Pinwheel-Version": self.version,
            "X-Pinwheel-Signature": signed["x-pinwheel-signature"],
            "X-Pinwheel-Webhook-Id": self.webhook_id,
            "X-Timestamp": signed["x-timestamp"],
        }


@attrs.frozen(kw_only=True)
class Outcome:
    """What came of an attempt."""

    status: int | None
    error: str | None
    seconds: float

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def worth_another(self) -> bool:
        """Pinwheel comes again after a server error or no answer; that a 4xx is final is our reading."""
        return self.status is None or self.status >= 500


class Sender:
    """Carries parcels. It is asked from one thread at a time."""

    def __init__(self, *, anywhere: bool) -> None:
        """Say whether deliveries may leave this machine."""
        self.targets: dict[str, Receive] = {}
        self._anywhere = anywhere
        self._client: httpx.Client | None = None

    def send(self, parcel: Parcel) -> Outcome:
        """Make one attempt; nothing is ever raised."""
        began = time.monotonic()
        status: int | None = None
        error: str | None = None
        try:
            status = self._send(parcel)
        except Exception as problem:  # noqa: BLE001 - the receiver's faults are results here
            error = f"{type(problem).__name__}: {problem}"[:500]
        return Outcome(status=status, error=error, seconds=round(time.monotonic() - began, 3))

    def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _send(self, parcel: Parcel) -> int:
        target = self.targets.get(parcel.url)
        if target is not None:
            answered = target(parcel.body, parcel.headers())
            return 200 if answered is None else answered
        if parcel.url.startswith(IN_PROCESS):
            raise ConnectionError("the function that this address stands for is not in this process")
        local = is_loopback(parcel.url)
        if not local and not self._anywhere:
            raise ConnectionError("deliveries leave this machine only with deliver_anywhere")
        if not local and not parcel.url.startswith("https://"):
            raise ConnectionError("outside of this machine an address has to begin with https://")
        with self._http().stream("POST", parcel.url, content=parcel.body, headers=parcel.headers()) as answer:
            return answer.status_code  # what else it says matters to nobody

    def _http(self) -> "httpx.Client":
        if self._client is None:
            import httpx  # noqa: PLC0415 - a sixth of a second, which a sandbox without webhooks does not need

            self._client = httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False)
        return self._client


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
