"""Webhooks: from the raw bytes of a delivery to a typed event, handled once.

These names are offered by ``pinwheel_api.webhooks``, which is generated: it adds ``parse`` and ``WebhookReceiver``, and
they know the classes of the events.
"""

from typing import TYPE_CHECKING

from pinwheel_overlays.lazy import lazy_exports

if TYPE_CHECKING:
    from .adapters.asgi import asgi_app as asgi_app
    from .adapters.django import django_async_view as django_async_view
    from .adapters.django import django_view as django_view
    from .adapters.wsgi import wsgi_app as wsgi_app
    from .errors import WebhookError as WebhookError
    from .errors import WebhookPayloadError as WebhookPayloadError
    from .errors import WebhookSignatureError as WebhookSignatureError
    from .queues.celery import celery_task as celery_task
    from .queues.saq import saq_function as saq_function
    from .receipt import Receipt as Receipt
    from .signature import sign as sign
    from .signature import verify as verify
    from .stores.base import Claim as Claim
    from .stores.base import EventStore as EventStore
    from .stores.base import Key as Key
    from .stores.memory import MemoryStore as MemoryStore
    from .stores.postgres import PostgresStore as PostgresStore
    from .stores.redis import RedisStore as RedisStore
    from .stores.sqlite import SQLiteStore as SQLiteStore
    from .unknown import UnknownEvent as UnknownEvent
    from .unknown import event_name as event_name

__all__ = [
    "Claim",
    "EventStore",
    "Key",
    "MemoryStore",
    "PostgresStore",
    "Receipt",
    "RedisStore",
    "SQLiteStore",
    "UnknownEvent",
    "WebhookError",
    "WebhookPayloadError",
    "WebhookSignatureError",
    "asgi_app",
    "celery_task",
    "django_async_view",
    "django_view",
    "event_name",
    "saq_function",
    "sign",
    "verify",
    "wsgi_app",
]

__getattr__, __dir__ = lazy_exports(
    __name__,
    {
        "Claim": ".stores.base",
        "EventStore": ".stores.base",
        "Key": ".stores.base",
        "MemoryStore": ".stores.memory",
        "PostgresStore": ".stores.postgres",
        "Receipt": ".receipt",
        "RedisStore": ".stores.redis",
        "SQLiteStore": ".stores.sqlite",
        "UnknownEvent": ".unknown",
        "WebhookError": ".errors",
        "WebhookPayloadError": ".errors",
        "WebhookSignatureError": ".errors",
        "asgi_app": ".adapters.asgi",
        "celery_task": ".queues.celery",
        "django_async_view": ".adapters.django",
        "django_view": ".adapters.django",
        "event_name": ".unknown",
        "saq_function": ".queues.saq",
        "sign": ".signature",
        "verify": ".signature",
        "wsgi_app": ".adapters.wsgi",
    },
)
