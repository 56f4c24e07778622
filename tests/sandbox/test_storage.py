"""State outlives what it should outlive, and threads and processes do not tread on each other."""

import gc
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pinwheel_sandbox import LinkError, Sandbox
from pinwheel_sandbox.storage.engine import Storage
from sqlalchemy import event
from sqlalchemy.pool import Pool

from tests.servers.postgres import PostgresProcess

from .asking import Asker


def test_file_keeps_everything(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sandbox.db'}"
    with Sandbox(database=url) as sandbox:
        ask = Asker(sandbox)
        account = f"/v1/accounts/{ask.login().account_id}"
        unused, cursor = ask.token(), ask("GET", "/v1/employers").body["meta"]["next_cursor"]
        before = [ask("GET", f"{account}{path}").data for path in ("", "/income", "/shifts")]
    with Sandbox(database=url) as sandbox:
        ask = Asker(sandbox)
        assert [ask("GET", f"{account}{path}").data for path in ("", "/income", "/shifts")] == before
        assert ask("GET", "/v1/employers", query={"cursor": cursor}).data
        sandbox.login(unused)
        with pytest.raises(LinkError, match="usedLinkToken"):
            sandbox.login(unused)


def test_memory_is_separate_for_each_sandbox() -> None:
    with Sandbox() as one, Sandbox() as two:
        Asker(one).login()
        assert len(Asker(one)("GET", "/v1/accounts").data) == 1
        assert Asker(two)("GET", "/v1/accounts").data == []


def test_a_sandbox_that_is_dropped_closes_its_database(tmp_path: Path) -> None:
    opened, closed = list[object](), list[object]()

    def note_opened(connection: object, _record: object) -> None:
        opened.append(connection)

    def note_closed(connection: object, _record: object) -> None:
        closed.append(connection)

    event.listen(Pool, "connect", note_opened)
    event.listen(Pool, "close", note_closed)
    try:
        for url in ("sqlite://", f"sqlite:///{tmp_path / 'sandbox.db'}"):
            Asker(Sandbox(database=url)).login()
            gc.collect()
            assert opened
            assert closed == opened
    finally:
        event.remove(Pool, "connect", note_opened)
        event.remove(Pool, "close", note_closed)


def test_closed_sandbox_says_so() -> None:
    with Sandbox() as sandbox:
        token = Asker(sandbox).token()
    with pytest.raises(RuntimeError, match="closed"):
        sandbox.login(token)
    with pytest.raises(RuntimeError, match="closed"):
        list(sandbox.client().accounts.list())


def test_failed_login_leaves_nothing_behind(ask: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    token = ask.token()

    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("pinwheel_sandbox.link.timeline.Run.allocations", fail)
        with pytest.raises(RuntimeError, match="power cut"):
            ask.sandbox.login(token)
    assert ask("GET", "/v1/accounts").data == []
    assert ask("GET", "/v1/jobs").data == []
    ask.sandbox.login(token)


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_many_threads_write_and_read(tmp_path: Path, kind: str) -> None:
    url = "sqlite://" if kind == "memory" else f"sqlite:///{tmp_path / 'sandbox.db'}"
    with Sandbox(database=url) as sandbox:
        ask = Asker(sandbox)

        def work(number: int) -> int:
            login = ask.login(end_user_id=f"user_{number % 4}")
            stubs = ask("GET", f"/v1/accounts/{login.account_id}/paystubs", query={"limit": 100})
            return len(stubs.data)

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(work, range(40))) == [31] * 40
        assert len([a for page in ask.pages("/v1/accounts", limit=100) for a in page]) == 40


def test_two_processes_share_a_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sandbox.db'}"
    program = (
        "import sys; from pinwheel_sandbox import Sandbox\n"
        "with Sandbox(database=sys.argv[1]) as sandbox:\n"
        "    pinwheel = sandbox.client()\n"
        "    for number in range(10):\n"
        "        token = pinwheel.link_tokens.create(org_name='Acme', solution='Verify', features=['income'],\n"
        "                                            end_user_id=sys.argv[2])\n"
        "        sandbox.login(token.token)\n"
    )
    started = [subprocess.Popen([sys.executable, "-c", program, url, f"user_{number}"]) for number in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]
    with Sandbox(database=url) as sandbox:
        ask = Asker(sandbox)
        for number in range(3):
            assert len(ask("GET", f"/v1/end_users/user_{number}/accounts").data) == 10


def test_limit_of_accounts_holds_under_load(ask: Asker) -> None:
    def attempt(_: int) -> bool:
        try:
            return bool(ask.login())
        except LinkError:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(40))) == 25


def test_a_link_token_opens_once_however_many_try(ask: Asker) -> None:
    tokens = [ask.token() for _ in range(5)]

    def attempt(number: int) -> bool:
        try:
            return bool(ask.sandbox.login(tokens[number % 5]))
        except LinkError as error:
            return error.code != "usedLinkToken"

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(40))) == 5
    assert len(ask("GET", "/v1/accounts").data) == 5


def test_limit_of_webhooks_holds_under_load(ask: Asker) -> None:
    body = {"url": "https://example.com", "status": "active", "enabled_events": ["bill.added"], "version": "2025-07-08"}
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: ask("POST", "/v1/webhooks", body=body).status, range(24)))
    assert sorted(statuses) == [200] * 10 + [403] * 14
    assert len(ask("GET", "/v1/webhooks").data) == 10


def test_two_calls_may_name_a_new_end_user_at_once(ask: Asker) -> None:
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda number: ask.token(end_user_id=f"new_{number // 8}"), range(64)))
    assert len(set(tokens)) == 64


def test_two_sandboxes_on_one_database_take_turns(database: str, sandbox: Sandbox) -> None:
    if database == "sqlite://":
        return  # each of those has a database of its own, as test_memory_is_separate_for_each_sandbox says
    with Sandbox(database=database, clock=sandbox.clock) as other:
        tokens = [Asker(sandbox).token() for _ in range(12)]

        def attempt(number: int) -> str:
            try:
                return (other if number % 2 else sandbox).login(tokens[number // 4]).account_id
            except LinkError as error:
                return error.code

        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(attempt, range(48)))
        assert results.count("usedLinkToken") == 36
        assert {account["id"] for account in Asker(other)("GET", "/v1/accounts").data} == set(results) - {
            "usedLinkToken"
        }


def test_a_database_that_was_away_is_used_again(
    postgres_server: PostgresProcess, caplog: pytest.LogCaptureFixture
) -> None:
    with PostgresProcess() as server, Sandbox(database=server.database()) as sandbox:
        ask = Asker(sandbox)
        account = ask.login().account_id
        server.stop()
        away = ask("GET", f"/v1/accounts/{account}")
        assert (away.status, away.error["type"]) == (500, "UNKNOWN_ERROR")
        assert "psycopg" not in away.error["message"]
        server.start()
        assert ask("GET", f"/v1/accounts/{account}").data["id"] == account


def test_keys_are_made_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sandbox.db'}"
    one, two = Storage(url), Storage(url)
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda storage: storage.key("some"), [one, two] * 8))
    assert len(keys) == 1
    assert one.key("other") not in keys
    one.close()
    two.close()
