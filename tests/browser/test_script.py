"""The script on pages of every kind: strict ones, ones without an origin, ones that load or open it twice."""

from pathlib import Path
from typing import Any

import pytest

from .test_income import employer_of
from .user import User

_OPEN = """(token) => {
  window.calls = window.calls || [];
  const on = (name) => (...given) => calls.push([name, ...given]);
  const names = ["onEvent", "onLogin", "onSuccess", "onError", "onExit"];
  window.opening = Pinwheel.open({linkToken: token, ...Object.fromEntries(names.map((name) => [name, on(name)]))});
}"""


def opens(user: User, token: str) -> None:
    user.page.wait_for_function("window.Pinwheel")
    user.page.evaluate(_OPEN, token)
    user.link = user.page.frame_locator("iframe.pinwheel-modal-show")


def goes_through(user: User) -> None:
    user.logs_in()
    user.sees("success")
    user.goes_on()
    user.is_back()
    assert len(user.got("onSuccess")) == len(user.got("onLogin")) == len(user.got("onExit")) == 1


@pytest.fixture
def token(user: User) -> str:
    return user.token(employer_id=employer_of(user, "Acme Corporation").id, skip_intro_screen=True)


def page_with(*scripts: str) -> str:
    tags = "".join(f'<script src="{script}"></script>' for script in scripts)
    head = f'<head><title>Bank</title><link rel="icon" href="data:,">{tags}</head>'
    return f"<!doctype html><html>{head}<body></body></html>"


@pytest.mark.parametrize("version", ["2", "2.3", "3.0.4", "4.0.0", "17.1"])
def test_every_version_is_served(user: User, token: str, version: str) -> None:
    user.pages["/"] = page_with(f"{user.home}/pinwheel-v{version}.js")
    user.window().goto(user.pages.url)
    opens(user, token)
    goes_through(user)


def test_a_page_that_is_a_file(user: User, token: str, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(page_with(f"{user.home}/pinwheel-v3.0.0.js"))
    user.window().goto(file.as_uri())
    opens(user, token)
    goes_through(user)


def test_a_page_with_a_strict_policy(user: User, token: str) -> None:
    """What a page has to allow: the script and the frame, and no inline styles."""
    policy = f"default-src 'none'; script-src {user.home} 'unsafe-eval'; frame-src {user.home}; img-src data:"
    page = page_with(f"{user.home}/pinwheel-v3.0.0.js")
    user.pages["/"] = page.replace("<head>", f'<head><meta http-equiv="content-security-policy" content="{policy}">')
    user.window().goto(user.pages.url)
    opens(user, token)
    user.sees("login")
    assert user.page.locator(".pinwheel-portal").evaluate("(portal) => getComputedStyle(portal).position") == "fixed"
    goes_through(user)


def test_a_page_that_loads_the_script_twice(user: User, token: str) -> None:
    """The second copy replaces the first and ends what that has opened."""
    script = f"{user.home}/pinwheel-v3.0.0.js"
    user.pages["/"] = page_with(script)
    user.window().goto(user.pages.url)
    opens(user, user.token())
    user.sees("intro")
    user.page.add_script_tag(url=script)
    opens(user, token)
    user.sees("login")
    assert user.page.locator(".pinwheel-portal").count() == 1
    user.page.evaluate("window.calls = []")
    goes_through(user)


def test_opening_twice_and_closing_twice(user: User, token: str) -> None:
    user.pages["/"] = page_with(f"{user.home}/pinwheel-v3.0.0.js")
    user.window().goto(user.pages.url)
    user.page.wait_for_function("window.Pinwheel")
    told: Any = user.page.evaluate(
        """async (token) => {
      const before = document.body.style.overflow = "scroll";
      const events = [];
      const params = {linkToken: token, onEvent: (name) => events.push(name)};
      const first = Pinwheel.open(params), second = Pinwheel.open(params);
      await Promise.all([first, second]);  // the first one is settled although it was taken away
      const portals = document.querySelectorAll(".pinwheel-portal").length;
      await Pinwheel.close();
      await Pinwheel.close();
      const left = document.querySelectorAll(".pinwheel-portal").length;
      return {portals, left, overflow: document.body.style.overflow};
    }""",
        token,
    )
    assert told == {"portals": 1, "left": 0, "overflow": "scroll"}


def test_closing_while_it_opens(user: User, token: str) -> None:
    user.pages["/"] = page_with(f"{user.home}/pinwheel-v3.0.0.js")
    user.window().goto(user.pages.url)
    opens(user, token)
    user.page.evaluate("Pinwheel.close()")
    user.page.evaluate("window.opening")
    user.is_back()
    user.page.wait_for_timeout(300)
    assert user.calls == []
    opens(user, token)
    goes_through(user)


def test_a_portal_that_somebody_takes_away(user: User, token: str) -> None:
    """As the React component does when it is mounted: the page has to be as it was."""
    user.pages["/"] = page_with(f"{user.home}/pinwheel-v3.0.0.js")
    user.window().goto(user.pages.url)
    opens(user, token)
    user.sees("login")
    user.page.evaluate("document.querySelector('.pinwheel-portal').remove()")
    user.page.wait_for_function("document.body.style.overflow === ''")
    opens(user, token)
    user.page.evaluate("window.calls = []")
    goes_through(user)


def test_the_page_opens_link_again_from_its_callback(user: User, token: str) -> None:
    user.pages["/"] = page_with(f"{user.home}/pinwheel-v3.0.0.js")
    user.window().goto(user.pages.url)
    user.page.wait_for_function("window.Pinwheel")
    second = user.switch_token(employer_id=employer_of(user, "Acme Corporation").id, skip_intro_screen=True)
    user.page.evaluate(
        """([first, second]) => void Pinwheel.open({
          linkToken: first, onExit: () => void Pinwheel.open({linkToken: second}) })""",
        [token, second],
    )
    user.link = user.page.frame_locator("iframe.pinwheel-modal-show")
    user.logs_in()
    user.sees("success")
    user.goes_on()
    user.sees("login")
    user.page.wait_for_timeout(300)
    assert user.page.locator(".pinwheel-portal").count() == 1


def test_a_token_is_needed(user: User) -> None:
    user.pages["/"] = page_with(f"{user.home}/pinwheel-v3.0.0.js")
    user.window().goto(user.pages.url)
    user.page.wait_for_function("window.Pinwheel")
    said = "Pinwheel.open(given).then(() => 'opened', (error) => error.message)"
    for given in ("undefined", "{}", "{linkToken: 5}"):
        assert user.page.evaluate(said.replace("given", given)) == "Pinwheel.open needs a linkToken"
    assert user.page.locator(".pinwheel-portal").count() == 0
