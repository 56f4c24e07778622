"""A sandbox that runs in another process: start it, and do what only a sandbox can."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from pinwheel_overlays.decoders import convert

from pinwheel_sandbox.controls.twin import Controls, data_of
from pinwheel_sandbox.link.errors import LinkError
from pinwheel_sandbox.link.terms import MFA_CODE, PASSWORD, CompanyLogin, Login
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
        mfa_code: str = MFA_CODE,
        employer_id: str | None = None,
        platform_id: str | None = None,
    ) -> Login:
        """Go through Link without a browser, as `Sandbox.login` does."""
        given = {
            "token": token,
            "username": username,
            "password": password,
            "mfa_code": mfa_code,
            "employer_id": employer_id,
            "platform_id": platform_id,
        }
        return convert(self._link("link/complete", given), Login)

    def login_to_company(
        self, token: str, *, username: str = "user_good", password: str = PASSWORD, platform_id: str | None = None
    ) -> CompanyLogin:
        """Go through Link for a whole company, as `Sandbox.login_to_company` does."""
        given = {"token": token, "username": username, "password": password, "platform_id": platform_id}
        return convert(self._link("company_connect/complete", given), CompanyLogin)

    def add_document(self, end_user_id: str, document_type: str, *, fraud_suspected: bool = False) -> str:
        """Hand in a document for an end user, as `Sandbox.add_document` does."""
        given = {"end_user_id": end_user_id, "document_type": document_type, "fraud_suspected": fraud_suspected}
        return str(self._control("POST", "documents", given)["id"])

    def finish_site(self, site_id: str, *, success: bool = True) -> str:
        """The signed address that the user of a hosted Link page is sent back to, as `Sandbox.finish_site` tells it."""
        return str(self._control("POST", "sites/finish", {"id": site_id, "success": success})["redirect_url"])

    def load(self, scenario: str | Path) -> list[Login]:
        """Add a scenario, as `Sandbox.load` does: a file of this machine, or the text of one."""
        is_text = isinstance(scenario, str) and "\n" in scenario
        text = str(scenario) if is_text else Path(scenario).read_text(encoding="utf-8")
        return convert(self._control("POST", "scenarios", {"yaml": text}), list[Login])

    def _link(self, name: str, given: Mapping[str, str | None]) -> Any:
        status, content = self._call("POST", name, {key: value for key, value in given.items() if value is not None})
        if status < 400:
            return msgspec.json.decode(content)["data"]
        error: dict[str, Any] = msgspec.json.decode(content)["error"]
        raise LinkError(error["type"], error["code"], error["message"])

    def _control(self, method: str, name: str, values: Mapping[str, Any]) -> Any:
        return data_of(*self._call(method, name, values))

    def _call(self, method: str, name: str, values: Mapping[str, Any]) -> tuple[int, bytes]:
        import httpx  # noqa: PLC0415 - a sixth of a second, and starting a process does not need it

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
        return answer.status_code, answer.content


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
