"""The steps of Link without a browser: what a session answers, to whom, and what it changes."""

import pytest
from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.link_page import pdf
from pinwheel_sandbox.link_page.machine import LinkSessions
from pinwheel_sandbox.link_page.steps.uploads import kind_of
from pinwheel_sandbox.link_page.visit import Given

from .asking import Asker
from .link_session import HOME, SWITCH, Session


def test_a_password_is_not_kept(sandbox: Sandbox) -> None:
    session = Session(sandbox)
    session.pick("acme")
    session.act("submit", username="user_good", password="pass_good-and-more")
    with sandbox._world.storage.reading() as database:
        kept = str(database.connection().exec_driver_sql("SELECT state FROM link_sessions").scalar_one())
    assert "user_good" in kept
    assert "pass_good" not in kept


def test_actions_that_the_screen_does_not_have_do_nothing(sandbox: Sandbox) -> None:
    session = Session(sandbox)
    for action in ("submit", "poll", "exit", "done", "retry", "confirm", "switch", "nonsense"):
        session.act(action, username="user_good", password="pass_good")
        assert session.screen["kind"] == "search"
        assert session.events == []


def test_after_the_exit_nothing_happens_any_more(sandbox: Sandbox) -> None:
    session = Session(sandbox)
    session.act("close")
    session.act("exit")
    assert session.events == ["exit"]
    session.act("stay")
    assert (session.events, session.answer["finished"]) == ([], True)


def test_a_session_is_found_by_its_own_key_only(sandbox: Sandbox) -> None:
    session = Session(sandbox)
    sessions = LinkSessions(sandbox._world)
    assert sessions.act(session.key[:-1] + "x", "search", {}, HOME) is None
    assert sessions.upload("none", "x.pdf", b"%PDF-", HOME) is None
    assert sessions.file(session.key) is None


def test_one_token_opens_two_sessions_and_logs_in_once(sandbox: Sandbox) -> None:
    session = Session(sandbox)
    sandbox.login(session.token)
    session.pick("acme")
    session.log_in()
    assert session.screen["kind"] == "fatal"
    assert session.screen["error"]["code"] == "usedLinkToken"


@pytest.mark.parametrize("wrong", ["", "x", "a.b.c", "ä.ö.ü"])
def test_a_token_that_is_none(sandbox: Sandbox, wrong: str) -> None:
    session = Session(sandbox, token=wrong or " ")
    assert session.answer["session"] is None
    assert [name for name, _ in session.all] == ["open", "error"]
    assert session.told["error"]["type"] == "invalidLinkToken"


@pytest.mark.parametrize("sent", ["x", None, True, "1e400", "nan", "-1", 10**30])
def test_a_number_that_is_none_is_no_number(sent: object) -> None:
    number = Given({"value": sent}).number("value")
    assert number is None or number == -1
    assert Given({"value": sent}).index("value", 3) == 0


def test_files_are_told_by_their_content() -> None:
    assert kind_of(b"%PDF-1.7") == "application/pdf"
    assert kind_of(b"\0\0\0\x18ftypheic") == "image/heic"
    assert kind_of(b"\0\0\0\x18ftypisom") is None
    assert kind_of(b"<svg>") is None


def test_a_pdf_says_where_its_objects_are() -> None:
    content = pdf.write("Form", [("Who", [("Name", "A (b) \\ ñ\n漢")])], footer="end")
    assert b"(A \\(b\\) \\\\ \xf1 ?)" in content
    table = int(content.rpartition(b"startxref\n")[2].split()[0])
    assert content[table:].startswith(b"xref\n0 7\n")
    for number, line in enumerate(content[table:].split(b"\n")[3:9], start=1):
        assert content[int(line[:10]) :].startswith(b"%d 0 obj" % number)


def test_a_hosted_page_sends_its_user_back(ask: Asker) -> None:
    body = {
        "org_name": "Acme Bank",
        "required_jobs": ["income"],
        "end_user_id": "user_1",
        "redirect_url": "https://example.com/back?page=7",
        "skip_intro_screen": True,
    }
    for success in (True, False):
        site = ask("POST", "/v1/sites", body=body, version="2022-09-09").data
        session = Session(ask.sandbox, token=site["url"].partition("token=")[2])
        if success:
            session.pick("acme")
            session.log_in()
            session.act("done")
        else:
            session.act("close")
            session.act("exit")
        back = session.answer["returnTo"]
        assert back.startswith("https://example.com/back?page=7&")
        assert f"success={str(success).lower()}" in back
        assert f"token_id={site['id']}" in back


def test_another_page_has_nowhere_to_send_its_user(sandbox: Sandbox) -> None:
    session = Session(sandbox)
    session.act("close")
    session.act("exit")
    assert session.answer["returnTo"] is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"%PDF-" + b"0" * 10_000_000, "tooLarge"), (b"", "emptyFile"), (b"<html>", "wrongType"), (b"%PDF-", None)],
    ids=["too large", "empty", "another type", "good"],
)
def test_which_files_are_taken(sandbox: Sandbox, content: bytes, problem: str | None) -> None:
    session = Session(sandbox, document_uploads="direct")
    session.upload("stub.pdf", content)
    assert session.screen["problems"].get("file") == problem
    assert len(session.screen["files"]) == (0 if problem else 1)


def test_ten_files_are_the_most(sandbox: Sandbox) -> None:
    session = Session(sandbox, document_uploads="direct")
    for number in range(11):
        session.upload(f"{number}.pdf", b"%PDF-")
    assert session.screen["problems"] == {"file": "tooMany"}
    session.act("remove", file=session.screen["files"][0]["id"])
    session.act("submit")
    assert session.told["doc_uploads_submitted"] == {"uploadedDocumentSubmittedCount": 9}
    assert len(list(sandbox.client().end_users.documents.list("user_1"))) == 9


def test_files_come_to_the_uploads_only(sandbox: Sandbox) -> None:
    session = Session(sandbox, document_uploads="fallback")
    session.upload("stub.pdf", b"%PDF-")
    assert session.screen["kind"] == "search"
    session.act("upload")
    assert session.screen["files"] == []


@pytest.mark.parametrize("username", ["user_good", "user_error"])
def test_a_switch_that_was_confirmed_is_made_though_its_user_leaves(ask: Asker, username: str) -> None:
    session = Session(ask.sandbox, **SWITCH, disable_direct_deposit_splitting=True)
    session.pick("Acme")
    session.log_in(username)
    session.act("submit")
    assert session.screen["kind"] == "processing"
    session.act("close")
    assert session.screen["underWay"]  # so that the user is not told that it will be lost
    session.act("exit")
    assert session.answer["finished"]
    assert "success" not in session.told  # nobody is there to be told; the webhook says it
    jobs = [job for job in ask("GET", "/v1/jobs").data if job["name"] == "direct_deposit_switch"]
    assert [job["outcome"] for job in jobs] == ["success" if username == "user_good" else "error"]


def test_waiting_for_a_switch_makes_it_once(ask: Asker) -> None:
    session = Session(ask.sandbox, **SWITCH, disable_direct_deposit_splitting=True)
    session.pick("Acme")
    session.log_in()
    session.act("submit")
    session.act("close")
    session.act("stay")
    session.act("poll")
    assert session.screen["kind"] == "success"
    jobs = [job["name"] for job in ask("GET", "/v1/jobs").data]
    assert jobs.count("direct_deposit_switch") == 1
