"""client.wait_for against the real sandbox, whose clock moves as the client sleeps; for threads and for tasks alike."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pinwheel_api import (
    APIConnectionError,
    InvalidInputError,
    JobFailedError,
    NotFoundError,
    Pinwheel,
    PinwheelError,
    Ready,
    WaitTimeoutError,
)
from pinwheel_api.webhooks import WebhookReceiver, asgi_app
from pinwheel_overlays.errors import ConfigurationError
from pinwheel_overlays.timing import AsyncTiming, Timing
from pinwheel_sandbox import Sandbox, SandboxProcess, Settings
from pinwheel_sandbox.clock import Clock
from pinwheel_sandbox.link.terms import Login

from .serving import serve_asgi

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
VERSIONS = [
    "2021-04-29", "2021-07-28", "2022-03-02", "2022-06-22", "2022-09-09",
    "2023-04-18", "2023-07-18", "2023-11-22", "2025-07-08",
]  # fmt: skip


class Bench:
    """A sandbox at Pinwheel's pace, and clients by whose sleep its time passes."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.slept = 0.0
        self.at: dict[float, Callable[[], object]] = {}
        """What is done once so many seconds were slept."""
        self.sandbox = Sandbox(clock=Clock(START), settings=Settings(pace=1))
        self.receiver = WebhookReceiver([self.sandbox.secret], tolerance=None)

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.sandbox.clock.advance(timedelta(seconds=seconds))
        self.sandbox.deliver()
        for moment in [each for each in self.at if each <= self.slept]:
            self.at.pop(moment)()

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)
        await asyncio.sleep(0)

    def client(self, version: str = "2025-07-08", **options: Any) -> Any:
        if self.kind == "task":
            timing: Any = AsyncTiming(self.asleep, lambda: self.slept)
            return self.sandbox.async_client(version, timing=timing, **options)
        return self.sandbox.client(version, timing=Timing(self.sleep, lambda: self.slept), **options)

    def wait(self, client: Any, *arguments: Any, **options: Any) -> Ready:
        done = client.wait_for(*arguments, **options)
        if inspect.isawaitable(done):

            async def main() -> Any:
                return await done

            done = asyncio.run(main())
        ready: Ready = done
        return ready

    def login(self, username: str = "user_good", **options: Any) -> Login:
        token = self.sandbox.client().link_tokens.create(
            org_name="Acme", solution="Verify", features=["paystubs"], end_user_id="user_1", **options
        )
        return self.sandbox.login(token.token, username=username)

    def asked(self) -> list[str]:
        """The paths of the questions of waits, oldest first."""
        paths = [each.path for each in reversed(self.sandbox.requests())]
        return [path for path in paths if path.startswith(("/v1/accounts/", "/v1/jobs"))]

    def listen(self) -> None:
        self.sandbox.listen(lambda body, headers: self.receiver.receive(body, headers).status)


@pytest.fixture(params=["thread", "task"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    made = Bench(request.param)
    with made.sandbox:
        yield made


class TestByPolling:
    @pytest.mark.parametrize("version", VERSIONS)
    def test_it_ends_when_the_data_is_there(self, bench: Bench, version: str) -> None:
        account = bench.login().account_id
        ready = bench.wait(bench.client(version), account, "employment")
        assert (ready.account_id, ready.data, ready.told_by) == (account, "employment", "polling")
        assert ready.at == START + timedelta(seconds=7.39)
        assert 7.39 <= bench.slept < 12
        assert bench.sandbox.client().accounts.employment.get(account).employer_name

    def test_it_asks_less_and_less_often(self, bench: Bench) -> None:
        account = bench.login().account_id
        bench.wait(bench.client(), account, "employment")
        # After 0, 1, 2.5, 4.75 seconds it was not there, after 8.1 it was. Jobs are asked for only where it is not.
        assert len(bench.asked()) == 2 * 4 + 1

    @pytest.mark.parametrize("data", ["identity", "income", "paystubs", "shifts", "direct_deposit_allocations"])
    def test_each_kind_of_data_can_be_waited_for(self, bench: Bench, data: str) -> None:
        account = bench.login().account_id
        assert bench.wait(bench.client(), account, data).at is not None

    def test_what_is_there_already_costs_one_question_and_no_time(self, bench: Bench) -> None:
        account = bench.login().account_id
        bench.sandbox.clock.advance(timedelta(minutes=1))
        assert bench.wait(bench.client(), account, "paystubs", timeout=0).told_by == "polling"
        assert (bench.slept, bench.asked()) == (0, [f"/v1/accounts/{account}"])

    def test_what_was_there_before_does_not_count_with_since(self, bench: Bench) -> None:
        account = bench.login().account_id
        bench.sandbox.clock.advance(timedelta(days=1))
        before = bench.sandbox.clock.now()
        bench.at[20] = lambda: bench.login(account_id=account)
        ready = bench.wait(bench.client(), account, "paystubs", since=before)
        assert ready.at is not None
        assert ready.at > before
        assert bench.slept > 20


class TestByWebhook:
    def test_the_webhook_ends_it_at_once(self, bench: Bench) -> None:
        account = bench.login().account_id
        bench.listen()
        client = bench.client().attach(bench.receiver)
        ready = bench.wait(client, account, "employment")
        assert ready == Ready(account, "employment", START + timedelta(seconds=7.39), "webhook")
        assert 7.39 <= bench.slept < 7.6
        # Twice: once to begin with, once more a second later, and from then on the webhook is relied on.
        assert len(bench.asked()) == 4

    def test_other_events_do_not_end_it(self, bench: Bench) -> None:
        account, other = bench.login().account_id, bench.login().account_id
        bench.listen()
        bench.at[0.2] = lambda: bench.sandbox.trigger("employment.added", other)
        bench.at[0.3] = lambda: bench.sandbox.trigger("paystubs.fully_synced", account)
        bench.at[0.4] = lambda: bench.sandbox.trigger("account.monitoring_status.updated", account)
        bench.wait(bench.client().attach(bench.receiver), account, "employment")
        assert bench.slept > 7

    def test_a_lost_webhook_costs_half_a_minute(self, bench: Bench) -> None:
        account = bench.login().account_id
        ready = bench.wait(bench.client().attach(bench.receiver), account, "employment")
        assert ready.told_by == "polling"
        assert 30 < bench.slept < 33

    def test_a_webhook_of_a_failed_job_ends_it_too(self, bench: Bench) -> None:
        account = bench.login().account_id
        bench.listen()
        failed = {"outcome": "error", "error_type": "systemError", "error_code": "genericError"}
        bench.at[0.1] = lambda: bench.sandbox.trigger("tax_forms.added", account, failed)
        with pytest.raises(JobFailedError, match=r"the job tax_forms of account .* failed: systemError genericError"):
            bench.wait(bench.client().attach(bench.receiver), account, "tax_forms")
        assert bench.slept < 1

    def test_nobody_looks_on_when_it_is_over(self, bench: Bench) -> None:
        account = bench.login().account_id
        client = bench.client().attach(bench.receiver)
        with pytest.raises(WaitTimeoutError):
            bench.wait(client, account, "tax_forms", timeout=3)
        assert bench.receiver.watches._watching == []

    def test_attach_none_goes_back_to_asking(self, bench: Bench) -> None:
        account = bench.login().account_id
        bench.listen()
        client = bench.client().attach(bench.receiver).attach(None)
        assert bench.wait(client, account, "employment").told_by == "polling"


class TestTroubles:
    @pytest.mark.parametrize("attached", [False, True])
    def test_a_timeout_names_the_account_the_data_and_the_time(self, bench: Bench, attached: bool) -> None:
        account = bench.login().account_id
        client = bench.client().attach(bench.receiver if attached else None)
        with pytest.raises(WaitTimeoutError) as caught:
            bench.wait(client, account, "tax_forms", timeout=45)
        assert isinstance(caught.value, PinwheelError | TimeoutError)
        for part in (account, "tax_forms", "within 45 s", "asked"):
            assert part in str(caught.value)
        assert bench.slept == pytest.approx(45, abs=0.1)

    def test_a_failed_job_is_told_with_its_reason(self, bench: Bench) -> None:
        account = bench.login("user_error").account_id
        with pytest.raises(JobFailedError) as caught:
            bench.wait(bench.client(), account, "paystubs")
        error = caught.value
        assert (error.account_id, error.data) == (account, "paystubs")
        assert error.error_type
        assert str(error) == f"the job paystubs of account {account} failed: {error.error_type} {error.error_code}"

    def test_a_pending_job_is_waited_for(self, bench: Bench) -> None:
        account = bench.login("user_pending").account_id
        with pytest.raises(JobFailedError):
            bench.wait(bench.client(), account, "paystubs")
        assert 60 <= bench.slept < 80

    def test_troubles_of_the_service_are_sat_out(self, bench: Bench) -> None:
        account = bench.login().account_id
        for kind in ("status", "reset"):
            bench.sandbox.fault(kind, calls=2)  # type: ignore[arg-type]
        assert bench.wait(bench.client(max_retries=0), account, "employment").told_by == "polling"

    def test_the_last_trouble_is_the_cause_of_a_timeout(self, bench: Bench) -> None:
        account = bench.login().account_id
        bench.sandbox.fault("reset")
        with pytest.raises(WaitTimeoutError) as caught:
            bench.wait(bench.client(max_retries=0), account, "employment", timeout=5)
        assert isinstance(caught.value.__cause__, APIConnectionError)

    def test_what_pinwheel_refuses_is_raised_at_once(self, bench: Bench) -> None:
        with pytest.raises(NotFoundError):
            bench.wait(bench.client(), "00000000-0000-4000-8000-000000000000", "paystubs")
        assert bench.slept == 0

    @pytest.mark.parametrize("version", ["2021-04-29", "2025-07-08"])
    def test_there_must_be_such_a_job(self, bench: Bench, version: str) -> None:
        account = bench.login().account_id
        with pytest.raises(InvalidInputError, match="paystubs"):
            bench.wait(bench.client(version), account, "paystub")

    @pytest.mark.parametrize(
        "options",
        [{"timeout": -1}, {"timeout": float("inf")}, {"timeout": float("nan")}, {"since": START.replace(tzinfo=None)}],
    )
    def test_bad_options_are_refused(self, bench: Bench, options: Any) -> None:
        with pytest.raises(InvalidInputError):
            bench.wait(bench.client(), "a", "paystubs", **options)
        assert bench.asked() == []


def test_a_client_without_calls_says_so() -> None:
    from pinwheel_overlays.client import ClientBase

    class Bare(ClientBase):
        version = "2025-07-08"

    with pytest.raises(ConfigurationError, match="needs a client of pinwheel_api"):
        Bare("secret").wait_for("a", "paystubs")


def test_a_cancelled_wait_stops_looking_on() -> None:
    bench = Bench("task")

    async def main() -> None:
        client = bench.sandbox.async_client().attach(bench.receiver)
        account = await asyncio.to_thread(lambda: bench.login().account_id)
        task = asyncio.create_task(client.wait_for(account, "tax_forms", timeout=60))
        async with asyncio.timeout(20):
            while not bench.receiver.watches._watching:  # noqa: ASYNC110 - nothing public shows it
                await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with bench.sandbox:
        asyncio.run(main())
    assert bench.receiver.watches._watching == []


def test_it_is_told_by_a_real_delivery_over_real_sockets() -> None:
    with SandboxProcess() as sandbox:
        receiver = WebhookReceiver([sandbox.secret])
        with serve_asgi(asgi_app(receiver)) as port, Pinwheel(sandbox.secret, base_url=sandbox.url) as client:
            client.webhooks.create(
                url=f"http://127.0.0.1:{port}/",
                status="active",
                enabled_events=["tax_forms.added"],
                version="2025-07-08",
            )
            token = client.link_tokens.create(
                org_name="Acme", solution="Verify", features=["paystubs"], end_user_id="user_1"
            )
            account = sandbox.login(token.token).account_id
            import threading

            threading.Timer(0.5, sandbox.trigger, ("tax_forms.added", account)).start()
            ready = client.attach(receiver).wait_for(account, "tax_forms", timeout=60)
    assert (ready.account_id, ready.data, ready.told_by) == (account, "tax_forms", "webhook")
