"""Try the installed wheel with only the plain install beside it: `python -I smoke.py WHEEL`. Standard library only.

Run by `nox -s smoke` in an environment that has no checkout, no extra and no test tool in it.
"""

import json
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import metadata
from typing import Any

PACKAGES = ("pinwheel_api", "pinwheel_overlays", "pinwheel_sandbox", "pinwheel_cli")
STRANGERS = ("pinwheel_generator/", "spec/", "tests/", "benchmarks/", "noxtasks/", "openapi/")


class Platforms(BaseHTTPRequestHandler):
    """Answers any GET with one platform, and keeps the headers it was asked with."""

    seen: dict[str, str]

    def do_GET(self) -> None:
        type(self).seen = {name.lower(): value for name, value in self.headers.items()}
        platform: dict[str, Any] = {
            "id": "9f3a4bb8-6b0e-4f4c-8d3a-0c1f5c7f9f00",
            "name": "Smoke Payroll",
            "type": "payroll",
            "logo_url": None,
            "last_updated": "2026-01-05T09:30:00.123456+00:00",
            "amount_supported": True,
            "fractional_amount_supported": True,
            "min_amount": None,
            "max_amount": None,
            "percentage_supported": True,
            "min_percentage": 1,
            "max_percentage": 100,
            "supported_jobs": ["paystubs", "a_job_of_tomorrow"],
        }
        body = json.dumps({"data": platform}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Pinwheel-Version", self.headers["Pinwheel-Version"])
        self.send_header("X-Pinwheel-Request-Id", "smoke")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Say nothing: the output is for what is wrong."""


def check_contents(wheel: str) -> None:
    """The wheel holds the four packages, each marked as typed, and nothing of the rest of the repository."""
    names = zipfile.ZipFile(wheel).namelist()
    for package in PACKAGES:
        assert f"{package}/py.typed" in names, f"{package} lacks py.typed"
    assert not [name for name in names if name.startswith(STRANGERS)]
    tops = {name.partition("/")[0] for name in names}
    assert len(tops) == len(PACKAGES) + 1, f"more than the four packages and the metadata: {sorted(tops)}"


def check_call() -> None:
    """One call over real HTTP comes back as a typed object, tolerant of what it does not know."""
    from pinwheel_api import Pinwheel

    server = HTTPServer(("127.0.0.1", 0), Platforms)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Pinwheel(api_secret="smoke-secret", base_url=f"http://127.0.0.1:{server.server_port}") as client:
        platform = client.platforms.get("9f3a4bb8-6b0e-4f4c-8d3a-0c1f5c7f9f00")
    server.shutdown()
    server.server_close()
    assert platform.name == "Smoke Payroll"
    assert "a_job_of_tomorrow" in (platform.supported_jobs or [])
    assert Platforms.seen["x-api-secret"] == "smoke-secret"
    assert Platforms.seen["pinwheel-version"] == Pinwheel.version


def main() -> None:
    """Run the checks; an assertion that fails ends the run."""
    check_contents(sys.argv[1])
    import pinwheel_api

    assert "site-packages" in str(pinwheel_api.__file__), f"not the wheel: {pinwheel_api.__file__}"
    loaded = {"httpx", "attrs", "msgspec"} & set(sys.modules)
    assert not loaded, f"import pinwheel_api loaded {loaded}"
    check_call()
    print(f"smoke: pinwheel-api {metadata.version('pinwheel-api')} installs, imports and calls")


if __name__ == "__main__":
    main()
