"""The income flow gives the recorded events, in the recorded order."""

from typing import Any

import pytest

from .user import User


def named(events: list[tuple[str, Any]]) -> list[str]:
    """The events, with what other_event is about."""
    return [f"{name}({payload['name']})" if name == "other_event" else name for name, payload in events]


def employer_of(user: User, name: str) -> Any:
    return next(entry for entry in user.sandbox.client().employers.list() if entry.name == name)


# An employer whose platform asks for an organization first, as the recorded one does.
GABLEHOUSE = "Gablehouse HCM"


@pytest.fixture
def platform(user: User) -> Any:
    return next(entry for entry in user.sandbox.client().platforms.list() if entry.name == GABLEHOUSE)


def test_the_recorded_flow(user: User, platform: Any) -> None:
    user.open(user.token(platform_id=platform.id, skip_intro_screen=True), version="3.0.0")
    user.sees("login")
    user.link.get_by_label("Gablehouse HCM organization ID").fill("company_good")
    user.shoots("login-organization")
    user.goes_on()
    user.link.locator("#username").wait_for()
    user.logs_in()
    user.sees("success")
    assert named(user.events) == [
        "open",
        "other_event(screen_transition_expanded)",
        "screen_transition",
        "login_attempt",
        "other_event(input_submit)",
        "login",
        "success",
        "other_event(screen_transition_expanded)",
        "screen_transition",
    ]
    assert user.screens == ["LOGIN", "JOB_SUCCESS"]
    user.goes_on()
    user.is_back()
    assert user.events[-1] == ("exit", {})

    (account,) = user.sandbox.client().end_users.accounts.list("user_1")
    place = {"selectedPlatformId": platform.id, "selectedPlatformName": GABLEHOUSE}
    told = dict(user.events[:2] + user.events[3:4])
    assert told["open"] == {}
    assert told["login_attempt"] == {"platformId": platform.id}
    assert told["other_event"]["payload"][:2] == [
        {"key": "screenName", "value": "LOGIN", "type": "string"},
        {"key": "previousScreenName", "value": "null", "type": "string"},
    ]
    assert user.events[2] == ("screen_transition", {"screenName": "LOGIN", **place})
    connected = {"accountId": account.id, "platformId": platform.id}
    assert user.got("onLogin") == [connected]
    assert user.got("onLoginAttempt") == [{"platformId": platform.id}]
    assert user.got("onSuccess") == [{**connected, "job": "login"}]
    assert user.got("onError") == []
    assert user.got("onExit") == [None]


def test_on_event_comes_before_the_callback_of_its_own(user: User, platform: Any) -> None:
    user.open(user.token(employer_id=employer_of(user, "Acme Corporation").id, skip_intro_screen=True))
    user.logs_in()
    user.sees("success")
    order = [call[0] if call[0] != "onEvent" else call[1] for call in user.calls]
    assert order[order.index("success") :][:2] == ["success", "onSuccess"]
    assert order[order.index("login") :][:2] == ["login", "onLogin"]


def test_without_a_choice_the_user_searches(user: User) -> None:
    user.open(user.token())
    user.sees("intro")
    user.shoots("intro")
    user.goes_on()
    user.sees("search")
    user.shoots("search")
    user.link.locator("#query").fill("acm corporatoin")  # as people type
    user.sees("search_results")
    user.link.locator(".row", has_text="Acme Corporation").wait_for()
    user.shoots("search-results")
    user.clicks("Search by payroll provider instead")
    user.sees("search_platforms")
    user.link.locator("#query").fill("quillwage")
    user.link.locator(".row", has_text="Quillwage Select").wait_for()
    user.shoots("search-platforms")
    user.picks("Quillwage Select")
    user.sees("provider_confirmation")
    user.shoots("provider-confirmation")
    user.link.locator(".row", has_text="Quillwage Enterprise").click()
    user.sees("login")
    user.shoots("login")
    assert user.screens == [
        "SEARCH_DEFAULT",
        "SEARCH_RESULTS",
        "SEARCH_PLATFORM_ONLY",
        "PROVIDER_CONFIRMATION",
        "LOGIN",
    ]
    picked = [payload["selectedPlatformName"] for name, payload in user.events if name == "select_platform"]
    assert picked == ["Quillwage Select", "Quillwage Enterprise"]


def test_a_press_is_not_lost_when_results_change(user: User) -> None:
    """Results of what was typed arrive between pressing a row and letting go of it."""
    user.open(user.token(skip_intro_screen=True))
    user.sees("search")
    row = user.link.locator(".row", has_text="Acme Corporation")
    row.hover()
    mouse = user.page.mouse
    mouse.down()
    with user.page.expect_response("**/_link/sessions/*"):
        user.link.locator("#query").evaluate(
            "(query) => { query.value = 'quillwage'; query.dispatchEvent(new Event('input')); }"
        )
    user.page.wait_for_timeout(200)
    mouse.up()
    user.sees("login")


@pytest.mark.parametrize("wait", [0, 700])
def test_a_pick_ends_the_search(user: User, wait: int) -> None:
    """What was typed just before a pick is not searched for: the answer would be put over the login."""
    user.open(user.token(skip_intro_screen=True))
    user.sees("search")
    inner = next(frame for frame in user.page.frames if "/link.html" in frame.url)
    searched: list[str] = []
    user.page.on("request", lambda request: searched.append(request.post_data or ""))
    inner.evaluate(
        """(wait) => {
          const fetching = window.fetch;
          window.fetch = async (path, sent) => {
            const answer = await fetching(path, sent);
            if (String(sent.body).includes('"select"')) await new Promise((resolve) => setTimeout(resolve, wait));
            return answer;
          };
          const query = document.getElementById("query");
          query.value = "quillwage";
          query.dispatchEvent(new Event("input"));
          document.querySelector(".row").click();
        }""",
        wait,
    )
    user.sees("login")
    user.link.locator("#username").fill("somebody")
    user.page.wait_for_timeout(500)
    assert user.link.locator("#username").input_value() == "somebody"
    assert not [sent for sent in searched if '"search"' in sent]


def test_an_employer_can_be_picked(user: User) -> None:
    acme = employer_of(user, "Acme Corporation")
    user.open(user.token(skip_intro_screen=True))
    user.sees("search")
    user.picks("Acme Corporation")
    user.sees("login")
    picked = [payload for name, payload in user.events if name == "select_employer"]
    assert picked == [{"selectedEmployerId": acme.id, "selectedEmployerName": "Acme Corporation"}]


def test_a_wrong_platform_in_the_token(user: User, platform: Any) -> None:
    user.open(user.token(platform_id=platform.id, skip_intro_screen=True))
    user.sees("login")
    user.clicks("Not your provider? Search again")
    user.sees("search")
    assert "incorrect_platform_given" in dict(user.events)


def test_version_2_knows_no_other_events_and_has_params(user: User) -> None:
    user.open(user.token(employer_id=employer_of(user, "Acme Corporation").id, skip_intro_screen=True), version="2.3")
    user.logs_in()
    user.sees("success")
    assert [name for name, _ in user.events] == [
        "open",
        "screen_transition",
        "login_attempt",
        "login",
        "success",
        "screen_transition",
    ]
    assert user.got("onSuccess")[0]["params"] == {}
    user.goes_on()
    user.is_back()
    assert user.got("onExit") == [{}]
