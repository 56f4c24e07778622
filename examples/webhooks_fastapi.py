"""Webhooks in FastAPI: `PINWHEEL_API_SECRET=... uvicorn webhooks_fastapi:app`."""

import os

from fastapi import FastAPI, Request, Response
from pinwheel_api.v2025_07_08 import events
from pinwheel_api.webhooks import SQLiteStore, WebhookReceiver

receiver = WebhookReceiver([os.environ["PINWHEEL_API_SECRET"]], store=SQLiteStore("webhooks.db"))


@receiver.on("paystubs.added")
async def store_paystubs(event: events.PaystubsAdded) -> None:
    print(f"{len(event.payload.added or [])} new paystubs of account {event.payload.account_id}", flush=True)


app = FastAPI()


@app.post("/webhooks/pinwheel")
async def pinwheel(request: Request) -> Response:
    receipt = await receiver.areceive(await request.body(), request.headers)
    return Response(receipt.text, receipt.status, receipt.headers)
