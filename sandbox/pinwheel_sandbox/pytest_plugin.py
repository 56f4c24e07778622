"""Fixtures for tests of code that uses Pinwheel. pytest finds them by itself; nothing is loaded before one is used.

A marker says how a test, a class or a module wants its sandbox, and the closest one counts:

    @pytest.mark.pinwheel(version="2023-11-22", clock="2026-03-02T09:00:00Z", seed=7)
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pinwheel_sandbox import Inbox, LocalServer, Login, Sandbox

Connect = Callable[..., "Login"]
"""Connects an account: `connect_account("user_1", features=["paystubs"], username="user_good")`."""

_MARKER = "pinwheel"
_VERSION = "pinwheel_version"
_LATEST_REQUESTS = 20
# What the marker takes beside the settings of a sandbox.
_OWN = {"version", "clock", "seed", "database", "scenario"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """The version that a project is at, said once."""
    parser.addini(_VERSION, "Pinwheel-Version of the clients that the fixtures give (default: the newest)", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}(version, clock, seed, database, scenario, **settings): how its fixtures are made",
    )


@pytest.fixture
def pinwheel_sandbox(request: pytest.FixtureRequest) -> "Iterator[Sandbox]":
    """A local Pinwheel of the test's own, with nothing in it."""
    from pinwheel_sandbox.sandbox import Sandbox  # noqa: PLC0415 - a second's work that other tests need not wait for
    from pinwheel_sandbox.settings import Settings  # noqa: PLC0415 - as above

    asked = _asked(request)
    settings = Settings(**{name: value for name, value in asked.items() if name not in _OWN})
    own: dict[str, Any] = {name: asked[name] for name in ("seed", "database") if name in asked}
    with Sandbox(settings=settings, clock=_clock(asked.get("clock")), **own) as sandbox:
        if scenario := asked.get("scenario"):
            sandbox.load(_scenario(request, scenario))
        yield sandbox
        _tell_requests(request, sandbox)


@pytest.fixture
def pinwheel(request: pytest.FixtureRequest, pinwheel_sandbox: "Sandbox") -> Iterator[Any]:
    """A client of it, of the version that the marker or `pinwheel_version` in the ini file names."""
    with pinwheel_sandbox.client(_version(request)) as client:
        yield client


@pytest.fixture
def async_pinwheel(request: pytest.FixtureRequest, pinwheel_sandbox: "Sandbox") -> Any:
    """The same, asynchronous. It holds nothing open, so no event loop is needed to close it."""
    return pinwheel_sandbox.async_client(_version(request))


@pytest.fixture
def connect_account(pinwheel_sandbox: "Sandbox") -> Connect:
    """A function that goes through Link, so that there is an account.

    `connect_account(end_user_id="user_1", features=["paystubs"], **how)`; what else can be said is what `Sandbox.login`
    takes: `username`, `password`, `employer_id`. It returns the login: `.account_id` and the rest.
    """

    def connect(end_user_id: str = "user_1", *, features: "list[str] | None" = None, **how: Any) -> "Login":
        with pinwheel_sandbox.client() as client:
            token = client.link_tokens.create(
                org_name="Acme Bank",
                solution="Verify",
                features=list[Any](features or ["paystubs"]),
                end_user_id=end_user_id,
            )
        return pinwheel_sandbox.login(token.token, **how)

    return connect


@pytest.fixture
def pinwheel_webhooks(request: pytest.FixtureRequest, pinwheel_sandbox: "Sandbox") -> "Inbox":
    """A receiver that is told of every event from here on, in the form of the client's version."""
    from pinwheel_sandbox.deliveries.payloads import OLDEST_WEBHOOK  # noqa: PLC0415 - as above
    from pinwheel_sandbox.faces.face import NEWEST  # noqa: PLC0415 - as above
    from pinwheel_sandbox.inbox import Inbox  # noqa: PLC0415 - as above

    inbox = Inbox(pinwheel_sandbox.secret)
    pinwheel_sandbox.listen(inbox, version=max(_version(request) or NEWEST, OLDEST_WEBHOOK))
    return inbox


@pytest.fixture
def pinwheel_server(pinwheel_sandbox: "Sandbox", monkeypatch: pytest.MonkeyPatch) -> "Iterator[LocalServer]":
    """The same sandbox on a port, for code that makes its own client: the environment leads it there."""
    with pinwheel_sandbox.serve() as server:
        monkeypatch.setenv("PINWHEEL_BASE_URL", server.url)
        monkeypatch.setenv("PINWHEEL_API_SECRET", pinwheel_sandbox.secret)
        monkeypatch.setenv("PINWHEEL_MODE", "sandbox")
        yield server


def _asked(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    """What the markers say, the closest last."""
    asked: dict[str, Any] = {}
    for marker in reversed(list(request.node.iter_markers(_MARKER))):
        if marker.args:
            raise pytest.UsageError(f"the marker {_MARKER} takes named arguments only, such as version='2023-11-22'")
        asked.update(marker.kwargs)
    return asked


def _version(request: pytest.FixtureRequest) -> str | None:
    from pinwheel_sandbox.faces.face import DATES  # noqa: PLC0415 - as above

    version: str = _asked(request).get("version") or request.config.getini(_VERSION)
    if version and version not in DATES:
        raise pytest.UsageError(f"{version!r} is no Pinwheel-Version; there are {', '.join(DATES)}")
    return version or None


def _clock(at: Any) -> Any:
    from datetime import datetime  # noqa: PLC0415 - as above

    from pinwheel_sandbox.clock import Clock  # noqa: PLC0415 - as above

    if at is None or isinstance(at, Clock):
        return at
    return Clock(at if isinstance(at, datetime) else datetime.fromisoformat(at))


def _scenario(request: pytest.FixtureRequest, scenario: str | Path) -> str | Path:
    """The file beside the test, else where pytest was started; a text of several lines is the scenario itself."""
    if isinstance(scenario, str) and "\n" in scenario:
        return scenario
    beside = request.path.parent / scenario
    return beside if beside.exists() else Path(scenario)


def _tell_requests(request: pytest.FixtureRequest, sandbox: "Sandbox") -> None:
    """What pytest shows below the traceback of a test that fails."""
    with contextlib.suppress(RuntimeError):  # the test closed it
        lines = [
            f"{entry.method} {entry.path}{f'?{entry.query}' if entry.query else ''} -> {entry.status}"
            for entry in reversed(sandbox.requests(limit=_LATEST_REQUESTS))
        ]
        request.node.add_report_section("teardown", "requests to Pinwheel", "\n".join(lines))
