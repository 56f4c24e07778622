"""Ask the sandbox over its core. Every answer is held against the document of its version: see tests/conftest.py."""

import json
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.faces.face import NEWEST
from pinwheel_sandbox.link.terms import Login
from pinwheel_sandbox.messages import Request

NOWHERE = "00000000-0000-4000-8000-000000000000"


class Answered(NamedTuple):
    status: int
    headers: dict[str, str]
    body: Any

    @property
    def data(self) -> Any:
        assert self.status == 200, self.body
        return self.body["data"]

    @property
    def error(self) -> dict[str, Any]:
        return self.body["error"]

    @property
    def wrong_fields(self) -> set[str]:
        return {field["name"] for field in self.error["fields"]}


class Asker:
    """`ask("GET", "/v1/accounts", query={"limit": 2})`."""

    def __init__(self, sandbox: Sandbox, version: str = NEWEST) -> None:
        self.sandbox = sandbox
        self.version = version

    def __call__(
        self,
        method: str,
        path: str,
        *,
        query: Any = None,
        body: Any = None,
        raw: bytes | None = None,
        headers: dict[str, str | None] | None = None,
        version: str | None = None,
    ) -> Answered:
        version = version or self.version
        sent = {"x-api-secret": "sandbox", "pinwheel-version": version, "content-type": "application/json"}
        merged = {name: value for name, value in {**sent, **(headers or {})}.items() if value is not None}
        content = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        answer = self.sandbox.handle(
            Request(
                method=method,
                path=path,
                query=query if isinstance(query, str) else urlencode(query or {}, doseq=True),
                headers=merged,
                body=content,
            )
        )
        return Answered(answer.status, answer.headers, json.loads(answer.body) if answer.body else None)

    def token(self, **options: Any) -> str:
        """A Link token of the newest version."""
        body = {
            "org_name": "Acme Bank",
            "solution": "Verify",
            "features": ["paystubs"],
            "end_user_id": "user_1",
            **options,
        }
        kept = {name: value for name, value in body.items() if value is not None}
        return self("POST", "/v1/link_tokens", body=kept, version=NEWEST).data["token"]

    def login(self, **options: Any) -> Login:
        """A new account."""
        return self.sandbox.login(self.token(**options))

    def pages(self, path: str, **query: Any) -> list[list[Any]]:
        """All pages of a list."""
        pages: list[list[Any]] = []
        cursor: str | None = None
        while True:
            answer = self("GET", path, query={**query, **({"cursor": cursor} if cursor else {})})
            pages.append(answer.data)
            cursor = answer.body["meta"]["next_cursor"]
            if cursor is None:
                return pages
