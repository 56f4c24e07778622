"""The steps of Link without a browser: what a session answers, to whom, and what it changes."""

import re
from datetime import timedelta
from importlib import resources
from typing import Any

import pytest
from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.link_page import pdf
from pinwheel_sandbox.link_page.machine import LinkSessions
from pinwheel_sandbox.link_page.steps.uploads import kind_of
from pinwheel_sandbox.link_page.visit import Given

from .asking import Asker
from .link_session import BILLS, HOME, MANAGER, SWITCH, TARGETS, Session, sdk

STATIC = resources.files("pinwheel_sandbox.link_page") / "static"


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


MATCHED: dict[str, Any] = {
    **SWITCH,
    "skip_intro_screen": False,
    "end_user": {"platform_matching": {"mobile_phone_number": "2345556789"}},
}


def test_a_partner_switches_for_a_user_who_was_matched(sandbox: Sandbox) -> None:
    session = Session(sandbox, **MATCHED)
    assert (session.screen["match"]["name"], session.screen["partner"]) == ("Acme Corporation", True)
    session.act("continue")
    session.act("poll")
    assert session.screen["kind"] == "confirm"
    session.act("submit")
    session.act("poll")
    nothing = {"action": None, "allocation": None}
    assert session.told["input_allocation"] == nothing
    assert session.told["success"]["params"] == nothing
    assert "login_attempt" not in session.told
    sandbox.clock.advance(timedelta(seconds=1))
    client = sandbox.client()
    account = client.accounts.get(session.told["login"]["accountId"])
    lines = client.accounts.direct_deposit_allocations.get(account.id).allocations
    assert [(line.account_name, str(line.allocation_type)) for line in lines] == [("Everyday", "remainder")]


def test_version_2_has_no_partners(sandbox: Sandbox) -> None:
    session = Session(sandbox, sdk("2.3.12"), **MATCHED)
    assert session.screen["partner"] is False
    session.act("continue")
    assert session.screen["kind"] == "login"


def test_a_user_who_was_matched_wrongly_searches(sandbox: Sandbox) -> None:
    session = Session(sandbox, **MATCHED)
    session.act("another")
    assert session.screen["kind"] == "search"
    assert session.events[0] == "incorrect_platform_given"
    session.act("continue")
    assert session.screen["kind"] == "search"


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"email": "user_mfa@example.com"}, True),
        ({"email": "nobody@example.com"}, False),
        ({"social_security_number": "123456789"}, True),
        ({"social_security_number_last_four": "1234"}, True),
        ({"social_security_number_last_four": "9999"}, False),
        ({"first_name": "Ash"}, False),
    ],
)
def test_whom_platform_matching_finds(sandbox: Sandbox, known: dict[str, str], found: bool) -> None:
    session = Session(sandbox, **{**MATCHED, "end_user": {"platform_matching": known}})
    assert (session.screen["match"] is not None) == found


def test_a_partner_asks_only_where_the_pay_is_to_go(sandbox: Sandbox) -> None:
    session = Session(sandbox, **{**MATCHED, "allocation": {"targets": TARGETS}})
    session.act("continue")
    session.act("poll")
    assert (session.screen["kind"], session.screen["kinds"]) == ("amount", [])
    session.act("submit", target="1")
    session.act("submit")
    session.act("poll")
    sandbox.clock.advance(timedelta(seconds=1))
    client = sandbox.client()
    account_id = session.told["login"]["accountId"]
    assert client.accounts.direct_deposit_allocations.get(account_id).allocations[0].account_name == "Rainy days"


def managed(sandbox: Sandbox, version: str = "4.0.0") -> Session:
    session = Session(sandbox, sdk(version), **MANAGER)
    session.act("submit")
    session.act("submit", bank=0)
    session.act("poll")
    return session


def test_bills_become_webhooks_and_jobs(ask: Asker) -> None:
    sandbox = ask.sandbox
    session = managed(sandbox)
    bill = session.screen["bills"][0]
    session.act("open", id=bill["id"])
    session.act("switch")
    session.log_in()
    session.act("submit")
    session.act("poll")
    assert session.screen["bills"][0]["switched"] is True
    account = session.told["merchant_login_success"]["accountId"]
    assert session.told["bill_switch_success"]["accountId"] == account
    job = ask("GET", "/v1/jobs").data[0]
    assert (job["name"], job["outcome"], job["account_id"]) == ("bill_switch", "success", account)
    assert (job["params"]["bill_id"], job["params"]["is_integrated_switch"]) == (bill["id"], True)
    told = [event["name"] for event in ask("GET", "/_sandbox/events").data]
    assert told.count("bill.added") == 3
    assert told.count("bill.updated") == 1


def test_one_token_goes_to_several_merchants(sandbox: Sandbox) -> None:
    session = managed(sandbox)
    for place in (0, 1):
        session.act("open", id=session.screen["bills"][place]["id"])
        session.act("switch")
        session.log_in()
        session.act("submit")
        session.act("poll")
    assert len({account.id for account in sandbox.client().end_users.accounts.list("user_1")}) == 2
    again = Session(sandbox, token=session.token)
    assert again.screen["error"]["code"] == "usedLinkToken"


def test_a_merchant_that_says_no_can_be_asked_again(sandbox: Sandbox) -> None:
    session = Session(sandbox, sdk("4.0.0"), **BILLS)
    session.pick("reelmoor")
    session.log_in("user_error")
    session.act("submit")
    session.act("poll")
    assert session.screen["kind"] == "job_error"
    session.act("retry")
    assert session.screen["kind"] == "card"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [({"amount": ""}, "amount"), ({"amount": "-1"}, "amount"), ({"amount": "1e9"}, "amount"), ({"due": "x"}, "due")],
)
def test_a_bill_that_is_none(sandbox: Sandbox, typed: dict[str, str], problem: str) -> None:
    session = managed(sandbox)
    session.act("add")
    good = {"platform": session.screen["merchants"][0]["id"], "amount": "5", "due": "2025-07-01"}
    session.act("submit", **{**good, "frequency": "weekly", **typed})
    assert (session.screen["kind"], list(session.screen["problems"])) == ("bill_form", [problem])


def test_bills_of_nobody_are_left_alone(sandbox: Sandbox) -> None:
    session = managed(sandbox)
    session.act("open", id="other")
    assert session.screen["kind"] == "bills"
    session.act("add")
    session.act("submit", platform="none", amount="5", due="2025-07-01", frequency="weekly")
    session.act("submit", platform=session.screen["merchants"][0]["id"], amount="5", due="2025-07-01", frequency="x")
    assert session.screen["kind"] == "bill_form"


@pytest.mark.parametrize(("before_4", "version"), [(True, "3.5.0"), (False, "4.0.0")])
def test_a_bill_that_is_removed_looked_like_a_switch_before_version_4(
    sandbox: Sandbox, before_4: bool, version: str
) -> None:
    session = managed(sandbox, version)
    session.act("open", id=session.screen["bills"][0]["id"])
    session.act("remove")
    assert ("isGuidedSwitch" in session.told["bill_removed"]) == before_4
    assert session.told["bill_removed"]["amountCents"] > 0


def test_a_switch_kit_does_what_the_platform_can(sandbox: Sandbox) -> None:
    kit = {**BILLS, "solution": "Switch Kit", "features": ["direct_deposit_switch", "bill_switch"]}
    pay = Session(sandbox, sdk("4.0.0"), **kit, allocation={"targets": TARGETS[:1]})
    pay.pick("acme")
    pay.log_in()
    assert pay.screen["kind"] == "amount"
    merchant = Session(sandbox, sdk("4.0.0"), **kit, allocation={"targets": TARGETS[:1]})
    merchant.pick("reelmoor")
    merchant.log_in()
    assert merchant.screen["kind"] == "card"


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


def texts(language: str) -> dict[str, str]:
    """All texts of a language, read from the scripts that have them."""
    source = "".join(STATIC.joinpath(f"texts_{language}{more}.js").read_text("utf-8") for more in ("", "_more"))
    return {
        quoted or plain: text
        for quoted, plain, text in re.findall(r'^  (?:"([^"]+)"|(\w+)): "((?:[^"\\]|\\.)*)",$', source, re.MULTILINE)
    }


def test_no_text_is_missing_in_either_language() -> None:
    english, spanish = texts("en"), texts("es")
    assert len(english) > 150
    assert english.keys() == spanish.keys()
    for key, text in english.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", spanish[key])), key
        assert text
        assert spanish[key]


def test_each_text_that_a_screen_says_is_there_and_each_is_said() -> None:
    known = texts("en")
    scripts = [file for file in STATIC.iterdir() if file.name.endswith(".js") and not file.name.startswith("texts")]
    source = "".join(file.read_text("utf-8") for file in scripts)
    said = set(re.findall(r'say\(\s*"([^"]+)"', source))
    assert said <= known.keys()
    # Keys that are put together, such as `problem.${...}`: something of that name has to be there.
    begun = set(re.findall(r"say\(\s*`([^`$]+)\$\{", source))
    for beginning in begun:
        assert any(key.startswith(beginning) for key in known), beginning
    quoted = set(re.findall(r'"([\w.-]+)"', source))
    unused = {key for key in known.keys() - said - quoted if not any(key.startswith(start) for start in begun)}
    assert unused == set()


def test_each_problem_has_words() -> None:
    """The codes that steps put beside fields, by their source."""
    source = "".join(
        file.read_text("utf-8")
        for file in (resources.files("pinwheel_sandbox.link_page") / "steps").iterdir()
        if file.name.endswith(".py")
    )
    codes = set(re.findall(r'problems(?:\["\w+"\])? = (?:\{"\w+": )?"(\w+)"', source)) | {"amountRange", "wholeNumber"}
    assert {"routingNumber", "date", "tooLarge", "invalidCredentials"} <= codes
    assert codes <= {key.removeprefix("problem.") for key in texts("en") if key.startswith("problem.")}


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
