"""Ways to give a receiver a delivery."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from pinwheel_api.webhooks import MemoryStore, Receipt, WebhookReceiver

from .deliveries import Delivery

Take = Callable[[WebhookReceiver, Delivery], Receipt]


def in_thread(receiver: WebhookReceiver, delivery: Delivery) -> Receipt:
    return receiver.receive(*delivery)


def in_task(receiver: WebhookReceiver, delivery: Delivery) -> Receipt:
    return asyncio.run(receiver.areceive(*delivery))


class BlockingStore(MemoryStore):
    """As a store on a disk: called in threads by an event loop."""

    blocking = True
