"""`pinwheel listen`, `trigger`, `deliveries` and `redeliver`, run as commands against a server in its own process."""

from __future__ import annotations

import os
import pty
import queue
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pinwheel_api import Pinwheel
from pinwheel_api.webhooks import UnknownEvent, WebhookReceiver, wsgi_app
from pinwheel_cli.main import app
from pinwheel_sandbox import LocalServer, Sandbox, SandboxProcess
from typer.testing import CliRunner

from .serving import serve_wsgi

PINWHEEL = [sys.executable, "-W", "error", "-m", "pinwheel_cli"]
LOGIN: dict[str, Any] = {"org_name": "Acme", "solution": "Verify", "features": ["paystubs"], "end_user_id": "user_1"}


@pytest.fixture
def sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess() as server:
        yield server


@pytest.fixture
def client(sandbox: SandboxProcess) -> Iterator[Pinwheel]:
    with Pinwheel(sandbox.secret, base_url=sandbox.url) as made:
        yield made


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command to its end, in this process: starting a new one takes a while."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PINWHEEL_BASE_URL", sandbox.url)

    def made(*arguments: str) -> Done:
        done = CliRunner().invoke(app, arguments)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return made


class Listening:
    """A running `pinwheel listen`."""

    def __init__(self, sandbox: SandboxProcess, *arguments: str) -> None:
        environment = {**os.environ, "PINWHEEL_BASE_URL": sandbox.url, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [*PINWHEEL, "listen", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.heard: list[str] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        self.until("Ctrl-C stops it.")

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip())

    def until(self, pattern: str) -> str:
        """Read on to the next line with a pattern, and return it."""
        deadline = time.monotonic() + 60
        while True:
            try:
                line = self._lines.get(timeout=max(deadline - time.monotonic(), 0.01))
            except queue.Empty:
                raise AssertionError(f"no line with {pattern!r} came; the last were {self.heard[-9:]}") from None
            self.heard.append(line)
            if re.search(pattern, line):
                return line

    def end(self, by: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(by)
        code = self.process.wait(20)
        self._thread.join(20)
        while not self._lines.empty():
            self.heard.append(self._lines.get())
        return code

    def close(self) -> None:
        self.process.kill()
        self._thread.join(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process.wait()


@contextmanager
def listening(sandbox: SandboxProcess, *arguments: str) -> Iterator[Listening]:
    made = Listening(sandbox, *arguments)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def receiver(sandbox: SandboxProcess) -> WebhookReceiver:
    return WebhookReceiver([sandbox.secret])


def test_deliveries_are_shown_and_passed_on_signed(
    sandbox: SandboxProcess, client: Pinwheel, receiver: WebhookReceiver
) -> None:
    seen: list[str] = []
    receiver.on("*", name="seen")(lambda event: seen.append(type(event).__name__))
    with serve_wsgi(wsgi_app(receiver)) as port, listening(sandbox, "--forward-to", f"localhost:{port}/hook") as heard:
        login = sandbox.login(client.link_tokens.create(**LOGIN).token)
        line = heard.until("employment.added")
        assert re.fullmatch(r"\d\d:\d\d:\d\d  200 +\d+ ms  employment.added +[0-9a-f]{8}  account [0-9a-f]{8}", line)
        assert line.endswith(login.account_id[:8])
        environment = {**os.environ, "PINWHEEL_BASE_URL": sandbox.url}
        command = [*PINWHEEL, "trigger", "income.added"]
        fired = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert (fired.returncode, fired.stderr) == (0, "")
        assert re.match(r"\d\d:\d\d:\d\d  200 +\d+ ms  income.added", fired.stdout)
        heard.until("income.added")
        assert heard.end() == 0
    assert {"AccountAdded", "PaystubsFullySynced", "EmploymentAdded"} <= set(seen)
    assert "UnknownEvent" not in seen
    assert seen[-1] == "IncomeAdded"
    assert list(client.webhooks.list()) == []


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_its_webhook_ends_with_it(sandbox: SandboxProcess, client: Pinwheel, by: signal.Signals) -> None:
    with listening(sandbox, "--events", "paystubs.added,shifts.added", "--webhook-version", "2022-09-09") as heard:
        [hook] = client.webhooks.list()
        assert (hook.version, hook.enabled_events) == ("2022-09-09", ["paystubs.added", "shifts.added"])
        assert any("nowhere" in line for line in heard.heard)
        assert heard.end(by) == 0
        assert "Traceback" not in "\n".join(heard.heard)
    assert list(client.webhooks.list()) == []


def test_a_listener_goes_on_after_a_reset(sandbox: SandboxProcess, client: Pinwheel, run: Run) -> None:
    with listening(sandbox) as heard:
        sandbox.reset()
        assert sandbox.webhooks() == []
        heard.until("The sandbox was reset; listening again.")
        assert run("trigger", "paystubs.added", "--log-in").returncode == 0
        heard.until(r"paystubs\.added")
        assert heard.end() == 0
    assert sandbox.webhooks() == []


def test_a_listener_is_seen_by_nobody_else(sandbox: SandboxProcess, client: Pinwheel) -> None:
    with listening(sandbox):
        (hook,) = sandbox.webhooks()
        assert (hook.status, hook.version) == ("active", "2025-07-08")
        assert [each.id for each in client.webhooks.list()] == [hook.id]
        sandbox.fault("status", status=500, calls=1)
        before = len(sandbox.requests())
        time.sleep(3)  # longer than one of its beats
        assert len(sandbox.requests()) == before
        assert len(sandbox.faults()) == 1


def test_what_a_killed_listener_left_is_swept_away(sandbox: SandboxProcess, client: Pinwheel) -> None:
    with listening(sandbox) as heard:
        heard.end(signal.SIGKILL)
    [left] = client.webhooks.list()
    with listening(sandbox), listening(sandbox):
        assert left.id not in {hook.id for hook in client.webhooks.list()}
        assert len(list(client.webhooks.list())) == 2


def test_what_goes_wrong_behind_it_is_shown_and_comes_again(
    sandbox: SandboxProcess, run: Run, receiver: WebhookReceiver
) -> None:
    runs: list[str] = []

    @receiver.on("paystubs.added")
    def flaky(event: object) -> None:
        runs.append("run")
        if len(runs) == 1:
            raise RuntimeError

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with listening(sandbox, "--forward-to", f"http://127.0.0.1:{port}") as heard:
        run("trigger", "bill.added")
        assert "---" in heard.until("bill.added")
        assert f"nothing listens there: http://127.0.0.1:{port}" in heard.until("nothing")
    with serve_wsgi(wsgi_app(receiver)) as port, listening(sandbox, "-f", f"127.0.0.1:{port}", "--payload") as heard:
        fired = run("trigger", "paystubs.added", "--log-in", "--payload", '{"params": {"count": 7}}')
        assert fired.stdout.count("paystubs.added") == 1
        heard.until("  500  .*paystubs.added")
        heard.until("failed; it comes again")
        assert '"sync_status": "in_progress"' in heard.until("sync_status")
        heard.until('"count": 7')
        sandbox.move_clock(by=timedelta(minutes=5))
        assert heard.until("x2$")
        assert heard.process.poll() is None


def test_the_newest_account_is_taken(sandbox: SandboxProcess, client: Pinwheel, run: Run) -> None:
    with listening(sandbox, "--events", "paystubs.added") as heard:
        none = run("trigger", "paystubs.added")
        assert none.returncode == 1
        assert "--log-in connects one" in none.stderr
        first = sandbox.login(client.link_tokens.create(**LOGIN).token).account_id
        second = sandbox.login(client.link_tokens.create(**{**LOGIN, "end_user_id": "user_2"}).token).account_id
        for account, arguments in ((second, ()), (first, ("--account", first))):
            done = run("trigger", "paystubs.added", *arguments)
            assert f"account {account[:8]}" in done.stdout
            event_id = done.stdout.split("paystubs.added")[1].split()[0]
            assert f"account {account[:8]}" in heard.until(event_id)


def test_again_from_the_log(sandbox: SandboxProcess, run: Run, receiver: WebhookReceiver, tmp_path: Path) -> None:
    seen: list[str] = []
    receiver.on("*", name="seen")(lambda event: seen.append(event.event_id))
    (tmp_path / "payload.json").write_text('{"frequency": "weekly"}')
    assert run("deliveries").stdout.startswith("No deliveries yet")
    assert run("redeliver", "--last").stderr == "pinwheel: the log is empty: nothing was delivered yet\n"
    with serve_wsgi(wsgi_app(receiver)) as port, listening(sandbox, "-f", f"127.0.0.1:{port}") as heard:
        for name in ("bill.added", "bill.updated"):
            assert run("trigger", name, "-p", "@payload.json").returncode == 0
        log = run("deliveries").stdout.splitlines()
        assert [line.split()[4] for line in log] == ["bill.added", "bill.updated"]
        first, last = [line.split()[5] for line in log]
        heard.until(last)
        for arguments, expected in (((first,), first), (("--last",), first), ((last, first), last)):
            done = run("redeliver", *arguments)
            assert (done.returncode, done.stderr) == (0, "")
            assert expected in done.stdout
            assert " 200 " in done.stdout
            assert heard.until(f"{expected}.* x").endswith(("x2", "x3"))
        assert run("deliveries", "--event", "bill.updated").stdout.count("\n") == 2
        assert run("deliveries", "--status", "failed").stdout == "No deliveries.\n"
        assert len(seen) == 2  # redeliveries are duplicates, which the receiver does not handle again
    for hook in Pinwheel(sandbox.secret, base_url=sandbox.url).webhooks.list():
        Pinwheel(sandbox.secret, base_url=sandbox.url).webhooks.delete(hook.id)
    gone = run("redeliver", first)
    assert (gone.returncode, "dropped" in gone.stdout) == (1, True)
    assert "`pinwheel trigger` fires" in gone.stderr


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with Sandbox() as sandbox, sandbox.serve() as made:
        yield made


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["trigger", "paystubs.aded"], "there is no event paystubs.aded; did you mean paystubs.added?"),
        (["trigger", "bill.added", "--payload", "[]"], "--payload must be a JSON object"),
        (["trigger", "bill.added", "--payload", "@nowhere.json"], "nowhere.json cannot be read"),
        (["trigger", "paystubs.added", "--account", "nobody"], "The account"),
        (["trigger", "bill.added", "--log-in", "--secret", "wrong"], "does not take this API secret"),
        (["listen", "--secret", "wrong"], "does not take this API secret"),
        (["listen", "--events", "paystubs.aded"], "did you mean paystubs.added?"),
        (["listen", "--forward-to", "http://"], "no address to forward to"),
        (["listen", "--webhook-version", "2020-01-01"], "version"),
        (["listen", "--sandbox", "localhost:9"], "no sandbox answers at http://localhost:9"),
        (["trigger", "bill.added", "--sandbox", "https://api.getpinwheel.com"], "is not on this machine"),
        (["deliveries", "--sandbox", "::"], "no address of a sandbox"),
        (["redeliver", "ab"], "too short"),
        (["redeliver", "abcdef"], "no delivery and no event"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    server: LocalServer, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINWHEEL_BASE_URL", server.url)
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.startswith("pinwheel: ")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_what_is_no_sandbox_is_said() -> None:
    with serve_wsgi(wsgi_app(WebhookReceiver(["sandbox"]))) as port:
        done = CliRunner().invoke(app, ["trigger", "bill.added", "--sandbox", f"localhost:{port}"])
    assert done.stderr == f"pinwheel: what answers at http://localhost:{port} is no Pinwheel sandbox\n"


def test_a_listener_ends_when_its_sandbox_does() -> None:
    with SandboxProcess() as sandbox, listening(sandbox) as heard:
        sandbox.close()
        heard.until("no sandbox answers")
        assert heard.process.wait(20) == 1


def test_a_terminal_gets_colours(sandbox: SandboxProcess, run: Run) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PINWHEEL_BASE_URL": sandbox.url, "TERM": "xterm-256color", "COLUMNS": "80"}
    process = subprocess.Popen([*PINWHEEL, "listen"], env=environment, stdout=theirs, stderr=theirs)
    os.close(theirs)
    text = b""
    try:
        deadline = time.monotonic() + 60
        while b"bill.added" not in text and time.monotonic() < deadline:
            if select.select([ours], [], [], 0.2)[0]:
                text += os.read(ours, 65536)
                if b"Ctrl-C" in text and b"fired" not in text:
                    text += b"fired"
                    run("trigger", "bill.added")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        os.close(ours)
    assert b"\x1b[1mbill.added" in text
    assert UnknownEvent.__name__.encode() not in text
