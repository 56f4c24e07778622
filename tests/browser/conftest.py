"""One browser for all tests, a fresh sandbox and a customer's page for each."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from pinwheel_sandbox import LocalServer, Sandbox

from .pages import Pages
from .user import User

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
