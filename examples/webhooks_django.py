"""Webhooks in Django, in one file: `gunicorn webhooks_django:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path
from pinwheel_api.v2025_07_08 import events
from pinwheel_api.webhooks import SQLiteStore, WebhookReceiver, django_view

receiver = WebhookReceiver([os.environ["PINWHEEL_API_SECRET"]], store=SQLiteStore("webhooks.db"))


@receiver.on("paystubs.added")
def store_paystubs(event: events.PaystubsAdded) -> None:
    print(f"{len(event.payload.added or [])} new paystubs of account {event.payload.account_id}", flush=True)


urlpatterns = [path("webhooks/pinwheel", django_view(receiver))]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY=os.urandom(32).hex())
application = get_wsgi_application()
