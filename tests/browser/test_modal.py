"""The frame around Link: where it is, who may talk to it, the keyboard, screen readers, and many at once."""

from collections.abc import Callable
from typing import Any

import pytest

from . import npm
from .test_income import employer_of
from .user import TWO_TARGETS, User


def test_escape_asks_before_it_leaves(user: User) -> None:
    user.open(user.token())
    user.sees("intro")
    user.page.keyboard.press("Escape")
    user.sees("exit_confirmation")
    user.shoots("exit-confirmation")
    user.page.keyboard.press("Escape")
    user.sees("intro")
    user.clicks("Close Button")
    user.sees("exit_confirmation")
    user.clicks("Exit Confirmation Button")
    user.is_back()
    assert user.screens == ["EXIT_CONFIRMATION"]
    assert user.events[-1] == ("exit", {})


def test_the_keyboard_stays_inside_and_comes_back(user: User) -> None:
    user.open(user.token(skip_intro_screen=True))
    user.sees("search")
    inner = next(frame for frame in user.page.frames if "/link.html" in frame.url)
    seen: list[str] = []
    for key in ["Tab"] * 14 + ["Shift+Tab"] * 28:
        user.page.keyboard.press(key)
        user.page.wait_for_function("document.activeElement.className === 'pinwheel-modal-show'")
        seen.append(inner.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.id"))
    assert seen.count("Close Button") >= 3  # round and round, both ways
    user.page.evaluate("Pinwheel.close()")
    user.is_back()


def test_nothing_lies_over_the_frame(user: User) -> None:
    user.open(user.token(skip_intro_screen=True))
    user.sees("search")
    box = user.page.locator("iframe.pinwheel-modal-show").bounding_box()
    assert box is not None
    found = user.page.evaluate(
        """({x, y, width, height}) => {
          const hit = new Set();
          for (const place of [0.02, 0.25, 0.4999, 0.5, 0.5001, 0.75, 0.98])
            for (const level of [0.02, 0.25, 0.4999, 0.5, 0.5001, 0.75, 0.98])
              hit.add(document.elementFromPoint(x + width * place, y + height * level).className);
          return [...hit];
        }""",
        box,
    )
    assert found == ["pinwheel-modal-show"]


def test_a_whole_flow_with_the_keyboard_alone(user: User) -> None:
    employer = employer_of(user, "Acme Corporation").id
    user.open(user.switch_token(employer_id=employer, skip_intro_screen=True, allocation=TWO_TARGETS))
    user.sees("login")
    keys = user.page.keyboard
    keys.type("user_good")
    keys.press("Tab")
    keys.type("pass_good")
    keys.press("Enter")
    user.sees("amount")
    for key in ["Tab", "ArrowDown", "Tab"]:  # to the choices, a dollar amount, its field
        keys.press(key)
    keys.type("120")
    keys.press("Enter")
    user.sees("confirm")
    user.link.locator("h1:focus").wait_for()
    user.link.get_by_text("$120.00").wait_for()


def test_the_rest_of_the_page_can_be_hidden(user: User) -> None:
    user.open(user.token(), ariaHideDocumentContent=True)
    user.sees("intro")
    assert user.page.locator("main").get_attribute("aria-hidden") == "true"
    user.page.evaluate("Pinwheel.close()")
    user.is_back()
    assert user.page.locator("main").get_attribute("aria-hidden") is None
    assert user.got("onExit") == []


@pytest.mark.parametrize(("wanted", "motion"), [("no-preference", "enter"), ("reduce", "none")])
def test_screens_move_for_those_who_want_it(user: User, wanted: str, motion: str) -> None:
    user.window(reduced_motion=wanted)
    user.open(user.token())
    user.sees("intro")
    user.goes_on()
    user.sees("search")
    moved = user.link.locator(".card").evaluate(
        "(card) => card.classList.contains('entering') && getComputedStyle(card.querySelector('main')).animationName"
    )
    assert moved == motion


def test_styling(user: User) -> None:
    user.open(
        user.token(),
        modalStyling={"width": "480px", "height": "600px", "deltaX": "40px", "deltaY": "url(javascript:1)"},
        overlayStyling={"backgroundColor": "rgb(0, 64, 0)"},
        useDarkMode=True,
    )
    user.sees("intro")
    user.shoots("dark-intro")
    box = user.page.locator("iframe.pinwheel-modal-show").bounding_box()
    assert box is not None
    assert (box["width"], box["height"], box["x"]) == (480, 600, (1100 - 480) / 2 + 40)
    colour = "getComputedStyle(document.querySelector('.pinwheel-portal')).backgroundColor"
    assert user.page.evaluate(colour) == "rgb(0, 64, 0)"
    assert user.link.locator("html.dark").count() == 1


def test_spanish_on_a_phone(user: User) -> None:
    user.window(width=375, height=740)
    employer = employer_of(user, "Acme Corporation").id
    user.open(user.switch_token(employer_id=employer, language="es", allocation=TWO_TARGETS), useDarkMode=True)
    user.sees("intro")
    user.shoots("phone-es-intro")
    user.goes_on()
    user.logs_in()
    user.link.get_by_text("¿Cuánto quieres depositar?").wait_for()
    user.shoots("phone-es-amount")
    user.goes_on()
    user.sees("confirm")
    user.shoots("phone-es-confirm")
    assert user.link.locator("html[lang=es]").count() == 1


def test_messages_from_others_are_not_heard(user: User) -> None:
    user.open(user.token())
    user.sees("intro")
    user.page.evaluate("""() => {
      const forged = {type: "PINWHEEL_EVENT", eventName: "success", payload: {job: "forged"}};
      window.postMessage(forged, "*");
      window.postMessage({type: "PINWHEEL_MODAL_CLOSE"}, "*");
      // A frame of another page that talks to Link: its origin is the partner's, but it is not the partner.
      const other = document.createElement("iframe");
      document.body.append(other);
      other.contentWindow.eval(`parent.frames[0].postMessage({type: "PINWHEEL_ESCAPE"}, "*")`);
    }""")
    user.page.wait_for_timeout(300)
    user.sees("intro")
    assert user.got("onSuccess") == []
    user.page.locator(".pinwheel-portal").wait_for()


def test_a_mistake_in_a_callback_does_not_stop_link(user: User) -> None:
    user.open(user.token())
    user.sees("intro")
    user.page.evaluate(
        """(token) => void Pinwheel.open({
      linkToken: token, onEvent: () => { throw new Error("the customer's own"); } })""",
        user.token(),
    )
    user.sees("intro")
    user.goes_on()
    user.sees("search")
    assert all("the customer's own" in fault for fault in user.faults)
    user.faults.clear()


def test_script_with_sandboxed_frame(user: User) -> None:
    user.open(user.token(), query="?sandbox=true&useSecureOrigin=true")
    user.sees("intro")
    assert "allow-scripts" in str(user.page.locator("iframe").get_attribute("sandbox"))


def test_ten_sessions_at_once_stay_apart(user: User, chromium: Any) -> None:
    sandbox, client = user.sandbox, user.sandbox.client()
    employer = employer_of(user, "Acme Corporation").id
    users: list[User] = []
    for number in range(10):
        other = User(chromium, sandbox, user.home, user.pages)
        own = {"end_user_id": f"person_{number}", "org_name": f"Bank {number}", "employer_id": employer}
        other.open(other.switch_token(**own, skip_intro_screen=True))
        users.append(other)
    for other in users:
        other.logs_in()
    for number, other in enumerate(users):
        other.sees("amount")
        other.link.locator("input[value=amount]").check()
        other.link.locator("#value").fill(str(100 + number))
        other.goes_on()
    for other in users:
        other.sees("confirm")
        other.goes_on()
    for other in users:
        other.sees("success")
    for number, other in enumerate(users):
        (account,) = client.end_users.accounts.list(f"person_{number}")
        (result,) = other.got("onSuccess")
        assert result["accountId"] == account.id
        assert result["params"]["allocation"]["value"] == 100 + number
        first = client.accounts.direct_deposit_allocations.get(account.id).allocations[0]
        assert first.amount == (100 + number) * 100
        assert other.faults == []
        other.leave()


def checker(user: User) -> Callable[[str], None]:
    """Looks at a screen with axe."""
    axe = (npm.needed() / "axe-core/axe.min.js").read_text()

    def check(screen: str) -> None:
        user.sees(screen)
        frame = next(frame for frame in user.page.frames if "/link.html" in frame.url)
        frame.evaluate(axe)
        found = frame.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        serious = [
            (fault["id"], [node["html"] for node in fault["nodes"]])
            for fault in found
            if fault["impact"] in {"serious", "critical"}
        ]
        assert serious == [], screen
        if user.phone:
            user.shoots(f"phone-dark-{screen}")

    return check


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious_in_bills(user: User, dark: bool) -> None:
    check = checker(user)
    user.window(375 if dark else 1100, 740, bypass_csp=True, reduced_motion="reduce")
    token = user.token(solution="Bill Manager", features=["bill_switch"])
    user.open(token, version="4.0.0", useDarkMode=dark)
    check("intro")
    user.goes_on()
    check("terms")
    user.goes_on()
    check("bank")
    user.link.locator(".row").first.click()
    check("bills")
    user.link.locator(".row").first.click()
    check("bill")
    user.clicks("I no longer pay this")
    check("bills")
    user.clicks("Add a bill")
    check("bill_form")
    user.clicks("Save")
    user.link.locator("[aria-invalid]").first.wait_for()
    check("bill_form")
    user.clicks("Back")
    user.clicks("Plan which services to switch")
    check("services")
    user.clicks("Back")
    user.clicks("Add due dates to my calendar")
    check("calendar")


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(user: User, dark: bool) -> None:
    check = checker(user)
    token = user.switch_token(allocation=TWO_TARGETS, deposit_forms="fallback", document_uploads="fallback")
    user.window(375 if dark else 1100, 740, bypass_csp=True, reduced_motion="reduce")
    user.open(token, useDarkMode=dark)
    check("intro")
    user.goes_on()
    check("search")
    user.link.locator("#query").fill("acme")
    check("search_results")
    user.link.get_by_role("button", name="Upload documents instead").click()
    check("uploads")
    user.clicks("Back")
    user.clicks("Get a direct deposit form")
    user.sees("deposit_form")
    user.goes_on()
    check("deposit_form")
    user.clicks("Back")
    user.sees("search")
    user.link.locator(".row").first.click()
    check("login")
    user.goes_on()
    check("login")
    user.logs_in("user_mfa")
    check("processing")
    check("mfa")
    user.link.locator("#code").fill("mfa_code")
    user.goes_on()
    check("amount")
    user.link.locator("input[value=amount]").check()
    user.goes_on()
    check("amount")
    user.link.locator("input[value=full]").check()
    user.goes_on()
    check("confirm")
    user.clicks("Close Button")
    check("exit_confirmation")
    user.clicks("Keep going")
    user.sees("confirm")
    user.goes_on()
    check("success")
