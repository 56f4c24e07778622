"""The dashboard: make a token, go through Link, and see what happened; with the keyboard, and on a phone."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pinwheel_sandbox import LocalServer, Sandbox

from . import npm
from .test_income import employer_of
from .user import User

PAGES = ["/", *(f"/dashboard/{name}" for name in ("accounts", "jobs", "deliveries", "requests", "keys", "clock"))]


@pytest.fixture
def web(server: LocalServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url) as client:
        yield client


def test_from_a_token_to_an_account(user: User) -> None:
    page = user.window()
    page.goto(user.home)
    user.shoots("dashboard-console")
    page.get_by_label("Employer").select_option(label="Acme Corporation")
    page.get_by_role("button", name="Make a Link token").click()
    page.get_by_role("button", name="Open Link").click()
    user.link = page.frame_locator("iframe.pinwheel-modal-show")
    user.sees("intro")
    user.goes_on()
    user.logs_in()
    user.sees("success")
    user.goes_on()
    user.is_back()
    events = page.locator("#events strong").all_inner_texts()
    assert (events[0], events[-1]) == ("open", "exit")
    user.shoots("dashboard-events")
    for name in ("Accounts", "Jobs", "Webhook deliveries", "Requests", "API keys", "Clock"):
        page.get_by_role("link", name=name).click()
        page.get_by_role("heading", name=name).wait_for()
        user.shoots(f"dashboard-{name.lower().replace(' ', '-')}")
    page.goto(f"{user.home}/dashboard/accounts")
    page.get_by_text("user_1").wait_for()
    page.goto(f"{user.home}/dashboard/jobs")
    page.get_by_text("identity").first.wait_for()


def test_the_clock_moves(user: User) -> None:
    page = user.window()
    before = user.sandbox.clock.now()
    page.goto(f"{user.home}/dashboard/clock")
    page.get_by_role("button", name="Move on 14 days").click()
    page.wait_for_load_state()
    assert (user.sandbox.clock.now() - before).days == 14


def test_on_a_phone_nothing_sticks_out(user: User) -> None:
    user.sandbox.login(user.token())
    page = user.window(width=375, height=740)
    for path in PAGES:
        page.goto(user.home + path)
        user.shoots(f"phone-dashboard{path.replace('/', '-')}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, path


def test_with_the_keyboard(user: User) -> None:
    page = user.window()
    page.goto(user.home)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(user: User, scheme: Any) -> None:
    axe = (npm.needed() / "axe-core/axe.min.js").read_text()
    user.sandbox.login(user.token())
    page = user.window(bypass_csp=True, color_scheme=scheme)
    for path in PAGES:
        page.goto(user.home + path)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [fault["id"] for fault in found if fault["impact"] in {"serious", "critical"}] == [], path


def test_what_the_dashboard_asks_is_not_in_its_log(web: httpx.Client, sandbox: Sandbox) -> None:
    """Nor do faults reach it, which are there for the client that is tested."""
    sandbox.fault("status")
    for path in PAGES:
        assert web.get(path).status_code == 200, path
    assert "No such requests." in web.get("/dashboard/requests").text
    assert web.get("/v1/accounts", headers={"x-api-secret": "sandbox"}).status_code == 503
    assert "/v1/accounts" in web.get("/dashboard/requests").text


@pytest.mark.parametrize("path", PAGES)
def test_pages_run_nothing_but_their_own_files(web: httpx.Client, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "<script>" not in answer.text
    assert " style=" not in answer.text


def test_what_was_typed_is_text(web: httpx.Client) -> None:
    typed = '"><script>alert(1)</script>'
    for answer in (
        web.post("/", data={"org_name": typed, "end_user_id": typed}),
        web.get("/dashboard/requests", params={"id": typed}),
    ):
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_a_token_that_cannot_be_made_says_why(web: httpx.Client) -> None:
    answer = web.post("/", data={"org_name": "x", "end_user_id": "user_1"})
    assert 'class="problem"' in answer.text


def test_forms_of_other_sites_are_refused(web: httpx.Client) -> None:
    elsewhere = {"origin": "https://elsewhere.example"}
    for path in ("/", "/dashboard/clock", "/dashboard/deliveries"):
        assert web.post(path, data={"seconds": "60"}, headers=elsewhere).status_code == 403
    sessions = web.post("/_link/sessions", content=b'{"token":"x"}', headers={"content-type": "text/plain"})
    assert sessions.status_code == 400
    assert web.post("/_link/sessions/none", json={"action": "close"}).status_code == 404
    assert web.post("/_link/sessions/none/files", content=b"x", headers={"x-file-name": "x"}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/link-assets/..%2Fview.py", "/link-assets/none.js", "/dashboard-assets/x.py", "/link-files/none/x.pdf"]
)
def test_no_other_files_are_served(web: httpx.Client, path: str) -> None:
    assert web.get(path).status_code == 404


def test_what_is_done_in_link_is_told_to_webhooks(user: User) -> None:
    """A login in the browser is delivered, and the dashboard shows it and sends it again."""
    client = user.sandbox.client()
    # Nobody is there: the delivery fails, and the page shows that.
    client.webhooks.create(
        url="https://127.0.0.1:1/hook", enabled_events=["account.added"], status="active", version="2025-07-08"
    )
    user.open(user.token(employer_id=employer_of(user, "Acme Corporation").id, skip_intro_screen=True))
    user.logs_in()
    user.sees("success")
    page = user.page
    page.wait_for_timeout(1500)
    page.goto(f"{user.home}/dashboard/deliveries")
    page.get_by_text("account.added").wait_for()
    user.shoots("dashboard-delivery")
    page.get_by_role("button", name="Send again").first.click()
    page.wait_for_load_state()
    assert page.get_by_text("account.added").count() == 2
    page.get_by_text("account.added").last.click()
    page.get_by_role("heading", name="Attempts").or_(page.get_by_role("region", name="Attempts")).first.wait_for()
    page.locator("section", has_text="Body").get_by_text("link_token_id").wait_for()
    user.shoots("dashboard-delivery-whole")


def test_link_opens_as_the_version_that_was_chosen(user: User) -> None:
    page = user.window()
    page.goto(user.home)
    page.get_by_label("Solution").select_option("Deposit Switch")
    page.get_by_label("Platform matching").select_option("yes")
    page.get_by_label("Version of the SDK").select_option("2.3.12")
    page.get_by_role("button", name="Make a Link token").click()
    page.get_by_role("button", name="Open Link").click()
    user.link = page.frame_locator("iframe.pinwheel-modal-show")
    user.sees("intro").get_by_text("Acme Corporation").wait_for()
    user.goes_on()
    user.sees("login")  # version 2 has no switches by a partner


def test_a_request_is_found_by_its_id(user: User) -> None:
    answer = httpx.get(f"{user.home}/v1/accounts", headers={"x-api-secret": "sandbox"})
    page = user.window()
    page.goto(f"{user.home}/dashboard/requests")
    page.get_by_label("Request id").fill(answer.headers["x-pinwheel-request-id"])
    page.get_by_role("button", name="Find").click()
    page.get_by_text("/v1/accounts").wait_for()
    assert page.locator("tbody tr").count() == 1
    page.locator("section", has_text="Answered").get_by_text('"data"').wait_for()
    user.shoots("dashboard-request")
