"""On Demand Updates, and the page that the mobile SDKs open."""

import json
from typing import Any

from .test_deposit import allocations
from .test_income import employer_of
from .user import ONE_TARGET, User


def connected(user: User) -> str:
    """An account that was connected before."""
    token = user.token(employer_id=employer_of(user, "Acme Corporation").id)
    return user.sandbox.login(token).account_id


def test_an_update_needs_nothing_from_the_user(user: User) -> None:
    account = connected(user)
    user.open(user.token(account_id=account, features=["income"]))
    user.sees("success")
    names = [name for name, _ in user.events if name != "other_event"]
    assert names == ["open", "login", "success", "screen_transition"]
    assert user.got("onSuccess")[0]["accountId"] == account


def test_an_update_that_asks_to_log_in_again(user: User) -> None:
    account = connected(user)
    client = user.sandbox.client()
    client.sandbox.accounts.update(account, monitoring_status="user_action_required")
    user.open(user.token(account_id=account, features=["income"]))
    user.logs_in()
    user.sees("success")
    names = [name for name, _ in user.events]
    assert "login_attempt" in names
    assert not {"select_employer", "select_platform", "incorrect_platform_given"} & set(names)
    assert client.accounts.get(account).monitoring_status == "active"


def test_a_switch_on_a_connected_account(user: User) -> None:
    account = connected(user)
    user.open(user.switch_token(account_id=account, allocation=ONE_TARGET))
    user.sees("amount")
    user.goes_on()
    user.sees("confirm")
    user.goes_on()
    user.sees("success")
    assert allocations(user) == [("Everyday", "remainder", None)]


def test_the_page_in_a_web_view(user: User) -> None:
    """An app starts the page with PINWHEEL_INIT and hears every event, through the page and through its bridge."""
    page = user.window(width=390, height=800, bypass_csp=True)
    page.add_init_script("""
      window.heard = []; window.bridged = [];
      window.addEventListener("message", (event) => heard.push(event.data));
      window.ReactNativeWebView = {postMessage: (text) => bridged.push(JSON.parse(text))};
    """)
    page.goto(f"{user.home}/link.html?version=3.0.0")
    page.wait_for_function("heard.some((message) => message.type === 'PINWHEEL_LOAD_COMPLETE')")
    token = user.switch_token(
        employer_id=employer_of(user, "Acme Corporation").id,
        skip_intro_screen=True,
        disable_direct_deposit_splitting=True,
    )
    init = {"linkToken": token, "sdk": "ios", "platform": "ios", "version": {"major": 3, "minor": 0, "patch": 0}}
    page.evaluate("(payload) => window.postMessage({type: 'PINWHEEL_INIT', payload}, '*')", init)
    user.link = page  # type: ignore[assignment]
    user.logs_in("user_pending")
    user.sees("confirm")
    user.goes_on()
    user.sees("job_error")
    user.shoots("phone-pending")
    user.goes_on()
    page.wait_for_function("bridged.some((message) => message.type === 'PINWHEEL_MODAL_CLOSE')")
    bridged: list[dict[str, Any]] = json.loads(page.evaluate("JSON.stringify(bridged)"))
    events = [message for message in bridged if message["type"] == "PINWHEEL_EVENT"]
    assert [event["eventName"] for event in events][:3] == ["open", "other_event", "screen_transition"]
    # Native SDKs look for the error inside of `error`.
    assert events[-1]["payload"]["error"]["pendingRetry"] is True
    told = page.evaluate("heard.filter((message) => message.type !== 'PINWHEEL_INIT')")
    assert told == bridged


def test_an_app_is_told_when_its_user_is_needed(user: User) -> None:
    page = user.window(width=390, height=800, bypass_csp=True)
    page.add_init_script("window.heard = []; window.addEventListener('message', (event) => heard.push(event.data))")
    page.goto(f"{user.home}/link.html?version=4.0.0")
    page.wait_for_function("heard.length")
    token = user.token(employer_id=employer_of(user, "Acme Corporation").id, skip_intro_screen=True)
    init = {"linkToken": token, "sdk": "android", "platform": "android"}
    page.evaluate("(payload) => window.postMessage({type: 'PINWHEEL_INIT', payload}, '*')", init)
    user.link = page  # type: ignore[assignment]
    user.logs_in("user_mfa")
    user.sees("mfa")
    told = page.evaluate("heard.filter(({eventName}) => eventName === 'input_required')")
    assert told == [{"type": "PINWHEEL_EVENT", "eventName": "input_required", "payload": None}]


def test_an_app_closes_the_page(user: User) -> None:
    page = user.window(bypass_csp=True)
    page.add_init_script("window.heard = []; window.addEventListener('message', (event) => heard.push(event.data))")
    page.goto(f"{user.home}/link-v2.3.0.html")
    page.wait_for_function("heard.length")
    page.evaluate("(linkToken) => window.postMessage({type: 'PINWHEEL_INIT', payload: {linkToken}}, '*')", user.token())
    user.link = page  # type: ignore[assignment]
    user.sees("intro")
    page.evaluate("window.postMessage({type: 'PINWHEEL_PROGRAMMATIC_CLOSE'}, '*')")
    page.wait_for_function("heard.some((message) => message.type === 'PINWHEEL_MODAL_CLOSE')")
    assert page.evaluate("heard.some((message) => message.eventName === 'exit')")
