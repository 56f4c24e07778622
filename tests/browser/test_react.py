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
  window.start = (linkToken) => {{ setToken(linkToken); setOpen(true); }};
  const on = (name) => (...given) => window.calls.push([name, ...given]);
  return <main>
    <h1>Fernmoor Bank</h1><p id="state">{{open ? "open" : "closed"}}</p>
    <PinwheelModal open={{open}} linkToken={{token}} _srcUrl={{window.script}}
      onEvent={{on("onEvent")}} onLogin={{on("onLogin")}} onSuccess={{on("onSuccess")}} onError={{on("onError")}}
      onExit={{(...given) => {{ on("onExit")(...given); setOpen(false); }}}} />
  </main>;
}}
window.calls = [];
createRoot(document.getElementById("root")).render(<App />);
"""
_PAGE = """<!doctype html><html lang="en"><head><title>Fernmoor Bank</title><link rel="icon" href="data:,"></head>
<body><div id="root"></div><script>window.script = {script}</script><script src="/app.js"></script></body></html>"""

VERSIONS = pytest.mark.parametrize(("package", "script"), [("react-modal-3", "3.0.1"), ("react-modal-2", "2.3")])


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
    for number, (callback, *given) in enumerate(user.calls):
        if callback == "onEvent":
            continue
        # By way of a name: what is newer than the definitions, such as the target of an allocation, may be there too.
        if told := [value for value in given if value is not None]:
            lines.append(f"const given{number} = {json.dumps(told[0])} as const;")
        argument = f"given{number}" if told else ""
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
