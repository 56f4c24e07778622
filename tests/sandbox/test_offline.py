"""No address but this machine's is ever looked up or called."""

import subprocess
import sys

PROGRAM = """
import socket

def refuse(*arguments, **_):
    raise AssertionError(f"went out: {arguments}")

connect = socket.socket.connect

def connect_here(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in {"127.0.0.1", "::1"}:
        refuse(address)
    return connect(self, address)

look_up = socket.getaddrinfo
socket.socket.connect = connect_here
socket.getaddrinfo = lambda host, *a, **k: look_up(host, *a, **k) if host == "127.0.0.1" else refuse(host)

from pinwheel_api import Pinwheel
from pinwheel_sandbox import Sandbox

with Sandbox() as sandbox, sandbox.serve() as server, Pinwheel(sandbox.secret, base_url=server.url) as client:
    client.webhooks.create(
        url="https://example.com/hook", status="active", enabled_events=["income.added"], version="2025-07-08"
    )
    token = client.link_tokens.create(
        org_name="Acme", solution="Verify", features=["paystubs"], end_user_id="somebody"
    )
    login = sandbox.login(token.token)
    sandbox.deliver()
    print(len(list(client.accounts.paystubs.list(login.account_id))), sandbox.deliveries()[0].attempts[0].error)
"""


def test_a_whole_flow_stays_on_this_machine() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.startswith("31 ConnectionError: deliveries leave this machine only with deliver_anywhere")
