"""`pinwheel deliveries` and `pinwheel redeliver`: the log of the local sandbox, and once more from it."""

from typing import Annotated

import typer

from .connection import HERE, SandboxOption, connect, fail, talking_to

__all__ = ["deliveries", "redeliver"]

_ALL = 10_000


def deliveries(
    event: Annotated[str | None, typer.Option("--event", metavar="NAME", help="Of this event only.")] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="Only those that are delivered, failed, pending or dropped.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=_ALL, help="How many, from the newest on.")] = 20,
    sandbox: SandboxOption = HERE,
) -> None:
    """Show the log of deliveries of the local sandbox, the newest last, with what each was answered."""
    from .show import console, delivery_line  # noqa: PLC0415 - `pinwheel --help` shows no deliveries

    box = connect(sandbox)
    with talking_to(box):
        log = box.deliveries(event=event, status=status, limit=limit)
    if not log:
        typer.echo("No deliveries." if event or status else "No deliveries yet: is there a webhook? `pinwheel listen`")
    screen = console()
    for delivery in reversed(log):
        screen.print(delivery_line(delivery, to=delivery.url))


def redeliver(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Ids of events or deliveries, or how they start; see `deliveries`."),
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="The newest delivery of the log.")] = False,
    sandbox: SandboxOption = HERE,
) -> None:
    """Deliver again what the local sandbox has delivered: the same bytes, newly signed."""
    from .naming import found_by_id  # noqa: PLC0415 - as above
    from .show import console, delivery_line  # noqa: PLC0415

    if bool(ids) == last:
        raise typer.BadParameter("give one or more ids, or --last")
    box = connect(sandbox)
    with talking_to(box):
        log = box.deliveries(limit=_ALL)
    if last and not log:
        fail("the log is empty: nothing was delivered yet")
    chosen = log[:1] if last else [each for start in ids or () for each in found_by_id(start, log)]
    screen = console()
    gone = 0
    for delivery in chosen:
        with talking_to(box):
            repeat = box.redeliver(delivery.id)
            box.deliver()
            sent = next((each for each in box.deliveries(limit=_ALL) if each.id == repeat.id), repeat)
        screen.print(delivery_line(sent, to=sent.url))
        gone += sent.status == "dropped"
    if gone:
        fail(
            "what is dropped was not sent: its webhook is paused or was deleted, as that of a `pinwheel listen` is at "
            "its end. `pinwheel trigger` fires an event for the webhooks of now"
        )
