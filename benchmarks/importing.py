"""What a process pays before it has its first answer: the import, the client, the first decoded call."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from benchmarks.measure import best_processes
from benchmarks.table import Goal, Table, rows_of

ROUNDS = 25

ACCOUNT = "13eb6391-824f-4d1b-a110-440643168504"
EMPLOYMENT = {
    "data": {
        "id": "5b0ac52d-68ae-4d0f-a9d1-8b6f0b1a5d21",
        "created_at": "2025-06-24T06:12:00.948075+00:00",
        "updated_at": "2025-06-24T06:12:03.148075+00:00",
        "account_id": ACCOUNT,
        "status": "employed",
        "start_date": "2021-03-15",
        "termination_date": None,
        "employer_name": "Northwind Diner",
        "employer_address": {
            "raw": "12 Harbor Street, Portland, OR 97201",
            "line1": "12 Harbor Street",
            "line2": None,
            "city": "Portland",
            "state": "OR",
            "postal_code": "97201",
            "country": "US",
        },
        "employer_phone_number": {"value": "+15035550123", "type": "work"},
        "title": None,
    },
    "meta": {"refreshed_at": "2025-06-24T06:12:03.148075+00:00"},
}

EMPTY = "pass"
HTTPX = "import httpx"
OURS = "import pinwheel_api"
OUR_CALL = "from pinwheel_api import Pinwheel, then a first call"
HTTPX_CALL = "import httpx, then a first call with a bare client"

OUR_CALL_SCRIPT = """
from pinwheel_api import Pinwheel
client = Pinwheel(api_secret="secret", base_url="{address}")
assert client.accounts.employment.get("{account}").employer_name
"""
HTTPX_CALL_SCRIPT = """
import httpx
client = httpx.Client(headers={{"x-api-secret": "secret", "pinwheel-version": "2025-07-08"}}, verify=False)
assert client.get("{address}/v1/accounts/{account}/employment").json()["data"]["employer_name"]
"""


def import_table(python: str) -> Table:
    """Time fresh processes of a `python` that has only the plain install, and set them beside `import httpx`."""
    with _server() as address:
        scripts = {
            EMPTY: "pass",
            OURS: "import pinwheel_api",
            HTTPX: "import httpx",
            HTTPX_CALL: HTTPX_CALL_SCRIPT.format(address=address, account=ACCOUNT),
            OUR_CALL: OUR_CALL_SCRIPT.format(address=address, account=ACCOUNT),
        }
        seconds = best_processes(python, scripts, rounds=ROUNDS)
    started = seconds.pop(EMPTY)
    net = {name: value - started for name, value in seconds.items()}
    return Table(
        title="Import and first call",
        method=(
            "CPU time of a whole process, user and system, less that of an interpreter that does nothing; best of "
            f"{ROUNDS} in turns, in an environment with the plain install only. The calls go to a server in another "
            "process on loopback, over plain HTTP, for which neither loads certificates, and decode an employment."
        ),
        columns=("to `import httpx`", "to bare httpx's first call"),
        rows=rows_of(net, bases=(HTTPX, HTTPX_CALL), ours={OURS, OUR_CALL}),
        goals=[
            Goal("`import pinwheel_api` to `import httpx`", 0.1, net[OURS] / net[HTTPX]),
            Goal("client and first decoded call to `import httpx`", 1.8, net[OUR_CALL] / net[HTTPX]),
        ],
    )


class _Employment(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = json.dumps(EMPLOYMENT, separators=(",", ":")).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Pinwheel-Version", self.headers["Pinwheel-Version"])
        self.send_header("X-Pinwheel-Request-Id", "benchmark")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Keep the output for the tables."""


@contextmanager
def _server() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Employment)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
