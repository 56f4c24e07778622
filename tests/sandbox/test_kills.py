"""Short forms of the proof that nothing acknowledged is lost, and that its judge is no rubber stamp."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.storage import tables
from pinwheel_sandbox.storage.engine import Storage
from sqlalchemy import delete, update

from proofs.sandbox_kills import run
from proofs.sandbox_parts.judging import problems
from proofs.sandbox_parts.writers import Journal
from tests.servers.postgres import PostgresProcess

from .asking import Asker


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/sandbox.db"
    server: PostgresProcess = request.getfixturevalue("postgres_server")
    return server.database()


def test_nothing_acknowledged_is_lost_by_kills(address: str) -> None:
    result = run(address, seconds=5, kill_every=1.2)
    assert result.problems == []
    assert result.kills
    assert result.journal.broken
    assert result.journal.accounts
    assert result.journal.events


def test_four_writers_leave_no_broken_state(address: str) -> None:
    result = run(address, seconds=3, kill_every=None)
    assert result.problems == []
    assert result.journal.broken == 0
    assert len(result.journal.accounts) > 5


def test_the_judge_sees_what_is_wrong(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/sandbox.db"
    with Sandbox(database=url) as sandbox:
        first, second = Asker(sandbox).login(), Asker(sandbox).login()
    journal, told = Journal(), {first.account_id, second.account_id}
    journal.accounts = {login.account_id: login.link_token_id for login in (first, second)}
    assert problems(url, journal, [], set(), told) == []

    storage, table = Storage(url), SimpleNamespace(account=tables.Account, document=tables.Document)
    journal.webhooks, journal.events = {"lost"}, {"lost"}
    with storage.writing() as session:
        session.execute(delete(table.document).where(table.document.kind == "identity"))
        session.execute(update(table.account).values(link_token_id=first.link_token_id))
    storage.close()
    found = problems(url, journal, [], set(), {first.account_id})
    for words in (
        "acknowledged webhooks",
        "acknowledged events",
        "two accounts",
        "Link tokens are used",
        "identity",
        "nobody was told",
    ):
        assert any(words in problem for problem in found), (words, found)
