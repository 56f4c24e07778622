"""The same over a socket: a server in a thread, and one in a process of its own."""

import asyncio
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from pinwheel_api import AsyncPinwheel, NotFoundError, Pinwheel, v2023_04_18
from pinwheel_sandbox import LinkError, RemoteSandbox, Sandbox, SandboxProcess
from pinwheel_sandbox.faces.face import DATES

from .contract import check


@pytest.fixture(scope="module")
def process() -> Iterator[SandboxProcess]:
    with SandboxProcess() as process:
        yield process


def test_flow_against_a_process(process: SandboxProcess) -> None:
    with Pinwheel(process.secret, base_url=process.url) as pinwheel:
        token = pinwheel.link_tokens.create(
            org_name="Acme Bank", solution="Verify", features=["paystubs"], end_user_id="sync"
        )
        login = process.login(token.token)
        assert login.end_user_id == "sync"
        assert len(list(pinwheel.accounts.paystubs.list(login.account_id, limit=10))) == 31
        with pytest.raises(NotFoundError):
            pinwheel.accounts.get("nonsense")
        with pytest.raises(LinkError) as caught:
            process.login(token.token)
        assert (caught.value.type, caught.value.code) == ("invalidLinkToken", "usedLinkToken")


def test_async_flow_against_a_process(process: SandboxProcess) -> None:
    async def flow() -> int:
        async with AsyncPinwheel(process.secret, base_url=process.url) as pinwheel:
            token = await pinwheel.link_tokens.create(
                org_name="Acme Bank", solution="Verify", features=["paystubs"], end_user_id="async"
            )
            login = await asyncio.to_thread(process.login, token.token)
            reads = [pinwheel.accounts.employment.get(login.account_id) for _ in range(20)]
            return len({employment.id for employment in await asyncio.gather(*reads)})

    assert asyncio.run(flow()) == 1


@pytest.mark.parametrize("version", DATES)
def test_every_version_answers_over_the_socket(process: SandboxProcess, version: str) -> None:
    headers = {"x-api-secret": process.secret, "pinwheel-version": version}
    answer = httpx.get(f"{process.url}/v1/platforms", params={"include_esps": "true"}, headers=headers)
    check(version, "GET", "/v1/platforms", answer.status_code, answer.headers, answer.json())
    assert b'": ' not in answer.content
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("size", [1_500_000, 20_000_000])
def test_huge_bodies_are_answered(process: SandboxProcess, size: int) -> None:
    headers = {"x-api-secret": process.secret, "content-type": "application/json"}
    answer = httpx.post(f"{process.url}/v1/link_tokens", content=b"x" * size, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "BODY_TOO_LARGE")


def test_many_connections_at_once(process: SandboxProcess) -> None:
    headers = {"x-api-secret": process.secret, "pinwheel-version": "2025-07-08"}

    def work(number: int) -> int:
        return httpx.get(f"{process.url}/v1/search?q=a&limit={number + 1}", headers=headers).json()["meta"]["count"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(24))) == list(range(1, 25))


def test_encoded_slashes_stay_in_their_segment(process: SandboxProcess) -> None:
    headers = {"x-api-secret": process.secret, "pinwheel-version": "2025-07-08"}
    body = {"org_name": "Acme Bank", "solution": "Verify", "features": ["paystubs"], "end_user_id": "a/b c"}
    assert httpx.post(f"{process.url}/v1/link_tokens", json=body, headers=headers).status_code == 200
    assert httpx.get(f"{process.url}/v1/end_users/a%2Fb%20c/accounts", headers=headers).status_code == 200
    assert httpx.get(f"{process.url}/v1/end_users/a/b%20c/accounts", headers=headers).status_code == 404


@pytest.mark.parametrize("name", ["a%0Ab", "%0D%0Ax:%20y", "%E2%80%A8", "..%2F..", "%25"])
def test_odd_characters_in_a_path_are_answered_in_pinwheels_shape(process: SandboxProcess, name: str) -> None:
    headers = {"x-api-secret": process.secret, "pinwheel-version": "2025-07-08"}
    answer = httpx.get(f"{process.url}/v1/accounts/{name}/income", headers=headers)
    assert (answer.status_code, answer.json()["error"]["type"]) == (404, "RECORD_NOT_FOUND")


def test_control_calls(process: SandboxProcess) -> None:
    assert httpx.get(f"{process.url}/_sandbox/health").json()["data"]["status"] == "ok"
    with pytest.raises(LinkError, match="invalidLinkTokenSignature"):
        RemoteSandbox(process.url).login("nonsense")


def test_a_process_can_be_told_all_that_a_sandbox_can(process: SandboxProcess) -> None:
    with Pinwheel(process.secret, base_url=process.url) as pinwheel:
        asked: Any = {"org_name": "Acme Bank", "solution": "Verify", "features": ["paystubs"], "end_user_id": "remote"}
        token = pinwheel.link_tokens.create(**asked).token
        with pytest.raises(LinkError, match="challengeAnswerIncorrect"):
            process.login(token, username="user_mfa", mfa_code="wrong")
        account = process.login(token, username="user_mfa").account_id
        assert process.add_document("remote", "paystub") in {d.id for d in pinwheel.end_users.documents.list("remote")}
        connection = pinwheel.company_connections.create(company_name="Acme Corporation").id
        company: Any = {"company_connection_id": connection}
        made = pinwheel.company_connect.link_tokens.create(org_name="Acme Bank", company_connect=company)
        assert process.login_to_company(made.token).company_connection_id == connection
        with v2023_04_18.Pinwheel(process.secret, base_url=process.url) as older:
            site = older.sites.create(
                org_name="Acme Bank",
                required_jobs=["paystubs"],
                end_user_id="remote",
                redirect_url="https://example.com/back",
            )
        assert process.finish_site(site.id).startswith("https://example.com/back?")
        people = "people:\n  - {username: r, full_name: R, incomes: [{amount: 2000}]}\n"
        assert process.load(people) == []
        token = pinwheel.link_tokens.create(**asked).token
        other = process.login(token, username="r").account_id
        assert pinwheel.accounts.identity.get(other).full_name == "R"
        assert other != account


def test_server_and_program_share_one_state(sandbox: Sandbox) -> None:
    with sandbox.serve() as server, Pinwheel(sandbox.secret, base_url=server.url) as outside:
        token = outside.link_tokens.create(
            org_name="Acme Bank", solution="Verify", features=["paystubs"], end_user_id="user_1"
        )
        login = sandbox.login(token.token)
        assert outside.accounts.get(login.account_id) == sandbox.client().accounts.get(login.account_id)
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)


def test_answers_do_not_wait_for_an_acknowledgement(sandbox: Sandbox) -> None:
    """40 ms each, otherwise: the fastest of some calls is under that on any machine."""
    with sandbox.serve() as server, Pinwheel(sandbox.secret, base_url=server.url, rate_limit=None) as pinwheel:
        times = []
        for _ in range(20):
            begun = time.monotonic()
            pinwheel.webhooks.list().first()
            times.append(time.monotonic() - begun)
    assert min(times[1:]) < 0.035


def test_port_in_use_is_an_error(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        sandbox.serve(port=taken.getsockname()[1])


def test_process_that_cannot_start_says_why(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="did not start"):
        SandboxProcess(port=taken.getsockname()[1])
    assert "Address already in use" in capfd.readouterr().err
    with pytest.raises(OSError, match="did not start"):
        SandboxProcess(database="nothing://here")
    assert "Traceback" not in capfd.readouterr().err


def test_state_in_a_file_survives_a_kill(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'sandbox.db'}"
    command = [sys.executable, "-m", "pinwheel_sandbox", "--port", "0", "--db", database]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().split()[-1]
        with Pinwheel("sandbox", base_url=url) as pinwheel:
            made = [
                pinwheel.link_tokens.create(
                    org_name="Acme Bank", solution="Verify", features=["paystubs"], end_user_id=f"user_{number}"
                )
                for number in range(5)
            ]
        server.send_signal(signal.SIGKILL)
    with SandboxProcess(database=database) as again:
        assert [again.login(token.token).end_user_id for token in made] == [f"user_{number}" for number in range(5)]
