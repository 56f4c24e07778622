"""One browser for all tests, a fresh sandbox and a customer's page for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pinwheel_sandbox import LocalServer, Sandbox

from .completeness import Seen
from .pages import Pages
from .user import User

SEEN = Seen()

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright: run nox -s browser")
    if BROWSER is None:
        pytest.skip("there is no chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def answers_are_held_against_their_documents() -> None:
    """Not here: the validator is not in this environment, and all other tests do it."""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def server(sandbox: Sandbox) -> Iterator[LocalServer]:
    with sandbox.serve() as server:
        yield server


@pytest.fixture
def pages() -> Iterator[Pages]:
    with Pages() as pages:
        yield pages


@pytest.fixture
def user(chromium: Any, sandbox: Sandbox, server: LocalServer, pages: Pages) -> Iterator[User]:
    user = User(chromium, sandbox, server.url, pages)
    yield user
    user.leave()
    assert user.faults == []
    SEEN.note(user.screens_seen, user.told)


# Each worker tells what its tests have seen; whoever runs all of them says what is missing.
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["link_seen"] = SEEN.plain()
    elif exitstatus == 0 and _everything(session.config) and SEEN.screens and SEEN.missing():
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if SEEN.screens and _everything(config):
        terminalreporter.write_line(f"{len(SEEN.screens)} screens and {len(SEEN.events)} events of Link were shown")
        for missing in SEEN.missing():
            terminalreporter.write_line(f"no browser test shows {missing}", red=True)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    SEEN.add(getattr(node, "workeroutput", {}).get("link_seen", {}))


def _everything(config: pytest.Config) -> bool:
    """Whether the run was of this whole folder."""
    chosen = config.option.keyword or config.option.markexpr or config.option.deselect or config.option.collectonly
    return not chosen and [Path(given).resolve() for given in config.args] == [Path(__file__).parent]
