"""What a plain install lacks is said when it is needed, with the command that adds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pinwheel_api.webhooks import PostgresStore, RedisStore, WebhookReceiver
from pinwheel_overlays.errors import ConfigurationError

from .deliveries import SECRET, deliver


def test_redis_is_missed_when_its_store_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'pinwheel-api\[redis\]'"):
        RedisStore("redis://localhost")


@pytest.mark.parametrize("module", ["psycopg_pool", "psycopg"])
def test_psycopg_is_missed_when_its_store_is_made(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ConfigurationError, match=r"pip install 'pinwheel-api\[postgres\]'"):
        PostgresStore("postgresql://localhost/x")


def test_nothing_but_the_plain_install_is_loaded_to_verify_and_to_receive(tmp_path: Path) -> None:
    program = f"""
import sys
from pinwheel_api.webhooks import SQLiteStore, WebhookReceiver, asgi_app, django_view, sign, wsgi_app
receiver = WebhookReceiver(["{SECRET}"], store=SQLiteStore("events.db"))
receiver.on("*", name="all")(lambda event: None)
asgi_app(receiver), wsgi_app(receiver)
body = b'{{"event_id": "1", "event": "x.y", "payload": {{}}}}'
assert receiver.receive(body, sign(body, "{SECRET}")).outcome == "handled"
print(sorted({{"httpx", "redis", "psycopg", "celery", "saq", "starlette", "django", "asyncio"}} & set(sys.modules)))
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_server_that_is_not_there_brings_the_delivery_again() -> None:
    receiver = WebhookReceiver([SECRET], store=RedisStore("redis://127.0.0.1:9/0"))
    receiver.on("*", name="all")(lambda _: None)
    assert receiver.receive(*deliver()).status == 500


def test_a_client_of_redis_that_has_to_be_awaited_is_refused() -> None:
    # Otherwise each claim would be an object that is neither taken nor done, and every delivery "in progress".
    redis_asyncio = pytest.importorskip("redis.asyncio")
    with pytest.raises(ConfigurationError, match="not an asynchronous client"):
        RedisStore(redis_asyncio.Redis())
