"""Webhooks: from the raw bytes of a delivery to a typed event, handled once.

What binds the versions of webhooks to the classes of their events is generated: ``pinwheel_api.webhooks``.
"""

from typing import TYPE_CHECKING

from pinwheel_overlays.lazy import lazy_exports

if TYPE_CHECKING:
    from .adapters.asgi import asgi_app as asgi_app
    from .adapters.django import django_async_view as django_async_view
    from .adapters.django import django_view as django_view
    from .adapters.wsgi import wsgi_app as wsgi_app
    from .catalogue import EventCatalogue as EventCatalogue
    from .errors import WebhookError as WebhookError
    from .errors import WebhookHandlingError as WebhookHandlingError
    from .errors import WebhookPayloadError as WebhookPayloadError
    from .errors import WebhookSignatureError as WebhookSignatureError
    from .headers import Headers as Headers
    from .keys import Keys as Keys
    from .keys import Secrets as Secrets
    from .parse import OnDrift as OnDrift
    from .parse import parse_delivery as parse_delivery
    from .queues.celery import celery_task as celery_task
    from .queues.saq import saq_function as saq_function
    from .receipt import Receipt as Receipt
    from .receiver import Receiver as Receiver
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
    "EventCatalogue",
    "EventStore",
    "Headers",
    "Key",
    "Keys",
    "MemoryStore",
    "OnDrift",
    "PostgresStore",
    "Receipt",
    "Receiver",
    "RedisStore",
    "SQLiteStore",
    "Secrets",
    "UnknownEvent",
    "WebhookError",
    "WebhookHandlingError",
    "WebhookPayloadError",
    "WebhookSignatureError",
    "asgi_app",
    "celery_task",
    "django_async_view",
    "django_view",
    "event_name",
    "parse_delivery",
    "saq_function",
    "sign",
    "verify",
    "wsgi_app",
]

__getattr__, __dir__ = lazy_exports(
    __name__,
    {
        "Claim": ".stores.base",
        "EventCatalogue": ".catalogue",
        "EventStore": ".stores.base",
        "Headers": ".headers",
        "Key": ".stores.base",
        "Keys": ".keys",
        "MemoryStore": ".stores.memory",
        "OnDrift": ".parse",
        "PostgresStore": ".stores.postgres",
        "Receipt": ".receipt",
        "Receiver": ".receiver",
        "RedisStore": ".stores.redis",
        "SQLiteStore": ".stores.sqlite",
        "Secrets": ".keys",
        "UnknownEvent": ".unknown",
        "WebhookError": ".errors",
        "WebhookHandlingError": ".errors",
        "WebhookPayloadError": ".errors",
        "WebhookSignatureError": ".errors",
        "asgi_app": ".adapters.asgi",
        "celery_task": ".queues.celery",
        "django_async_view": ".adapters.django",
        "django_view": ".adapters.django",
        "event_name": ".unknown",
        "parse_delivery": ".parse",
        "saq_function": ".queues.saq",
        "sign": ".signature",
        "verify": ".signature",
        "wsgi_app": ".adapters.wsgi",
    },
)
