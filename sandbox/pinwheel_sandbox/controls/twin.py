"""The control calls as Python methods: the same ones for a sandbox in this program and for one behind an address."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from pinwheel_overlays.decoders import convert

from pinwheel_sandbox.controls.desk import DeliveryView, EventView, WebhookView
from pinwheel_sandbox.controls.faults import Fault, Kind
from pinwheel_sandbox.controls.log import LoggedRequest

M = TypeVar("M")


class ControlError(ValueError):
    """The sandbox refused a control call."""


class ClockView(msgspec.Struct, frozen=True, kw_only=True):
    """What a sandbox's clock shows."""

    now: datetime
    speed: float
    """1 as on the wall, 0 when it stands still."""
    running: bool


class _Raised(msgspec.Struct):
    event_id: str


class _Attempts(msgspec.Struct):
    attempts: int


class Controls(ABC):
    """What a test or a tool can do to a sandbox."""

    @abstractmethod
    def _control(self, method: str, name: str, values: Mapping[str, Any]) -> Any:
        """Make a control call and return its data."""

    def reset(self) -> None:
        """Make it a fresh sandbox: no accounts, no webhooks, one API key, no faults. The clock stays where it is."""
        self._control("POST", "reset", {})

    def snapshot(self, name: str = "default") -> None:
        """Keep the whole state, the clock included, under a name."""
        self._control("POST", "snapshots", {"name": name})

    def restore(self, name: str = "default") -> None:
        """Put back what `snapshot` kept."""
        self._control("POST", "snapshots/restore", {"name": name})

    def read_clock(self) -> ClockView:
        """What time it is there."""
        return self._read("GET", "clock", {}, ClockView)

    def move_clock(
        self, *, by: timedelta | None = None, to: datetime | None = None, speed: float | None = None
    ) -> ClockView:
        """Go to a moment, move on by a span, run at another speed; what has become due is delivered.

        Args:
            by: How far to move on.
            to: The moment to go to, with a time zone.
            speed: How fast to run from now on: 0 stands still, 60 is a minute a second.
        """
        wanted = {"advance": by.total_seconds() if by is not None else None, "now": to, "speed": speed}
        return self._read("POST", "clock", _given(wanted), ClockView)

    def trigger(self, event: str, account_id: str | None = None, payload: Mapping[str, Any] | None = None) -> str:
        """Raise any event and deliver it to the webhooks that have it enabled; its id is returned.

        Args:
            event: Its name: `paystubs.added`.
            account_id: The account that it is about.
            payload: What is to be in the payload in place of what would be there.
        """
        wanted = {"event": event, "account_id": account_id, "payload": dict(payload or {})}
        return self._read("POST", "events", _given(wanted), _Raised).event_id

    def events(self, *, limit: int = 100) -> list[EventView]:
        """What happened since there was a webhook, newest first."""
        return self._read("GET", "events", {"limit": limit}, list[EventView])

    def deliveries(
        self,
        *,
        webhook_id: str | None = None,
        event: str | None = None,
        status: str | None = None,
        limit: int = 100,
    ) -> list[DeliveryView]:
        """The delivery log, newest first: each event on its way to each webhook, with its attempts."""
        wanted = {"webhook_id": webhook_id, "event": event, "status": status, "limit": limit}
        return self._read("GET", "deliveries", _given(wanted), list[DeliveryView])

    def webhooks(self) -> list[WebhookView]:
        """The webhooks of all API keys, the first made first; asking is no request of the API, nor logged as one."""
        return self._read("GET", "webhooks", {}, list[WebhookView])

    def redeliver(self, delivery_id: str) -> DeliveryView:
        """Deliver the same bytes once more, newly signed."""
        return self._read("POST", "deliveries/redeliver", {"id": delivery_id}, DeliveryView)

    def deliver(self) -> int:
        """Wait until everything that is due was sent, and return the number of attempts that this call made."""
        return self._read("POST", "deliveries/run", {}, _Attempts).attempts

    def disturb(self, *, duplicates: float = 0.0, shuffle: bool = False) -> None:
        """Deliver a share of what comes twice, or in another order; without arguments all is in order again."""
        self._control("POST", "deliveries/disturb", {"duplicates": duplicates, "shuffle": shuffle})

    def fault(
        self,
        kind: Kind,
        *,
        calls: int | None = None,
        share: float | None = None,
        method: str | None = None,
        path: str | None = None,
        status: int = 503,
        seconds: float = 1.0,
        field: str | None = None,
        after: bool = False,
    ) -> None:
        """Let calls go wrong.

        Args:
            kind: `status` answers an error, `delay` answers late, `reset` breaks the connection instead of answering,
                `truncate` in the middle of the answer; `unknown_enum`, `unknown_field` and `null` put into the data
                what no document has.
            calls: With the next so many calls. Without it and without `share`: with all until `clear_faults`.
            share: With this share of the calls, 0 to 1.
            method: Only with calls of this method.
            path: Only with calls whose path begins so: `/v1/accounts`.
            status: What `status` answers.
            seconds: How long `delay` takes.
            field: The property for `unknown_enum` and `null`; unless given, one that fits is looked for.
            after: `status` fails the call after it was carried out, not before; so does `reset`.
        """
        wanted = {
            "kind": kind,
            "calls": calls,
            "share": share,
            "method": method,
            "path": path,
            "status": status,
            "seconds": seconds,
            "field": field,
            "after": after,
        }
        self._control("POST", "faults", _given(wanted))

    def faults(self) -> list[Fault]:
        """The faults that are still to come."""
        return self._read("GET", "faults", {}, list[Fault])

    def clear_faults(self) -> None:
        """Let everything go well again."""
        self._control("DELETE", "faults", {})

    def requests(self, *, limit: int = 100) -> list[LoggedRequest]:
        """The last requests, newest first; five hundred are kept."""
        return self._read("GET", "requests", {"limit": limit}, list[LoggedRequest])

    def _read(self, method: str, name: str, values: Mapping[str, Any], kind: type[M]) -> M:
        return convert(self._control(method, name, values), kind)


def data_of(status: int, body: bytes) -> Any:
    """What a control call answered. Raises ControlError."""
    content: dict[str, Any] = msgspec.json.decode(body)
    if status < 400:
        return content["data"]
    error = content["error"]
    fields = "; ".join(f"{field['name']}: {field['message']}" for field in error.get("fields", ()))
    raise ControlError(fields or error["message"])


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
