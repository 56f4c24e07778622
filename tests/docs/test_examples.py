"""Every program in examples/ runs as it stands, in a process of its own, and says what it is there to say.

The demo and the quickstarts have their own tests beside the sandbox. Those of webhooks are applications and end by no
means of their own: tests/webhooks runs each of them on its server.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.servers.threaded import listening

EXAMPLES = Path(__file__).parents[2] / "examples"
ELSEWHERE = {"demo.py", "quickstart.py", "quickstart_async.py"}
APPLICATIONS = "webhooks_"
PROGRAMS = sorted(
    path.name for path in EXAMPLES.glob("*.py") if path.name not in ELSEWHERE and not path.name.startswith(APPLICATIONS)
)
SAID = {
    "checkpoint_job.py": "40 paystubs copied, stopped\n80 paystubs copied, stopped\n93 paystubs copied, done\n",
    "drift_report.py": "Paystub at $.data[*].taxes is null",
    "http_client.py": "Acme Corporation through no proxy",
    "rate_limit.py": "paced: 0 of 120 refused",
    "metrics_hooks.py": 'pinwheel_requests_total{operation="employers.list",outcome="HTTP 503"} 1\n',
}


def run(name: str, *arguments: str) -> str:
    """Run an example with warnings as errors; skip it, saying why, where it needs a package that is not installed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PINWHEEL_")}
    command = [sys.executable, "-W", "error", str(EXAMPLES / name), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)
    missing = re.search(r"ModuleNotFoundError: No module named '(?!pinwheel)([^'.]+)", done.stderr)
    if missing:
        pytest.skip(f"{name} needs the package {missing[1]}, which is not installed here")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("name", PROGRAMS)
def test_example(name: str) -> None:
    assert SAID.get(name, "") in run(name)


class Proxy(BaseHTTPRequestHandler):
    """A forward proxy for plain HTTP; it notes the paths that pass through."""

    passed: list[str]

    def do_GET(self) -> None:
        request = urllib.request.Request(self.path, headers=dict(self.headers))
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            self.passed.append(self.path.partition("?")[0])
            self.send_response(answer.status)
            for header, value in answer.headers.items():
                self.send_header(header, value)
            self.end_headers()
            self.wfile.write(answer.read())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by the standard library
        """Say nothing."""


@pytest.fixture
def proxy() -> Iterator[str]:
    Proxy.passed = []
    with listening(Proxy) as url:
        yield url


def test_the_proxy_of_an_http_client_is_used(proxy: str) -> None:
    assert f"Acme Corporation through {proxy}" in run("http_client.py", "--proxy", proxy)
    assert [path.rpartition("/")[2] for path in Proxy.passed] == ["search"]
