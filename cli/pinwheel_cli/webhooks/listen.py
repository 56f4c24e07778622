"""`pinwheel listen`: the deliveries of a local sandbox as they come, passed on to the program that you work on."""

import queue
import signal
import socket
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, Self
from urllib.parse import urlsplit

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .connection import HERE, SECRET, SandboxOption, SecretOption, connect, fail, pinwheel_of, talking_to

if TYPE_CHECKING:
    from pinwheel_api import Pinwheel
    from pinwheel_sandbox import RemoteSandbox

    from .inbox import Forwarded

__all__ = ["listen"]

_PATH = "/pinwheel-listen"
_BEAT = 2.0  # seconds after which a quiet sandbox is asked whether it is still there, and the webhook in it
_NEWEST = "2025-07-08"


def listen(
    forward_to: Annotated[
        str | None, typer.Option("--forward-to", "-f", metavar="URL", help="Where your program takes deliveries.")
    ] = None,
    events: Annotated[
        str | None, typer.Option("--events", metavar="NAME,...", help="Listen for these events only; else for all.")
    ] = None,
    version: Annotated[
        str, typer.Option("--webhook-version", metavar="DATE", help="The version that payloads are written in.")
    ] = _NEWEST,
    payload: Annotated[bool, typer.Option("--payload", "-p", help="Show the payload of each delivery, too.")] = False,
    secret: SecretOption = SECRET,
    sandbox: SandboxOption = HERE,
) -> None:
    """Show webhook deliveries of the local sandbox as they come, and pass them on, signed as they are.

    What your program answers goes back to the sandbox, which repeats a delivery after a 5xx or no answer, as Pinwheel
    does. For as long as this runs there is a webhook for it in the sandbox, also after that was reset.
    """
    from .inbox import Forwarder, serve  # noqa: PLC0415 - `pinwheel --help` needs no HTTP

    target = _target(forward_to)
    box = connect(sandbox)
    wanted = _chosen(events)
    came: queue.SimpleQueue[Forwarded] = queue.SimpleQueue()
    forwarder = Forwarder(target)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with (
            serve(_PATH, forwarder, came.put) as url,
            pinwheel_of(box, secret) as client,
            _Registration(box, client, url, wanted, version) as registration,
        ):
            screen = _announced(box, target, secret, wanted, version)
            _show(screen, registration, came, target, payload=payload)
    except KeyboardInterrupt:
        typer.echo()
    finally:
        forwarder.close()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _target(forward_to: str | None) -> str | None:
    if forward_to is None:
        return None
    url = forward_to if "://" in forward_to else f"http://{forward_to}"
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        fail(f"{forward_to} is no address to forward to, such as localhost:8000/webhooks")
    return url


def _chosen(events: str | None) -> list[str]:
    from pinwheel_api import WebhookEvent  # noqa: PLC0415 - as above

    from .naming import known_event  # noqa: PLC0415

    if events is None:
        return sorted(WebhookEvent)
    return [known_event(name.strip(), sorted(WebhookEvent)) for name in events.split(",") if name.strip()]


class _Registration:
    """The webhook of this listener, for as long as the block runs."""

    def __init__(self, box: "RemoteSandbox", client: "Pinwheel", url: str, events: list[str], version: str) -> None:
        self._box, self._client, self._url, self._events, self._version = box, client, url, events, version
        self._id = ""

    def __enter__(self) -> Self:
        with talking_to(self._box):
            self._make()
        return self

    def __exit__(self, *_: object) -> None:
        from pinwheel_api import PinwheelError  # noqa: PLC0415 - as above

        with suppress(PinwheelError):  # the sandbox may have been stopped, or emptied
            self._client.webhooks.delete(self._id)

    def keep(self) -> bool:
        """Make it again if it is gone, and say so: the sandbox was reset, or put back to a state before it."""
        with talking_to(self._box):
            # Not asked of the API, where it would show in the log of requests and use up faults.
            if any(hook.id == self._id for hook in self._box.webhooks()):
                return False
            self._make()
            return True

    def _make(self) -> None:
        _sweep(self._client)
        hook = self._client.webhooks.create(
            url=self._url, status="active", enabled_events=self._events, version=self._version
        )
        self._id = hook.id


def _sweep(client: "Pinwheel") -> None:
    """Delete the webhooks of listeners that were killed: nobody takes their deliveries, and an API key has ten."""
    for hook in list(client.webhooks.list()):
        parts = urlsplit(hook.url)
        if parts.path == _PATH and parts.hostname and parts.port and not _open(parts.hostname, parts.port):
            client.webhooks.delete(hook.id)


def _open(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), 1).close()
    except OSError:
        return False
    return True


def _announced(box: "RemoteSandbox", target: str | None, secret: str, events: list[str], version: str) -> Any:
    from pinwheel_api import WebhookEvent  # noqa: PLC0415 - as above

    from .show import console  # noqa: PLC0415

    facts = Table.grid(padding=(0, 3, 0, 0))
    facts.add_column(style="dim")
    facts.add_column()
    facts.add_row("Sandbox", box.url)
    facts.add_row(
        "Forward to", Text(target, "bold cyan") if target else "nowhere: --forward-to localhost:8000/webhooks"
    )
    facts.add_row("Signed with", secret)
    facts.add_row("Events", f"all {len(events)}" if len(events) == len(WebhookEvent) else ", ".join(events))
    facts.add_row("Version", version)
    screen = console()
    screen.print()
    hint = "Fire one with: pinwheel trigger paystubs.added\nCtrl-C stops it."
    for part in (Text("Pinwheel webhooks", "bold"), facts, Text(hint, "dim")):
        screen.print(Padding(part, (0, 2, 1, 2), expand=False))
    return screen


def _show(
    screen: Any, registration: _Registration, came: "queue.SimpleQueue[Forwarded]", target: str | None, *, payload: bool
) -> None:
    from .show import explanation, forwarded_line, payload_text, read  # noqa: PLC0415 - as above

    seen: Counter[str] = Counter()
    while True:
        try:
            delivery = came.get(timeout=_BEAT)
        except queue.Empty:
            if registration.keep():
                screen.print(Text("The sandbox was reset; listening again.", "dim"))
            continue
        event_id = str(read(delivery.body).get("event_id"))
        seen[event_id] += 1
        screen.print(forwarded_line(delivery, seen[event_id], forwarding=target is not None))
        problem = explanation(delivery, target)
        if problem is not None:
            screen.print(problem)
        if payload:
            screen.print(Text(payload_text(delivery), "dim"))
