"""Pinwheel's own React component, unmodified, runs against the sandbox when told where the script is."""

import json
from typing import Any

import pytest

from . import npm
from .test_income import employer_of
from .user import User

# A customer's app. `_srcUrl` is the component's own way of saying where the script is.
_APP = """
import React, {{ useState }} from "react";
import {{ createRoot }} from "react-dom/client";
import PinwheelModal from "{package}";

function App() {{
  const [open, setOpen] = useState(false);
  const [token, setToken] = useState("");
  const [shown, setShown] = useState(["one"]);
  window.start = (linkToken) => {{ setToken(linkToken); setOpen(true); }};
  window.showing = setShown;
  const on = (name) => (...given) => window.calls.push([name, ...given]);
  return <main>
    <h1>Fernmoor Bank</h1><p id="state">{{open ? "open" : "closed"}}</p>
    {{shown.map((key, place) => <PinwheelModal key={{key}} open={{open && place === shown.length - 1}}
      linkToken={{token}} _srcUrl={{window.script}}
      onEvent={{on("onEvent")}} onLogin={{on("onLogin")}} onSuccess={{on("onSuccess")}} onError={{on("onError")}}
      onExit={{(...given) => {{ on("onExit")(...given); setOpen(false); }}}} />)}}
  </main>;
}}
window.calls = [];
createRoot(document.getElementById("root")).render(<App />);
"""
_PAGE = """<!doctype html><html lang="en"><head><title>Fernmoor Bank</title><link rel="icon" href="data:,"></head>
<body><div id="root"></div><script>window.script = {script}</script><script src="/app.js"></script></body></html>"""

VERSIONS = pytest.mark.parametrize(("package", "script"), [("react-modal-3", "3.0.1"), ("react-modal-2", "2.3")])

# Where the definitions and the service differ. `other_event` was recorded, and neither package has it. Those of 3.0.0
# write `screen_name` where the ones before and after have the `screenName` that was recorded, and give `success` the
# params of version 2, but `onSuccess`, which is checked, those of version 3.
_UNTYPED = {
    ("other_event", "react-modal-2"),
    ("other_event", "react-modal-3"),
    ("screen_transition", "react-modal-3"),
    ("success", "react-modal-3"),
}


def start(user: User, package: str, script: str, token: str) -> None:
    user.pages["/app.js"] = npm.bundled(_APP.format(package=package))
    user.pages["/"] = _PAGE.format(script=json.dumps(f"{user.home}/pinwheel-v{script}.js?sandbox=true"))
    page = user.window()
    page.goto(user.pages.url)
    page.wait_for_function("window.start && window.Pinwheel")
    page.evaluate("(token) => window.start(token)", token)
    user.link = page.frame_locator("iframe.pinwheel-modal-show")


def ends(user: User) -> None:
    user.sees("success")
    user.goes_on()
    user.is_back()
    user.page.get_by_text("closed").wait_for()


def types_hold(user: User, package: str) -> None:
    """What the callbacks got is what the package's type definitions say, by the word of the TypeScript compiler."""
    lines = [f'import type {{ PinwheelModalProps as Props }} from "{package}";']
    for number, (callback, *told) in enumerate(user.calls):
        if callback == "onEvent" and (told[0], package) in _UNTYPED:
            continue
        event, given = (f"{json.dumps(told[0])}, ", told[1:]) if callback == "onEvent" else ("", told)
        # By way of a name: what is newer than the definitions, such as the target of an allocation, may be there too.
        if values := [value for value in given if value is not None]:
            lines.append(f"const given{number} = {json.dumps(values[0])} as const;")
        argument = event + (f"given{number}" if values else "")
        lines.append(f"export const _{number} = (on: Required<Props>) => on.{callback}({argument});")
    npm.types_hold(f"{package}-callbacks", "\n".join(lines))


@VERSIONS
def test_an_income_flow(user: User, package: str, script: str) -> None:
    start(user, package, script, user.token(employer_id=employer_of(user, "Acme Corporation").id))
    user.sees("intro")
    assert user.page.locator(".pinwheel-portal iframe.pinwheel-modal-show").count() == 1
    user.goes_on()
    user.logs_in()
    ends(user)
    assert [name for name, _ in user.events if name != "other_event"] == [
        "open",
        "screen_transition",
        "login_attempt",
        "login",
        "success",
        "screen_transition",
        "exit",
    ]
    types_hold(user, package)


@VERSIONS
def test_a_deposit_switch(user: User, package: str, script: str) -> None:
    employer = employer_of(user, "Acme Corporation").id
    start(user, package, script, user.switch_token(employer_id=employer, skip_intro_screen=True))
    user.logs_in(password="wrong")
    user.link.get_by_text("Username or password is wrong.").wait_for()
    user.logs_in()
    user.sees("amount")
    user.link.locator("input[value=percentage]").check()
    user.link.locator("#value").fill("25")
    user.goes_on()
    user.sees("confirm")
    user.goes_on()
    ends(user)
    (result,) = user.got("onSuccess")
    assert result["job"] == "direct_deposit_switch"
    expected: dict[str, Any] = (
        {"amount": {"value": 25, "unit": "%"}} if package.endswith("2") else dict(user.events)["input_allocation"]
    )
    assert result["params"] == expected
    types_hold(user, package)


@VERSIONS
def test_the_user_leaves_and_comes_again(user: User, package: str, script: str) -> None:
    start(user, package, script, user.token())
    user.sees("intro")
    for _ in range(2):
        user.clicks("Close Button")
        user.sees("exit_confirmation")
        user.clicks("Exit Confirmation Button")
        user.is_back()
        user.page.get_by_text("closed").wait_for()
        user.page.evaluate("(token) => window.start(token)", user.token())
        user.sees("intro")
    assert user.got("onExit") == ([{}, {}] if package.endswith("2") else [None, None])
    types_hold(user, package)


@VERSIONS
def test_a_component_that_goes_while_link_is_open(user: User, package: str, script: str) -> None:
    """It takes nothing along: the next one that is mounted removes what is left, and opens Link anew."""
    start(user, package, script, user.token())
    user.sees("intro")
    user.page.evaluate("window.showing([])")
    user.page.evaluate("window.showing(['two'])")
    user.page.wait_for_function("calls.filter(([, name]) => name === 'open').length === 2")
    user.sees("intro")
    assert user.page.locator(".pinwheel-portal").count() == 1
    user.clicks("Close Button")
    user.clicks("Exit Confirmation Button")
    user.is_back()
    user.page.get_by_text("closed").wait_for()
    assert user.page.evaluate("document.body.style.overflow") == ""


@VERSIONS
def test_two_components_on_a_page(user: User, package: str, script: str) -> None:
    start(user, package, script, user.token())
    user.sees("intro")
    user.page.evaluate("window.showing(['one', 'two'])")  # the second one is open now, and the first one is not
    user.page.wait_for_function("calls.filter(([, name]) => name === 'open').length === 2")
    user.sees("intro")
    assert user.page.locator(".pinwheel-portal").count() == 1
    user.clicks("Close Button")
    user.clicks("Exit Confirmation Button")
    user.is_back()
    assert len(user.got("onExit")) == 1
