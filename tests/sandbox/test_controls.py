"""What tests can do to a sandbox: the same in process and over a socket."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from pinwheel_api import APIConnectionError, Pinwheel, ServiceUnavailableError
from pinwheel_sandbox import RemoteSandbox, Sandbox
from pinwheel_sandbox.controls.faults import NEW_VALUE
from pinwheel_sandbox.controls.twin import ControlError, Controls

from .asking import Asker
from .receiving import Inbox

MINUTES = timedelta(minutes=15)


@pytest.fixture(params=["in process", "over a socket"])
def controls(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Controls]:
    if request.param == "in process":
        yield sandbox
    else:
        with sandbox.serve() as server:
            yield RemoteSandbox(server.url)


def test_snapshots_and_reset(controls: Controls, ask: Asker) -> None:
    first = ask.login()
    controls.snapshot("one")
    controls.move_clock(by=timedelta(days=3))
    ask.login()
    controls.restore("one")
    assert [account["id"] for account in ask("GET", "/v1/accounts").data] == [first.account_id]
    assert controls.read_clock().now == ask.sandbox.clock.now()
    controls.reset()
    assert ask("GET", "/v1/accounts").data == []
    with pytest.raises(ControlError, match="snapshot"):
        controls.restore("one")


def test_clock_is_moved(controls: Controls, sandbox: Sandbox) -> None:
    before = sandbox.clock.now()
    shown = controls.move_clock(by=timedelta(hours=2))
    assert (shown.now - before, shown.running) == (timedelta(hours=2), False)
    assert controls.move_clock(to=before).now == before
    assert controls.move_clock(speed=3600).running
    assert controls.read_clock().now > before


def test_events_on_demand_and_again(controls: Controls, sandbox: Sandbox, ask: Asker) -> None:
    account = ask.login()
    sandbox.clock.advance(timedelta(seconds=1))  # a webhook is told of what happens at its own moment, too
    inbox = Inbox()
    sandbox.listen(inbox)
    event_id = controls.trigger("paystubs.added", account.account_id, {"outcome": "error"})
    controls.deliver()
    assert inbox.trees[0]["event_id"] == event_id
    assert inbox.payloads("paystubs.added")[0]["outcome"] == "error"
    (delivery,) = controls.deliveries(event="paystubs.added", status="delivered")
    assert controls.redeliver(delivery.id).repeat_of == delivery.id
    controls.deliver()
    assert inbox.bodies[0] == inbox.bodies[1]
    assert controls.events()[0].id == event_id
    for event, account_id in (("no.such.event", None), ("paystubs.added", None), ("paystubs.added", "nonsense")):
        with pytest.raises(ControlError):
            controls.trigger(event, account_id)


def test_requests_are_logged(controls: Controls, ask: Asker) -> None:
    answered = ask("GET", "/v1/accounts", query={"limit": 3})
    logged = controls.requests(limit=1)[0]
    assert logged.request_id == answered.headers["x-pinwheel-request-id"]
    assert (logged.method, logged.path, logged.query, logged.status) == ("GET", "/v1/accounts", "limit=3", 200)


def test_faults_in_process(sandbox: Sandbox, ask: Asker) -> None:
    account = ask.login().account_id
    with sandbox.client(max_retries=0) as client:
        sandbox.fault("status", calls=2, status=503, path="/v1/accounts")
        for _ in range(2):
            with pytest.raises(ServiceUnavailableError):
                client.accounts.get(account)
        assert sandbox.faults() == []
        sandbox.fault("reset", calls=1)
        with pytest.raises(APIConnectionError):
            client.accounts.get(account)
        sandbox.fault("unknown_enum")
        assert client.accounts.get(account).monitoring_status == NEW_VALUE
        sandbox.clear_faults()
        sandbox.fault("unknown_field", calls=1)
        assert client.accounts.get(account).id == account
        sandbox.fault("null", calls=1, field="end_user_id")
        assert client.accounts.get(account).end_user_id is None
        sandbox.fault("status", share=0.0)
        assert client.accounts.get(account).end_user_id == "user_1"


@pytest.mark.parametrize("kind", ["reset", "truncate"])
def test_connections_break_over_a_socket(sandbox: Sandbox, kind: str) -> None:
    with sandbox.serve() as server, Pinwheel(sandbox.secret, base_url=server.url, max_retries=0) as client:
        RemoteSandbox(server.url).fault(kind, calls=1)  # type: ignore[arg-type]
        with pytest.raises(APIConnectionError):
            client.platforms.list().first()
        assert client.platforms.list().first()


def test_lost_answer_is_an_answer_to_a_call_that_was_made(sandbox: Sandbox, ask: Asker) -> None:
    account = ask.login().account_id
    sandbox.fault("status", calls=1, after=True)
    assert ask("POST", f"/v1/accounts/{account}/disconnect").status == 503
    assert ask("GET", f"/v1/accounts/{account}").data["connected"] is False


def test_bad_control_calls_are_refused(sandbox: Sandbox) -> None:
    with sandbox.serve() as server:
        for name, body in (
            ("faults", {"kind": "nonsense"}),
            ("faults", {"kind": "status", "calls": 0}),
            ("clock", {"now": "yesterday"}),
            ("clock", {"advance": -1}),
            ("events", {}),
            ("deliveries/redeliver", {"id": "x"}),
        ):
            answer = httpx.post(f"{server.url}/_sandbox/{name}", json=body)
            assert 400 <= answer.status_code < 500, (name, body, answer.text)
        assert httpx.put(f"{server.url}/_sandbox/clock").status_code == 405


def test_retries_end_after_fifteen_minutes(sandbox: Sandbox, ask: Asker) -> None:
    inbox = Inbox(*[500, 503, ConnectionError("nobody there"), 500, 502, 500])
    sandbox.listen(inbox, events=["income.added"])
    ask.login()
    sandbox.clock.advance(MINUTES)
    (delivery,) = sandbox.deliveries()
    assert (delivery.status, len(delivery.attempts), len(set(inbox.bodies))) == ("failed", 6, 1)
    waits = [late.at - early.at for early, late in zip(delivery.attempts, delivery.attempts[1:], strict=False)]
    assert waits == sorted(waits)
    assert delivery.attempts[-1].at - delivery.attempts[0].at <= MINUTES


@pytest.mark.parametrize(("answer", "status"), [(204, "delivered"), (404, "failed"), (302, "failed")])
def test_other_answers_are_final(sandbox: Sandbox, ask: Asker, answer: int, status: str) -> None:
    inbox = Inbox(answer)
    sandbox.listen(inbox, events=["income.added"])
    ask.login()
    sandbox.clock.advance(MINUTES)
    assert [delivery.status for delivery in sandbox.deliveries()] == [status]
    assert len(inbox.bodies) == 1


def test_webhook_that_fails_for_thirty_days_is_paused(sandbox: Sandbox, ask: Asker) -> None:
    inbox = Inbox(*[500] * 1000)
    hook = sandbox.listen(inbox, events=["bill.added"])
    for _ in range(3):
        sandbox.trigger("bill.added", payload={"id": "bill"})
        sandbox.clock.advance(timedelta(days=10))
    assert ask("GET", f"/v1/webhooks/{hook.id}").data["status"] == "active"
    sandbox.trigger("bill.added", payload={"id": "bill"})
    assert ask("GET", f"/v1/webhooks/{hook.id}").data["status"] == "paused"
    count = len(inbox.bodies)
    sandbox.trigger("bill.added", payload={"id": "bill"})
    assert len(inbox.bodies) == count


def test_duplicates_and_disorder(sandbox: Sandbox, ask: Asker) -> None:
    inbox = Inbox()
    sandbox.listen(inbox)
    sandbox.disturb(duplicates=1.0, shuffle=True)
    ask.login()
    ids = [tree["event_id"] for tree in inbox.trees]
    assert len(ids) == 2 * len(set(ids))
    stamps = [tree["event"] for tree in inbox.trees]
    assert stamps[0] != "account.added" or stamps != sorted(stamps, key=stamps.index)


def test_document_by_version(sandbox: Sandbox) -> None:
    with sandbox.serve() as server:
        for version in ("2021-04-29", "2025-07-08"):
            answer = httpx.get(f"{server.url}/openapi.json", headers={"pinwheel-version": version})
            assert answer.json()["info"]["version"] == version
        assert httpx.get(f"{server.url}/openapi.json", headers={"pinwheel-version": "x"}).status_code == 400
