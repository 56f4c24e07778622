"""Webhooks handled by SAQ, a queue for asyncio: the web application answers at once, workers do the work.

`uvicorn webhooks_saq:app` and `saq webhooks_saq.settings`, with REDIS_URL and PINWHEEL_API_SECRET set.
"""

import os

from pinwheel_api.v2025_07_08 import events
from pinwheel_api.webhooks import RedisStore, WebhookReceiver, asgi_app, saq_function
from saq import Queue

queue = Queue.from_url(os.environ["REDIS_URL"])
receiver = WebhookReceiver([os.environ["PINWHEEL_API_SECRET"]], store=RedisStore(os.environ["REDIS_URL"]))


@receiver.on("paystubs.added")
async def store_paystubs(event: events.PaystubsAdded) -> None:
    print(f"{len(event.payload.added or [])} new paystubs of account {event.payload.account_id}", flush=True)


app = asgi_app(receiver)
settings = {"queue": queue, "functions": [saq_function(receiver, queue)], "concurrency": 10}
