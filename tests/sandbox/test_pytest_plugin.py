"""The fixtures as the tests of somebody's project use them, each in a pytest of its own."""

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> "Runner":
    return Runner(pytester)


class Runner:
    """Writes a test file and runs it, warnings being errors."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester

    def __call__(self, code: str, *arguments: str, ini: str = "") -> pytest.RunResult:
        warnings = "filterwarnings =\n    error\n    ignore:Pinwheel-Version .* is sunset\n"
        self.pytester.makeini(f"[pytest]\naddopts = --strict-markers\n{warnings}{ini}\n")
        self.pytester.makepyfile(test_it=code)
        return self.pytester.runpytest_subprocess(*arguments)


def test_it_is_found_without_being_named() -> None:
    (entry,) = importlib.metadata.entry_points(group="pytest11", name="pinwheel")
    assert entry.value == "pinwheel_sandbox.pytest_plugin"


def test_the_fixtures(run: Runner) -> None:
    run.pytester.makefile(
        ".yaml",
        people="""
        people:
          - {username: robin, full_name: Robin Alderfen, incomes: [{amount: 2000}]}
        accounts:
          - {username: robin, end_user_id: customer_4, features: [paystubs]}
        """,
    )
    run(
        """
        import os
        from datetime import timedelta
        import anyio
        import pytest
        from pinwheel_api import Pinwheel

        def test_the_whole_flow(pinwheel, connect_account, pinwheel_webhooks):
            login = connect_account("customer_1", features=["paystubs"], username="user_mfa")
            assert len(list(pinwheel.accounts.paystubs.list(login.account_id))) == 31
            assert pinwheel_webhooks.names[0] == "account.added"
            (event,) = pinwheel_webhooks.of("paystubs.fully_synced")
            assert event.payload.end_user_id == "customer_1"
            assert len(pinwheel_webhooks.bodies) == len(pinwheel_webhooks.events) == len(pinwheel_webhooks.headers)

        def test_each_test_has_its_own(pinwheel, pinwheel_sandbox):
            assert list(pinwheel.accounts.list()) == []
            assert pinwheel_sandbox.deliveries() == []

        def test_async_without_another_plugin(async_pinwheel, connect_account):
            async def names():
                return [account.end_user_id async for account in async_pinwheel.accounts.list()]

            connect_account("customer_2")
            assert anyio.run(names) == ["customer_2"]

        def test_server(pinwheel_server, pinwheel_webhooks, connect_account):
            connect_account("customer_3")
            with Pinwheel() as client:
                assert [account.end_user_id for account in client.accounts.list()] == ["customer_3"]
            assert pinwheel_webhooks.wait_for("shifts.added", count=3, timeout=60)

        def test_the_environment_is_as_before():
            assert "PINWHEEL_BASE_URL" not in os.environ

        @pytest.mark.pinwheel(scenario="people.yaml")
        def test_a_scenario_beside_the_test(pinwheel):
            (account,) = pinwheel.accounts.list()
            assert pinwheel.accounts.identity.get(account.id).full_name == "Robin Alderfen"

        def test_a_receiver_that_fails_is_called_again(pinwheel_webhooks, pinwheel_sandbox, connect_account):
            pinwheel_webhooks.answer(503, OSError("no network"))
            connect_account()
            pinwheel_sandbox.clock.advance(timedelta(minutes=2))
            assert pinwheel_webhooks.names.count("account.added") == 2
            assert {delivery.status for delivery in pinwheel_sandbox.deliveries()} == {"delivered"}
            pinwheel_webhooks.clear()
            assert pinwheel_webhooks.events == []

        def test_waiting_in_vain_is_explained(pinwheel_webhooks):
            with pytest.raises(TimeoutError, match="bill.added came 0 times"):
                pinwheel_webhooks.wait_for("bill.added", timeout=0.01)

        pinned = pytest.mark.pinwheel(version="2022-09-09", clock="2026-03-02T09:00:00Z", seed=7, account_limit=1)
        ids = set()

        @pinned
        @pytest.mark.parametrize("time", [1, 2])
        def test_a_marker_says_how(pinwheel, pinwheel_sandbox, connect_account, time):
            assert pinwheel.version == "2022-09-09"
            assert pinwheel_sandbox.clock.now().isoformat() == "2026-03-02T09:00:00+00:00"
            ids.add(connect_account().account_id)
            assert len(ids) == 1
            with pytest.raises(Exception, match="has 1 accounts already"):
                connect_account()

        @pinned
        class TestClass:
            @pytest.mark.pinwheel(version="2021-04-29")
            def test_the_closest_marker_counts(self, pinwheel, pinwheel_sandbox):
                assert pinwheel.version == "2021-04-29"
                assert pinwheel_sandbox.clock.speed == 0
        """
    ).assert_outcomes(passed=11)


def test_the_project_names_its_version_once(run: Runner) -> None:
    run(
        """
        def test_version(pinwheel, async_pinwheel, pinwheel_webhooks, connect_account):
            assert pinwheel.version == async_pinwheel.version == "2023-04-18"
            connect_account()
            assert pinwheel_webhooks.headers[0]["Pinwheel-Version"] == "2023-04-18"
        """,
        ini="pinwheel_version = 2023-04-18",
    ).assert_outcomes(passed=1)


def test_a_failure_tells_what_was_asked(run: Runner) -> None:
    told = run(
        """
        import pytest

        def test_fails(pinwheel):
            list(pinwheel.accounts.list(limit=3))
            pinwheel.accounts.get("nonsense")

        def test_passes(pinwheel):
            list(pinwheel.jobs.list())
        """
    )
    told.assert_outcomes(failed=1, passed=1)
    told.stdout.fnmatch_lines(
        ["*requests to Pinwheel*", "GET /v1/accounts?limit=3 -> 200", "GET /v1/accounts/nonsense -> 404"]
    )
    told.stdout.no_fnmatch_line("GET /v1/jobs*")


def test_a_marker_that_is_wrong_is_explained(run: Runner) -> None:
    told = run(
        """
        import pytest

        @pytest.mark.pinwheel(version="2020-01-01")
        def test_version(pinwheel): pass

        @pytest.mark.pinwheel("2023-11-22")
        def test_name(pinwheel): pass
        """
    )
    told.assert_outcomes(errors=2)
    told.stdout.fnmatch_lines(["*'2020-01-01' is no Pinwheel-Version; there are 2021-04-29,*"])
    told.stdout.fnmatch_lines(["*takes named arguments only*"])


def test_fixtures_and_markers_are_listed_with_their_words(run: Runner) -> None:
    run("", "--fixtures").stdout.fnmatch_lines(["pinwheel_sandbox -- *", "*A local Pinwheel of the test's own*"])
    run("", "--markers").stdout.fnmatch_lines(["@pytest.mark.pinwheel(version, clock, seed*"])


def test_who_does_not_use_it_loads_nothing(run: Runner, tmp_path: Path) -> None:
    heavy = ["sqlalchemy", "starlette", "httpx", "attr", "msgspec", "yaml", "pinwheel_api", "pinwheel_sandbox.sandbox"]
    run(f"import sys\ndef test_it(): assert not set({heavy}) & set(sys.modules)").assert_outcomes(passed=1)


def test_it_does_no_harm_where_the_extra_is_not_installed(tmp_path: Path) -> None:
    """The plain install has the plugin too, but neither SQLAlchemy nor Starlette."""
    for name in ("sqlalchemy", "starlette", "uvicorn", "yaml"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('not installed')\n")
    (tmp_path / "test_it.py").write_text("def test_it(): pass\n")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "test_it.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
