"""A person at a customer's page who opens Link and goes through it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pinwheel_api import Allocation, AllocationTarget
from pinwheel_sandbox import Sandbox

from .pages import Pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Locator, Page

SCREENSHOTS = Path(".cache/screenshots")

CHECKING = AllocationTarget(name="Everyday", type="checking", routing_number="110000000", account_number="000123456789")
SAVINGS = AllocationTarget(name="Rainy days", type="savings", routing_number="110000000", account_number="000987654321")
ONE_TARGET = Allocation(targets=[CHECKING])
TWO_TARGETS = Allocation(targets=[CHECKING, SAVINGS])

_PAGE = """<!doctype html><html lang="en"><head><title>Fernmoor Bank</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<style>body{{margin:0;padding:48px;background:#eef1f6;font-family:system-ui,sans-serif}}</style></head>
<body><main><h1>Fernmoor Bank</h1><p>Connect your payroll account.</p><button id="before">Open</button></main>
<script src="{home}/pinwheel-v{version}.js{query}"></script>
<script>
  window.calls = [];
  window.open_ = (params) => {{
    const on = (name) => (...given) => calls.push([name, ...given]);
    const names = ["onEvent", "onLogin", "onLoginAttempt", "onSuccess", "onError", "onExit"];
    return Pinwheel.open({{...Object.fromEntries(names.map((name) => [name, on(name)])), ...params}});
  }};
</script></body></html>"""

# What a customer's page heard from onEvent, or a page in a web view from the messages.
_ARRIVED = """() => [
  ...(window.calls ?? []).filter(([callback]) => callback === "onEvent")
    .map(([, eventName, payload]) => ({eventName, payload})),
  ...(window.heard ?? []).filter(({type}) => type === "PINWHEEL_EVENT")
    .map(({eventName, payload}) => ({eventName, payload})),
]"""


class User:
    """One browser window; `user.link` is what is inside the modal."""

    def __init__(self, browser: Browser, sandbox: Sandbox, home: str, pages: Pages) -> None:
        self.sandbox, self.home, self.pages = sandbox, home, pages
        self._browser = browser
        self._contexts: list[Any] = []
        self.faults: list[str] = []
        self.screens_seen: set[str] = set()
        self.told: list[dict[str, Any]] = []
        """Once the user has left: every event that arrived at a page, as the message that it was."""
        self.page: Page
        self.link: FrameLocator

    def token(self, **options: Any) -> str:
        given = {
            "org_name": "Fernmoor Bank",
            "solution": "Verify",
            "features": ["income"],
            "end_user_id": "user_1",
            **options,
        }
        return self.sandbox.client().link_tokens.create(**given).token

    def switch_token(self, **options: Any) -> str:
        return self.token(
            **{"solution": "Deposit Switch", "features": ["direct_deposit_switch"], "allocation": ONE_TARGET, **options}
        )

    @property
    def phone(self) -> bool:
        """Whether the window is as narrow as a phone."""
        size = self.page.viewport_size
        return size is not None and size["width"] < 400

    def window(self, width: int = 1100, height: int = 800, **options: Any) -> Page:
        # Nothing moves unless a test wants it to: without a graphics card, each frame costs what a test needs.
        still = {"reduced_motion": "reduce", **options}
        context = self._browser.new_context(viewport={"width": width, "height": height}, **still)
        self._contexts.append(context)
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)  # the machine may be busy
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self._heard(message.type, message.text))
        return self.page

    def open(self, token: str, *, version: str = "3.0.0", query: str = "", **params: Any) -> None:
        """Open Link on a page of the customer."""
        if not self._contexts:
            self.window()
        self.pages["/"] = _PAGE.format(home=self.home, version=version, query=query)
        self.page.goto(self.pages.url)
        self.page.evaluate("(params) => void open_(params)", {"linkToken": token, **params})
        self.link = self.page.frame_locator("iframe.pinwheel-modal-show")

    def sees(self, screen: str) -> Locator:
        shown = self.link.locator(f"[data-screen={screen}]")
        shown.wait_for()
        self.screens_seen.add(screen)
        return shown

    def clicks(self, name: str) -> None:
        self.link.get_by_role("button", name=name, exact=True).click()

    def goes_on(self) -> None:
        self.link.locator("footer .primary").click()

    def picks(self, query: str) -> None:
        """Search for something and pick the best answer."""
        self.link.locator("#query").fill(query)
        self.link.locator(".row", has_text=query).first.click()

    def logs_in(self, username: str = "user_good", password: str = "pass_good") -> None:
        self.sees("login")
        self.link.locator("#username").fill(username)
        self.link.locator("#password").fill(password)
        self.goes_on()

    @property
    def calls(self) -> list[list[Any]]:
        """Every call of a callback: its name and what it was given."""
        return self.page.evaluate("window.calls")

    @property
    def events(self) -> list[tuple[str, Any]]:
        """What onEvent was told."""
        return [(name, payload) for callback, name, payload in self._of("onEvent") if callback]

    @property
    def screens(self) -> list[str]:
        return [payload["screenName"] for name, payload in self.events if name == "screen_transition"]

    def got(self, callback: str) -> list[Any]:
        """What a callback was given, call by call."""
        return [given[0] if given else None for _, *given in self._of(callback)]

    def is_back(self) -> None:
        """Link is gone from the page."""
        self.page.locator(".pinwheel-portal").wait_for(state="detached")

    def shoots(self, name: str) -> None:
        """Write a picture for people to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    def leave(self) -> None:
        for context in self._contexts:
            for page in context.pages:
                self.told += page.evaluate(_ARRIVED)
            context.close()

    def _of(self, callback: str) -> list[list[Any]]:
        return [call for call in self.calls if call[0] == callback]

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.faults.append(text)
