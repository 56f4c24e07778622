"""A bank's web page that opens Link, against the local sandbox: run it, open the address that it prints, log in as
`user_good` with `pass_good`. It ends when its standard input does: with Ctrl-D.

In production the script comes from https://cdn.getpinwheel.com, and nothing else on the page is different.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
from pinwheel_api import Pinwheel
from pinwheel_api.v2025_07_08.link import AnyLinkEvent, LinkLogin, LinkSuccess
from pinwheel_sandbox import Sandbox

PAGE = """<!doctype html>
<html lang="en">
  <title>Fernmoor Bank</title>
  <script src="SCRIPT"></script>
  <h1>Fernmoor Bank</h1>
  <button id="connect">Connect my payroll account</button>
  <script src="/bank.js"></script>
</html>
"""
BANK = """
const send = (path, body) => fetch(path, { method: "POST", body: JSON.stringify(body) });

document.getElementById("connect").addEventListener("click", async () => {
  const { token } = await (await send("/link-token", {})).json();
  Pinwheel.open({
    linkToken: token,
    onEvent: (eventName, payload) => send("/link-events", { eventName, payload }),
    onExit: () => { document.getElementById("connect").textContent = "Thank you"; },
  });
});
"""


class Bank(BaseHTTPRequestHandler):
    """The bank's own server: it keeps the API secret, and stores what the page reports."""

    pinwheel: Pinwheel
    script: str

    def do_GET(self) -> None:
        """The page and its script."""
        pages = {"/": ("text/html", PAGE.replace("SCRIPT", self.script)), "/bank.js": ("text/javascript", BANK)}
        kind, text = pages.get(self.path, ("text/plain", ""))
        self._answer(200 if text else 404, kind, text)

    def do_POST(self) -> None:
        """A new Link token, or an event of Link."""
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/link-token":
            made = self.pinwheel.link_tokens.create(
                org_name="Fernmoor Bank", solution="Verify", features=["income"], end_user_id="user_1"
            )
            self._answer(200, "application/json", json.dumps({"token": made.token}))
            return
        match msgspec.json.decode(body, type=AnyLinkEvent):
            case LinkLogin(payload=login) if login:
                sys.stdout.write(f"connected: account {login.accountId}\n")
            case LinkSuccess(payload=result) if result:
                sys.stdout.write(f"done: {result.job}\n")
            case _:
                pass
        self._answer(200, "application/json", "{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the class has for it
        """Say nothing of each request."""

    def _answer(self, status: int, kind: str, text: str) -> None:
        self.send_response(status)
        self.send_header("content-type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())


def serve(pinwheel: Pinwheel, sandbox_url: str) -> ThreadingHTTPServer:
    """The bank on a free port."""
    Bank.pinwheel, Bank.script = pinwheel, f"{sandbox_url}/pinwheel-v3.0.0.js"
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bank)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main() -> None:
    """Run the bank and the sandbox until the input ends."""
    with Sandbox() as sandbox, sandbox.serve() as local:
        bank = serve(sandbox.client(), local.url)
        print(f"The bank is at http://127.0.0.1:{bank.server_port}", flush=True)
        print(f"The sandbox's dashboard is at {local.url}", flush=True)
        sys.stdin.read()
        bank.shutdown()
        bank.server_close()


if __name__ == "__main__":
    main()
