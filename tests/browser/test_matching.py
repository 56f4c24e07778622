"""Users whom platform matching knows, and pages of Link under an address of their own."""

from typing import Any

from pinwheel_api import EndUser, PlatformMatching

from .user import User

KNOWN = EndUser(platform_matching=PlatformMatching(mobile_phone_number="2345556789"))


def test_a_partner_switches_without_a_login(user: User) -> None:
    user.open(user.switch_token(end_user=KNOWN))
    user.sees("intro")
    user.link.get_by_text("We found your payroll account").wait_for()
    user.shoots("matched")
    user.goes_on()
    user.sees("confirm")
    user.shoots("matched-confirm")
    user.goes_on()
    user.sees("success")
    nothing: dict[str, Any] = {"action": None, "allocation": None}
    assert dict(user.events)["input_allocation"] == nothing
    assert user.got("onSuccess")[0]["params"] == nothing
    assert user.screens == ["DD_CONFIRMATION", "JOB_SUCCESS"]
    assert "login_attempt" not in dict(user.events)


def test_what_is_read_needs_a_login_also_after_a_match(user: User) -> None:
    user.open(user.token(end_user=KNOWN))
    user.sees("intro")
    user.goes_on()
    user.logs_in()
    user.sees("success")
    assert user.screens == ["LOGIN", "JOB_SUCCESS"]


def test_a_wrong_match(user: User) -> None:
    user.open(user.token(end_user=KNOWN))
    user.sees("intro")
    user.clicks("This is not my employer")
    user.sees("search")
    assert "incorrect_platform_given" in dict(user.events)


def hosted(user: User, redirect_url: str) -> str:
    """The address of a page, from POST /v1/sites of the versions that had it."""
    site = user.sandbox.client("2023-07-18").sites.create(
        org_name="Fernmoor Bank",
        required_jobs=["income"],
        end_user_id="user_1",
        redirect_url=redirect_url,
        skip_intro_screen=True,
    )
    path = site.url.partition("/link.html")[2]
    return f"{user.home}/link.html{path}"


def test_a_hosted_page_sends_its_user_back(user: User) -> None:
    user.pages["/back"] = "<!doctype html><title>Back</title><link rel='icon' href='data:,'><h1>Welcome back</h1>"
    page = user.window()
    page.goto(hosted(user, f"{user.pages.url}/back?page=7"))
    user.link = page  # type: ignore[assignment]
    user.sees("search")
    user.shoots("hosted")
    user.picks("Acme Corporation")
    user.logs_in()
    user.sees("success")
    user.goes_on()
    page.get_by_text("Welcome back").wait_for()
    assert "/back?page=7&success=true&timestamp=" in page.url
    assert "signature=" in page.url


def test_a_hosted_page_runs_no_address(user: User) -> None:
    """An address that is a script is not gone to; the user is told that all is done."""
    page = user.window()
    page.goto(hosted(user, "javascript:document.title='hacked'"))
    user.link = page  # type: ignore[assignment]
    user.sees("search")
    user.clicks("Close Button")
    user.clicks("Exit Confirmation Button")
    user.sees("closed")
    user.shoots("hosted-closed")
    assert page.title() == "Pinwheel Link"


def test_a_hosted_page_without_a_good_token(user: User) -> None:
    page = user.window()
    page.goto(f"{user.home}/link.html?token=forged")
    user.link = page  # type: ignore[assignment]
    user.sees("fatal")
    user.clicks("Close")
    user.sees("closed")
