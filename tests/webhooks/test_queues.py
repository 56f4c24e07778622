"""Deliveries handed to Celery and SAQ: the examples, as their own commands start them, on a real Redis."""

from __future__ import annotations

import asyncio
import json
import threading
import uuid
from typing import Any

import pytest
from pinwheel_api.webhooks import Receipt, RedisStore, WebhookReceiver, celery_task, saq_function, wsgi_app
from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.webhooks.errors import WebhookHandlingError

from tests.overlays.rate import redis_server

from .deliveries import ACCOUNT, OTHER_SECRET, SECRET, Delivery, deliver, tree
from .programs import Start, free_port, reach
from .serving import post, serve_wsgi

NEW = f"2 new paystubs of account {ACCOUNT}"


COMMANDS = {
    "celery": (
        ["-m", "gunicorn", "webhooks_celery:application", "--bind", "127.0.0.1:PORT", "--log-level", "warning"],
        ["-m", "celery", "-A", "webhooks_celery", "worker", "--pool", "solo", "--loglevel", "INFO"],
    ),
    "saq": (
        ["-m", "uvicorn", "webhooks_saq:app", "--port", "PORT", "--log-level", "warning"],
        ["-m", "saq", "webhooks_saq.settings"],
    ),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_example_answers_at_once_and_a_worker_handles(start: Start, name: str) -> None:
    web, worker = COMMANDS[name]
    port = free_port()
    start(*(word.replace("PORT", str(port)) for word in web))
    reach(port)
    delivery = deliver(tree(added=[{"id": "s1"}, {"id": "s2"}]))
    assert post(port, deliver(secret=OTHER_SECRET)).status == 400
    answers = [post(port, delivery) for _ in range(3)]
    assert {(answer.status, answer.text) for answer in answers} == {(200, "queued\n")}
    assert post(port, deliver(tree("shifts.added"))).text == "ignored\n"
    working = start(*worker)
    working.until(NEW)
    last = deliver(tree(added=[]))
    post(port, last)
    working.until("0 new paystubs")
    # What was sent three times came before, and was handled once.
    assert sum(NEW in line for line in working.lines) == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_the_next_worker_takes_what_a_killed_one_did_not_get_to(start: Start, name: str) -> None:
    web, worker = COMMANDS[name]
    port = free_port()
    start(*(word.replace("PORT", str(port)) for word in web))
    reach(port)
    first = start(*worker)
    post(port, deliver(tree(added=[])))
    first.until("0 new paystubs")
    first.process.kill()
    first.process.wait()
    assert post(port, deliver(tree(added=[{"id": "s1"}, {"id": "s2"}]))).text == "queued\n"
    start(*worker).until(NEW)


class Broken:
    """Stands for Celery's application where only the wiring is looked at."""

    def task(self, **options: Any) -> Any:
        self.options = options

        def decorate(function: Any) -> Any:
            function.delay = self.fail
            return function

        return decorate

    def fail(self, _: str) -> None:
        raise ConnectionError("redis://:password@host is gone")


def test_a_queue_that_takes_nothing_makes_pinwheel_come_again(caplog: pytest.LogCaptureFixture) -> None:
    receiver = WebhookReceiver([SECRET])
    receiver.on("*", name="h")(lambda _: None)
    app = Broken()
    celery_task(receiver, app, queue="webhooks")
    assert app.options["queue"] == "webhooks"
    assert app.options["acks_late"] is True
    with serve_wsgi(wsgi_app(receiver)) as port:
        assert post(port, deliver()).status == 500
    assert "the queue did not take paystubs.added" in caplog.text
    assert "password" not in caplog.text


def test_a_receiver_has_one_queue() -> None:
    receiver = WebhookReceiver([SECRET])
    celery_task(receiver, Broken())
    with pytest.raises(ConfigurationError, match="a queue already"):
        celery_task(receiver, Broken())


class AttemptError(Exception):
    def __init__(self, delay: float) -> None:
        self.delay = delay


class Task:
    class Request:
        retries = 0

    def __init__(self, retries: int) -> None:
        self.request = self.Request()
        self.request.retries = retries

    def retry(self, *, exc: Exception, countdown: float) -> AttemptError:
        assert isinstance(exc, WebhookHandlingError)
        assert ACCOUNT not in str(exc)
        return AttemptError(countdown)


def message_of(receiver: WebhookReceiver, delivery: Delivery) -> str:
    """What the receiver would give to a queue."""
    taken: list[str] = []
    other = WebhookReceiver([SECRET])
    other.on("*", name="h")(lambda _: None)
    other.hand_to(taken.append)
    assert other.receive(*delivery).outcome == "queued"
    assert receiver is not other
    return taken[0]


def test_celery_tries_again_later_and_later() -> None:
    receiver = WebhookReceiver([SECRET])

    @receiver.on("*")
    def fails(_: Any) -> None:
        raise RuntimeError

    handle = celery_task(receiver, Broken(), first_delay=2, longest_delay=20)
    message = message_of(receiver, deliver())
    for retries, most in ((0, 2), (1, 4), (2, 8), (5, 20), (60, 20)):
        with pytest.raises(AttemptError) as caught:
            handle(Task(retries), message)
        assert most / 2 <= caught.value.delay <= most


def test_saq_is_told_by_an_exception() -> None:
    receiver = WebhookReceiver([SECRET])
    runs: list[int] = []

    @receiver.on("*")
    async def fails_once(_: Any) -> None:
        runs.append(1)
        if len(runs) == 1:
            raise RuntimeError

    class Queue:
        async def enqueue(self, job_or_func: str, **kwargs: Any) -> None:
            taken.append((job_or_func, kwargs))

    taken: list[tuple[str, dict[str, Any]]] = []
    name, handle = saq_function(receiver, Queue(), name="hooks", retries=3)
    assert asyncio.run(receiver.areceive(*deliver())).outcome == "queued"
    [(function, options)] = taken
    assert (function, options["retries"], name) == ("hooks", 4, "hooks")
    with pytest.raises(WebhookHandlingError):
        asyncio.run(handle({}, message=options["message"]))
    asyncio.run(handle({}, message=options["message"]))
    asyncio.run(handle({}, message=options["message"]))
    assert len(runs) == 2


def test_a_message_says_what_came_byte_for_byte() -> None:
    receiver = WebhookReceiver([SECRET])
    seen: list[Any] = []
    receiver.on("*", name="seen")(seen.append)
    body = '{"event": "paystubs.invented", "event_id": "Zoë", "payload": {"x": "\u20ac\\ud83c"}}'.encode()
    message = message_of(receiver, deliver(body, version="2022-09-09"))
    json.loads(message)
    assert receiver.process(message).outcome == "handled"
    assert seen[0].raw == body


def test_workers_on_a_shared_store_handle_once(redis_process: redis_server.RedisProcess) -> None:
    receipts: list[Receipt] = []
    runs: list[int] = []
    store = RedisStore(redis_process.url, prefix=f"{uuid.uuid4()}:")
    receivers = [WebhookReceiver([SECRET], store=store) for _ in range(4)]
    for each in receivers:
        each.on("*", name="work")(lambda _: runs.append(1))
    message = message_of(receivers[0], deliver())
    threads = [threading.Thread(target=lambda r=each: receipts.append(r.process(message))) for each in receivers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    assert len(runs) == 1
    assert {receipt.outcome for receipt in receipts} <= {"handled", "duplicate", "in_progress"}
