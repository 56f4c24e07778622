"""Events reach the webhooks that want them, as Pinwheel was recorded to send them."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from pinwheel_api import webhooks
from pinwheel_sandbox import Sandbox, Settings
from pinwheel_sandbox.clock import Clock

from .asking import Asker
from .conftest import RECORDED
from .receiving import Inbox, ListeningServer

LOGIN = [
    "account.added",
    "identity.added",
    "income.added",
    "paystubs.added",
    "shifts.added",
    "paystubs.added",
    "paystubs.added",
    "shifts.added",
    "paystubs.added",
    "paystubs.fully_synced",
    "shifts.added",
    "employment.added",
]
RECORDED_EVENTS = sorted(set(LOGIN))


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.mark.parametrize("pace", [0, 1])
def test_login_sets_off_the_recorded_deliveries(inbox: Inbox, pace: float) -> None:
    clock = Clock(RECORDED)
    with Sandbox(clock=clock, settings=Settings(pace=pace)) as sandbox:
        hook = sandbox.listen(inbox, events=RECORDED_EVENTS, version="2023-11-22")
        login = Asker(sandbox).login()
        if pace:
            assert inbox.names == ["account.added"]
            for _ in range(20):
                clock.advance(timedelta(seconds=0.5))
        assert inbox.names == LOGIN
        assert [len(p["added"]) for p in inbox.payloads("paystubs.added")] == [1, 1, 2, 27]
        assert [len(p["added"]) for p in inbox.payloads("shifts.added")] == [7, 23, 60]
        ids = {item["id"] for payload in inbox.payloads("paystubs.added") for item in payload["added"]}
        with sandbox.client() as client:
            assert ids == {stub.id for stub in client.accounts.paystubs.list(login.account_id)}
        closing, synced = inbox.payloads("paystubs.added")[-1], inbox.payloads("paystubs.fully_synced")[0]
        assert (synced["id"], synced["timestamp"]) == (closing["id"], closing["timestamp"])
        assert list(closing["params"]) == ["count", "from_pay_date", "to_pay_date", "sync_status"]
        assert list(synced["params"]) == ["count", "from_pay_date", "to_pay_date"]
        assert len({tree["event_id"] for tree in inbox.trees}) == len(LOGIN)
        assert {headers["X-Pinwheel-Webhook-Id"] for headers in inbox.headers} == {hook.id}


def test_bytes_and_headers_are_as_recorded(sandbox: Sandbox, ask: Asker, inbox: Inbox) -> None:
    sandbox.listen(inbox, events=["account.added", "identity.added"], version="2023-11-22")
    ask.login(end_user_id="café")
    account, identity = inbox.bodies
    assert account == json.dumps(json.loads(account)).encode()
    assert account.startswith(b'{"event_id": "')
    assert list(json.loads(account)["payload"]) == [
        "created_at",
        "link_token_id",
        "platform_id",
        "platform_name",
        "connected",
        "monitoring_status",
        "end_user_id",
        "account_id",
    ]
    payload = json.loads(identity)["payload"]
    assert list(payload) == [
        "id",
        "name",
        "timestamp",
        "outcome",
        "error_code",
        "error_type",
        "link_token_id",
        "params",
        "account_id",
        "end_user_id",
    ]
    assert (payload["error_code"], payload["error_type"], payload["params"]) == (None, None, {})
    headers = inbox.headers[0]
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"] == "python-requests/2.31.0"
    assert headers["Pinwheel-Version"] == "2023-11-22"
    assert headers["X-Timestamp"] == str(int(RECORDED.timestamp()))


@pytest.mark.parametrize("version", ["2022-09-09", "2023-04-18", "2023-07-18", "2023-11-22", "2025-07-08"])
def test_deliveries_verify_and_parse_in_every_version(sandbox: Sandbox, ask: Asker, inbox: Inbox, version: str) -> None:
    sandbox.listen(inbox, version=version)
    account = ask.login(
        features=["direct_deposit_switch"],
        allocation={"targets": [{"account_number": "1234567890", "routing_number": "074645240", "type": "savings"}]},
        solution="Deposit Switch",
    )
    ask("PATCH", f"/v1/sandbox/accounts/{account.account_id}", body={"monitoring_status": "user_action_required"})
    drifts: list[object] = []
    for body, headers in zip(inbox.bodies, inbox.headers, strict=True):
        event = webhooks.parse(body, headers, "sandbox", tolerance=None, on_drift=drifts.append)
        assert not isinstance(event, webhooks.UnknownEvent)
    assert drifts == []
    assert "account.monitoring_status.updated" in inbox.names
    switch = inbox.payloads("direct_deposit_switch.added")[0]
    assert ("action" in switch["params"]) is (version >= "2023-11-22")
    assert ("platform_id" in switch) is (version == "2025-07-08")


def test_webhooks_get_only_what_they_want(sandbox: Sandbox, ask: Asker, inbox: Inbox) -> None:
    late, other, paused = Inbox(), Inbox(), Inbox()
    sandbox.listen(inbox, events=["income.added"])
    sandbox.listen(other, events=["bill.added"])
    hook = sandbox.listen(paused, events=["income.added"])
    ask("PUT", f"/v1/webhooks/{hook.id}", body={"status": "paused"})
    ask.login()
    sandbox.clock.advance(timedelta(minutes=1))
    sandbox.listen(late, events=["income.added"])
    assert (inbox.names, other.names, paused.names, late.names) == (["income.added"], [], [], [])


def test_pending_job_is_told_twice(sandbox: Sandbox, ask: Asker, inbox: Inbox) -> None:
    sandbox.listen(inbox, events=["income.added"])
    sandbox.login(ask.token(), username="user_pending")
    sandbox.clock.advance(timedelta(seconds=70))
    told = inbox.payloads("income.added")
    assert [payload["outcome"] for payload in told] == ["pending", "error"]
    assert told[0]["id"] == told[1]["id"]


def test_a_receiver_may_call_back(sandbox: Sandbox, ask: Asker) -> None:
    read: list[int] = []

    def receive(body: bytes, headers: Mapping[str, str]) -> None:
        event: Any = webhooks.parse(body, headers, "sandbox", tolerance=None)
        with sandbox.client() as client:
            read.append(len(list(client.accounts.paystubs.list(event.payload.account_id))))
            client.sandbox.accounts.update(event.payload.account_id, monitoring_status="user_action_required")

    sandbox.listen(receive, events=["paystubs.fully_synced"])
    inbox = Inbox()
    sandbox.listen(inbox, events=["account.monitoring_status.updated"])
    ask.login()
    assert read == [31]
    assert inbox.names == ["account.monitoring_status.updated"]


def test_documents_and_companies_are_told(sandbox: Sandbox, inbox: Inbox) -> None:
    sandbox.listen(inbox, events=["documents.added", "company_connect.census.added", "company_connect.status.updated"])
    sandbox.add_document("user_1", "paystub")
    with sandbox.client() as client:
        connection = client.company_connections.create(company_name="Acme Corporation")
        token = client.company_connect.link_tokens.create(
            org_name="Acme Bank", company_connect={"company_connection_id": connection.id}
        )
        sandbox.login_to_company(token.token)
    assert inbox.names == [
        "documents.added",
        "company_connect.status.updated",
        "company_connect.census.added",
        "company_connect.status.updated",
    ]
    assert inbox.payloads("documents.added")[0]["params"] == {"document_type": "paystub"}


def test_every_status_of_a_company_is_told(sandbox: Sandbox, inbox: Inbox) -> None:
    sandbox.listen(inbox, events=["company_connect.status.updated"])
    with sandbox.client() as client:
        connection = client.company_connections.create(company_name="Acme Corporation")
        seen = [str(connection.status)]
        for username in ("user_error", "user_good", "user_good", "user_error", "user_good"):
            sandbox.clock.advance(timedelta(minutes=1))
            token = client.company_connect.link_tokens.create(
                org_name="Acme Bank", company_connect={"company_connection_id": connection.id}
            )
            sandbox.login_to_company(token.token, username=username)
            current = client.company_connections.get(connection.id)
            seen.append(str(current.status))
            assert inbox.trees[-1]["payload"]["status"] == current.status
            assert datetime.fromisoformat(inbox.trees[-1]["payload"]["status_updated_at"]) == current.status_updated_at
    statuses = [payload["status"] for payload in inbox.payloads("company_connect.status.updated")]
    assert statuses == ["connection_failed", "processing", "data_available", "reconnect_needed", "data_available"]
    assert seen == [
        "ready_to_connect",
        "connection_failed",
        *["data_available"] * 2,
        "reconnect_needed",
        "data_available",
    ]


def test_deliveries_over_http(sandbox: Sandbox, ask: Asker) -> None:
    with ListeningServer() as receiver:
        sandbox.listen(f"{receiver.url}/hook?a=b#tag", events=["income.added"], version="2023-11-22")
        ask.login()
        assert receiver.paths == ["/hook?a=b"]
        headers = {name.lower(): value for name, value in receiver.headers[0].items()}
        assert {"host", "content-length"} <= set(headers)
        assert headers["accept-encoding"] == "gzip, deflate"
        assert isinstance(
            webhooks.parse(receiver.bodies[0], headers, "sandbox", tolerance=None).event_id,  # type: ignore[attr-defined]
            str,
        )


def test_a_server_delivers_by_itself() -> None:
    with Sandbox() as sandbox, sandbox.serve() as server, ListeningServer() as receiver:
        sandbox.listen(receiver.url, events=["employment.added"])
        token = Asker(sandbox).token()
        httpx.post(f"{server.url}/_sandbox/link/complete", json={"token": token}).raise_for_status()
        assert receiver.wait_for(1)
        body, headers = receiver.bodies[0], receiver.headers[0]
        assert webhooks.parse(body, headers, "sandbox").event_id == json.loads(body)["event_id"]


def test_nothing_leaves_this_machine(sandbox: Sandbox, ask: Asker) -> None:
    with sandbox.client() as client:
        client.webhooks.create(
            url="https://example.com/hook", status="active", enabled_events=["income.added"], version="2025-07-08"
        )
    ask.login()
    (delivery,) = sandbox.deliveries()
    assert "deliver_anywhere" in (delivery.attempts[0].error or "")
