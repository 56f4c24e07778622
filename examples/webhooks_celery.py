"""Webhooks handled by Celery: the web application answers at once, workers do the work and try again if it fails.

`gunicorn webhooks_celery:application` and `celery -A webhooks_celery worker`, with REDIS_URL and PINWHEEL_API_SECRET.
"""

import os

from celery import Celery
from pinwheel_api.v2025_07_08 import events
from pinwheel_api.webhooks import RedisStore, WebhookReceiver, celery_task, wsgi_app

app = Celery("payroll", broker=os.environ["REDIS_URL"])
receiver = WebhookReceiver([os.environ["PINWHEEL_API_SECRET"]], store=RedisStore(os.environ["REDIS_URL"]))


@receiver.on("paystubs.added")
def store_paystubs(event: events.PaystubsAdded) -> None:
    print(f"{len(event.payload.added or [])} new paystubs of account {event.payload.account_id}", flush=True)


celery_task(receiver, app)
application = wsgi_app(receiver)
