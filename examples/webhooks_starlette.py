"""Webhooks in Starlette, or any framework that takes ASGI applications: `uvicorn webhooks_starlette:app`."""

import os

from pinwheel_api.v2025_07_08 import events
from pinwheel_api.webhooks import SQLiteStore, WebhookReceiver, asgi_app
from starlette.applications import Starlette
from starlette.routing import Route

receiver = WebhookReceiver([os.environ["PINWHEEL_API_SECRET"]], store=SQLiteStore("webhooks.db"))


@receiver.on("paystubs.added")
def store_paystubs(event: events.PaystubsAdded) -> None:  # not asynchronous, so it runs in a thread
    print(f"{len(event.payload.added or [])} new paystubs of account {event.payload.account_id}", flush=True)


app = Starlette(routes=[Route("/webhooks/pinwheel", asgi_app(receiver), methods=["POST"])])
