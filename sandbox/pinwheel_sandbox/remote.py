"""A sandbox that runs in another process: start it, and do what only a sandbox can."""

import subprocess
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import msgspec

from pinwheel_sandbox.controls.twin import Controls, data_of
from pinwheel_sandbox.link.errors import LinkError
from pinwheel_sandbox.link.terms import PASSWORD, Login
from pinwheel_sandbox.settings import DEFAULT_SECRET, READY

_TIMEOUT = 30.0


class RemoteSandbox(Controls):
    """The control calls of a running server, typed."""

    secret: str = DEFAULT_SECRET
    """The API secret that a fresh sandbox takes."""

    def __init__(self, url: str) -> None:
        """Say where it runs: `http://127.0.0.1:8400`."""
        self.url = url

    def login(
        self,
        token: str,
        *,
        username: str = "user_good",
        password: str = PASSWORD,
        employer_id: str | None = None,
        platform_id: str | None = None,
    ) -> Login:
        """Go through Link without a browser, as `Sandbox.login` does."""
        import httpx  # noqa: PLC0415 - a sixth of a second, and starting a process does not need it

        body: dict[str, str] = {"token": token, "username": username, "password": password}
        if employer_id is not None:
            body["employer_id"] = employer_id
        if platform_id is not None:
            body["platform_id"] = platform_id
        answer = httpx.post(f"{self.url}/_sandbox/link/complete", json=body, timeout=_TIMEOUT, trust_env=False)
        content: dict[str, Any] = answer.json()
        if answer.is_success:
            return msgspec.convert(content["data"], Login)
        error: dict[str, Any] = content["error"]
        raise LinkError(error["type"], error["code"], error["message"])

    def _control(self, method: str, name: str, values: Mapping[str, Any]) -> Any:
        import httpx  # noqa: PLC0415 - as above

        read = method == "GET"
        answer = httpx.request(
            method,
            f"{self.url}/_sandbox/{name}",
            params=dict(values) if read else None,
            content=None if read else msgspec.json.encode(values),
            headers={} if read else {"content-type": "application/json"},
            timeout=_TIMEOUT,
            trust_env=False,
        )
        return data_of(answer.status_code, answer.content)


class SandboxProcess(RemoteSandbox):
    """A server in a process of its own, stopped at the end of the with block."""

    def __init__(self, *, port: int = 0, database: str | None = None) -> None:
        """Start it on a port of this machine, a free one unless named, and wait until it answers."""
        command = [sys.executable, "-m", "pinwheel_sandbox", "--port", str(port)]
        if database is not None:
            command += ["--db", database]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line.startswith(READY):
            self.close()
            raise OSError("The sandbox did not start; what it wrote to the standard error says why.")
        super().__init__(line.removeprefix(READY).strip())

    def close(self) -> None:
        """Stop it."""
        with self._process:  # waits for its end, and closes the pipe
            self._process.terminate()

    def __enter__(self) -> Self:
        """Use it in a with block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop at the end of the block."""
        self.close()
