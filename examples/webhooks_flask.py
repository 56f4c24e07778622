"""Webhooks beside a Flask application, or any other that speaks WSGI: `gunicorn webhooks_flask:application`."""

import os

from flask import Flask
from pinwheel_api.v2025_07_08 import events
from pinwheel_api.webhooks import SQLiteStore, WebhookReceiver, wsgi_app
from werkzeug.middleware.dispatcher import DispatcherMiddleware

receiver = WebhookReceiver([os.environ["PINWHEEL_API_SECRET"]], store=SQLiteStore("webhooks.db"))


@receiver.on("paystubs.added")
def store_paystubs(event: events.PaystubsAdded) -> None:
    print(f"{len(event.payload.added or [])} new paystubs of account {event.payload.account_id}", flush=True)


app = Flask(__name__)


@app.get("/")
def home() -> str:
    return "Acme payroll\n"


application = DispatcherMiddleware(app, {"/webhooks/pinwheel": wsgi_app(receiver)})
