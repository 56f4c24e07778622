"""The examples, in the real frameworks, on real servers."""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pinwheel_api.webhooks import WebhookReceiver, asgi_app, wsgi_app

from . import test_queues
from .deliveries import OTHER_SECRET, SECRET, Delivery, deliver, tree
from .programs import EXAMPLES, Start, free_port, reach
from .serving import Server, post, serve_asgi, serve_wsgi


@pytest.fixture
def example(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """An example, imported as its command would, in a folder of its own."""
    name = f"webhooks_{request.param}"
    pytest.importorskip({"starlette": "starlette.applications"}.get(request.param, request.param))
    monkeypatch.setenv("PINWHEEL_API_SECRET", SECRET)
    monkeypatch.chdir(tmp_path)
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)  # Django looks its URLs up by the name of the module
    spec.loader.exec_module(module)
    yield module
    # An application leaves this to the end of its process.
    module.receiver._handling._store.close()


SERVED = [("fastapi", serve_asgi, "app"), ("starlette", serve_asgi, "app"), ("flask", serve_wsgi, "application")]


def check(server: Server, application: Any, seen: Any) -> None:
    delivery = deliver(tree(added=[{"id": "s1"}, {"id": "s2"}]))
    with server(application) as port:
        assert post(port, deliver(secret=OTHER_SECRET)).status == 400
        first, second = post(port, delivery), post(port, delivery)
        other = post(port, deliver(tree("shifts.added")))
        assert post(port, delivery, method="GET").status == 405
    assert (first.status, first.text) == (200, "handled\n")
    assert (second.status, second.text) == (200, "duplicate\n")
    assert (other.status, other.text) == (200, "ignored\n")
    assert first.headers["cache-control"] == "no-store"
    assert seen().count("2 new paystubs of account 5c0ee2f8-9d42-4f6f-8f2e-0c3d5d7f1a11") == 1


@pytest.mark.parametrize(("example", "server", "name"), SERVED, indirect=["example"], ids=[row[0] for row in SERVED])
def test_an_example_takes_deliveries(
    example: ModuleType, server: Server, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    check(server, getattr(example, name), lambda: capfd.readouterr().out)


@pytest.mark.parametrize("example", ["flask"], indirect=True)
def test_the_application_beside_it_is_still_there(example: ModuleType) -> None:
    with serve_wsgi(example.application) as port:
        assert post(port, Delivery(b"", {}), "/", "GET").text == "Acme payroll\n"


def test_django_takes_deliveries(tmp_path: Path) -> None:
    # Django is configured once a process, so it gets one of its own.
    import subprocess

    script = f"""
import sys
sys.path[:0] = {[str(EXAMPLES), str(EXAMPLES.parent)]!r}
import io, contextlib
import webhooks_django
from pinwheel_api.webhooks import django_async_view
from django.core.asgi import get_asgi_application
from django.urls import path
from tests.webhooks.test_frameworks import check
from tests.webhooks.serving import serve_asgi, serve_wsgi
webhooks_django.urlpatterns.append(path("async/pinwheel", django_async_view(webhooks_django.receiver)))
out = io.StringIO()
with contextlib.redirect_stdout(out):
    check(serve_wsgi, webhooks_django.application, out.getvalue)
    from tests.webhooks.serving import post
    from tests.webhooks.deliveries import deliver, OTHER_SECRET
    delivery = deliver()
    with serve_asgi(get_asgi_application()) as port:
        answers = [post(port, delivery, "/async/pinwheel").text for _ in range(2)]
        answers.append(post(port, deliver(secret=OTHER_SECRET), "/async/pinwheel").text)
        answers.append(post(port, delivery, "/async/pinwheel", "GET").status)
print(answers)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PINWHEEL_API_SECRET": SECRET, "PATH": "", "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "['handled\\n', 'duplicate\\n', 'refused\\n', 405]"


COMMANDS = {
    "fastapi": ["-m", "uvicorn", "webhooks_fastapi:app", "--port", "PORT", "--log-level", "warning"],
    "starlette": ["-m", "uvicorn", "webhooks_starlette:app", "--port", "PORT", "--log-level", "warning"],
    "flask": ["-m", "gunicorn", "webhooks_flask:application", "--bind", "127.0.0.1:PORT", "--workers", "2"],
    "django": ["-m", "gunicorn", "webhooks_django:application", "--bind", "127.0.0.1:PORT", "--workers", "2"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_example_runs_by_the_command_it_names(start: Start, name: str) -> None:
    """Two worker processes share the store where the server has such."""
    pytest.importorskip(name)
    port = free_port()
    program = start(*(word.replace("PORT", str(port)) for word in COMMANDS[name]))
    reach(port)
    delivery = deliver(tree(added=[{"id": "s1"}, {"id": "s2"}]))
    assert post(port, deliver(secret=OTHER_SECRET)).status == 400
    answers = [post(port, delivery) for _ in range(6)]
    program.until("2 new paystubs of account")
    assert [answer.text for answer in answers] == ["handled\n", *["duplicate\n"] * 5]
    assert post(port, delivery, method="GET").status == 405
    with suppress(ConnectionError):  # a server may hang up on what it will not read
        assert post(port, deliver(b" " * 3_000_000)).status in {400, 413}
    assert post(port, delivery).text == "duplicate\n"


def test_every_example_is_run_here_or_beside_the_queues() -> None:
    names = {path.stem.removeprefix("webhooks_") for path in EXAMPLES.glob("webhooks_*.py")}
    assert names == {*COMMANDS, *test_queues.COMMANDS}


class TestApplications:
    @pytest.fixture(params=[(asgi_app, serve_asgi), (wsgi_app, serve_wsgi)], ids=["asgi", "wsgi"])
    def made(self, request: pytest.FixtureRequest) -> tuple[Any, Server]:
        return request.param

    def test_a_body_that_is_too_long_is_not_read_to_its_end(self, made: tuple[Any, Server]) -> None:
        make, server = made
        with server(make(WebhookReceiver([SECRET]), most_bytes=1000)) as port:
            answer = post(port, deliver(b" " * 1001))
            assert answer.status == 413
            assert post(port, deliver(b" " * 1000)).status == 400

    def test_a_failing_handler_brings_the_delivery_again(self, made: tuple[Any, Server]) -> None:
        make, server = made
        receiver = WebhookReceiver([SECRET])
        runs: list[int] = []

        @receiver.on("*")
        def flaky(_: Any) -> None:
            runs.append(1)
            if len(runs) == 1:
                raise RuntimeError

        delivery = deliver()
        with server(make(receiver)) as port:
            assert [post(port, delivery).status for _ in range(3)] == [500, 200, 200]
        assert len(runs) == 2

    def test_a_duplicate_under_way_is_told_when_to_come_again(self, made: tuple[Any, Server]) -> None:
        make, server = made
        receiver = WebhookReceiver([SECRET])
        begun, go_on = threading.Event(), threading.Event()

        @receiver.on("*")
        def slow(_: Any) -> None:
            begun.set()
            go_on.wait(20)

        delivery = deliver()
        with server(make(receiver)) as port:
            thread = threading.Thread(target=post, args=(port, delivery))
            thread.start()
            begun.wait(20)
            answer = post(port, delivery)
            go_on.set()
            thread.join()
            assert (answer.status, answer.headers["retry-after"]) == (503, "30")
            assert post(port, delivery).text == "duplicate\n"


def test_an_input_without_a_length_is_not_waited_for() -> None:
    started: list[str] = []
    application = wsgi_app(WebhookReceiver([SECRET]))
    for length in (None, "", "many", "-5"):
        environ: dict[str, Any] = {"REQUEST_METHOD": "POST", "wsgi.input": None}
        if length is not None:
            environ["CONTENT_LENGTH"] = length
        assert list(application(environ, lambda status, headers: started.append(status))) == [b"refused\n"]
    assert started == ["400 Bad Request"] * 4


def test_an_input_that_ends_by_itself_is_read_without_a_length() -> None:
    import io

    delivery = deliver()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "wsgi.input": io.BytesIO(delivery.body),
        "wsgi.input_terminated": True,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in delivery.headers.items()},
    }
    application = wsgi_app(WebhookReceiver([SECRET]))
    assert list(application(environ, lambda status, headers: None)) == [b"ignored\n"]
