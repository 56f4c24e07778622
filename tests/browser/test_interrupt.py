"""Link is closed while a step is on its way, or while it waits."""

from collections.abc import Callable
from typing import Any

from .test_income import employer_of
from .user import User

_LISTEN = "window.heard = []; window.addEventListener('message', (event) => heard.push(event.data))"


def at_login(user: User, username: str = "user_good") -> None:
    acme = employer_of(user, "Acme Corporation")
    user.open(user.token(employer_id=acme.id, skip_intro_screen=True))
    user.sees("login")
    user.link.locator("#username").fill(username)
    user.link.locator("#password").fill("pass_good")


def held(user: User, action: str) -> Callable[[], Any]:
    """Keep the next request for the action back; what is returned waits for it and hands it over."""
    kept: list[Any] = []
    addresses = "**/_link/sessions**"

    def hold(route: Any) -> None:
        if f'"{action}"' in (route.request.post_data or "") and not kept:
            kept.append(route)
        else:
            route.continue_()

    user.page.route(addresses, hold)

    def wait() -> Any:
        while not kept:
            user.page.wait_for_timeout(20)
        return kept[0]

    return wait


def test_a_press_on_close_is_not_lost_while_a_step_is_on_its_way(user: User) -> None:
    at_login(user)
    step = held(user, "poll")
    user.goes_on()
    poll = step()
    user.clicks("Close Button")
    poll.continue_()
    user.is_back()
    assert user.got("onSuccess")
    assert user.got("onExit") == [None]


def test_two_presses_on_close_still_ask(user: User) -> None:
    at_login(user)
    step = held(user, "close")
    user.clicks("Close Button")
    first = step()
    user.clicks("Close Button")
    first.continue_()
    user.sees("exit_confirmation")
    user.clicks("Exit Confirmation Button")
    user.is_back()


def test_an_app_closes_the_page_before_it_has_opened(user: User) -> None:
    page = user.window(bypass_csp=True)
    page.add_init_script(_LISTEN)
    page.goto(f"{user.home}/link.html?version=3.0.0")
    page.wait_for_function("heard.length")
    step = held(user, "token")
    page.evaluate("(linkToken) => window.postMessage({type: 'PINWHEEL_INIT', payload: {linkToken}}, '*')", user.token())
    opening = step()
    page.evaluate("window.postMessage({type: 'PINWHEEL_PROGRAMMATIC_CLOSE'}, '*')")
    page.wait_for_function("heard.some((message) => message.type === 'PINWHEEL_PROGRAMMATIC_CLOSE')")
    opening.continue_()
    page.wait_for_function("heard.some((message) => message.type === 'PINWHEEL_MODAL_CLOSE')")
    assert page.evaluate("heard.some((message) => message.eventName === 'exit')")


def test_a_question_is_not_put_anew_while_something_goes_on_under_it(user: User) -> None:
    at_login(user)
    polls: list[str] = []
    user.page.on("request", lambda sent: polls.append(sent.url) if '"poll"' in (sent.post_data or "") else None)
    user.goes_on()
    user.sees("processing")
    user.clicks("Close Button")
    asked = user.sees("exit_confirmation").element_handle()
    user.page.wait_for_timeout(1500)  # twice as long as the page waits before it asks how it goes
    assert asked.evaluate("(card) => card.isConnected")
    assert polls == []
    user.link.get_by_role("button", name="Close Button").press("Escape")
    user.sees("success")


def test_whoever_leaves_a_switch_that_is_being_made_is_told_so(user: User) -> None:
    acme = employer_of(user, "Acme Corporation")
    user.open(user.switch_token(employer_id=acme.id, skip_intro_screen=True, disable_direct_deposit_splitting=True))
    user.logs_in()
    user.sees("confirm")
    user.goes_on()
    user.sees("processing")
    user.clicks("Close Button")
    user.sees("exit_confirmation")
    user.link.get_by_text("What you confirmed is being done. Fernmoor Bank will hear how it went.").wait_for()
    user.shoots("exit-under-way")
    user.clicks("Exit Confirmation Button")
    user.is_back()
    assert user.got("onSuccess") == []
    jobs = [job.outcome for job in user.sandbox.client().jobs.list() if job.name == "direct_deposit_switch"]
    assert jobs == ["success"]
