"""`pinwheel trigger paystubs.added`: an event of the local sandbox, on demand."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pinwheel_overlays.narrow import is_tree
from rich.text import Text

from .connection import HERE, SECRET, SandboxOption, SecretOption, connect, fail, pinwheel_of, talking_to

if TYPE_CHECKING:
    from pinwheel_sandbox import RemoteSandbox

__all__ = ["trigger"]

_END_USER = "pinwheel-trigger"


def trigger(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="Its name, such as paystubs.added.")],
    account: Annotated[
        str | None, typer.Option("--account", "-a", metavar="ID", help="The account it is about; else the newest one.")
    ] = None,
    payload: Annotated[
        str | None,
        typer.Option(
            "--payload", "-p", metavar="JSON", help="What is to be in the payload; @FILE reads it from there."
        ),
    ] = None,
    log_in: Annotated[
        bool, typer.Option("--log-in", help="First connect a new account, which sets off events of its own.")
    ] = False,
    secret: SecretOption = SECRET,
    sandbox: SandboxOption = HERE,
) -> None:
    """Fire an event in the local sandbox, deliver it to its webhooks, and show what they answered.

    Only the webhooks are told: the data of the account stays as it is.
    """
    from pinwheel_api.webhooks import WebhookReceiver  # noqa: PLC0415 - `pinwheel --help` needs no classes of events
    from pinwheel_sandbox.controls.twin import ControlError  # noqa: PLC0415

    from .naming import known_event  # noqa: PLC0415
    from .show import SHORT, console, delivery_line  # noqa: PLC0415

    known_event(event, sorted(WebhookReceiver.catalogue.names))
    given = _payload(payload)
    box = connect(sandbox)
    with talking_to(box):
        chosen = account or _account(box, secret, anew=log_in)
        try:
            event_id = box.trigger(event, None if "account_id" in given and not account else chosen, given)
        except ControlError as error:
            if chosen is None and "account_id" in str(error):
                fail(f"{event} is about an account, and there is none in this sandbox yet: --log-in connects one")
            raise
        box.deliver()
        sent = [each for each in box.deliveries(event=event, limit=1000) if each.event_id == event_id]
    screen = console()
    if not sent:
        screen.print(
            Text.assemble(
                (event, "bold"), f" {event_id[:SHORT]} is in the log, but no webhook takes it: ",
                ("pinwheel listen", "cyan"), ", or register one",
            )
        )  # fmt: skip
    for delivery in sent:
        screen.print(delivery_line(delivery, to=delivery.url))


def _payload(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    try:
        tree = json.loads(Path(text[1:]).read_text(encoding="utf-8") if text.startswith("@") else text)
    except OSError as error:
        fail(f"{text[1:]} cannot be read: {error.strerror}")
    except ValueError as error:
        fail(f"--payload is no JSON: {error}")
    if not is_tree(tree):
        fail("--payload must be a JSON object")
    return tree


def _account(box: "RemoteSandbox", secret: str, *, anew: bool) -> str | None:
    """The account that was connected last, or one that is connected now."""
    from pinwheel_api import AuthenticationError  # noqa: PLC0415 - as above

    with pinwheel_of(box, secret) as client:
        if anew:
            token = client.link_tokens.create(
                org_name="pinwheel trigger", solution="Verify", features=["paystubs"], end_user_id=_END_USER
            )
            return box.login(token.token).account_id
        try:
            accounts = list(client.accounts.list())
        except AuthenticationError:
            return None  # no secret is needed to trigger, only to look for an account
    return max(accounts, key=lambda each: each.created_at).id if accounts else None
