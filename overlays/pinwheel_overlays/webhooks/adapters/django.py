"""A receiver as a Django view. Needs the extra ``django``."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from pinwheel_overlays.webhooks.receipt import Receipt
from pinwheel_overlays.webhooks.receiver import Receiver

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["django_async_view", "django_view"]


def django_view(receiver: Receiver) -> "Callable[[HttpRequest], HttpResponse]":
    """Return a view that takes deliveries by POST: ``path("webhooks/pinwheel", django_view(receiver))``.

    Django itself refuses a body longer than its setting DATA_UPLOAD_MAX_MEMORY_SIZE.
    """
    from django.views.decorators.csrf import csrf_exempt  # noqa: PLC0415 - an extra

    def view(request: "HttpRequest") -> "HttpResponse":
        refused = _refusal(request)
        return refused or _answer(receiver.receive(request.body, request.headers))

    # Pinwheel has no token of this site; its signature takes the place of one.
    return csrf_exempt(view)


def django_async_view(receiver: Receiver) -> "Callable[[HttpRequest], Awaitable[HttpResponse]]":
    """As ``django_view``, for Django under ASGI: asynchronous handlers run in the server's event loop."""
    from django.views.decorators.csrf import csrf_exempt  # noqa: PLC0415 - an extra

    async def view(request: "HttpRequest") -> "HttpResponse":
        refused = _refusal(request)
        return refused or _answer(await receiver.areceive(request.body, request.headers))

    return csrf_exempt(view)


def _refusal(request: "HttpRequest") -> "HttpResponse | None":
    from django.http import HttpResponseNotAllowed  # noqa: PLC0415 - an extra

    return None if request.method == "POST" else HttpResponseNotAllowed(["POST"])


def _answer(receipt: Receipt) -> "HttpResponse":
    from django.http import HttpResponse  # noqa: PLC0415 - an extra

    return HttpResponse(receipt.text, status=receipt.status, headers=receipt.headers)
