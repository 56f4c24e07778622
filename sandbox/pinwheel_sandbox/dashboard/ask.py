"""The dashboard asks the sandbox in the way that everybody does: through its API and its control calls."""

import json
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import urlencode

import attrs
from sqlalchemy import select

from pinwheel_sandbox.faces.face import NEWEST
from pinwheel_sandbox.messages import Answer, Request
from pinwheel_sandbox.storage.tables import ApiKey
from pinwheel_sandbox.world import World

Json = dict[str, Any]


class Refused(Exception):  # noqa: N818 - not every answer of this kind is an error: a call may not be offered
    """The sandbox said no."""

    def __init__(self, status: int, error: Json) -> None:
        """Keep what it said."""
        super().__init__(str(error.get("message", "")))
        self.status = status
        self.fields = {str(field.get("name")): str(field.get("message")) for field in error.get("fields", [])}


@attrs.frozen
class Sandbox:
    """One sandbox, asked with a key of its own."""

    world: World
    handle: Callable[[Request], Answer]

    def get(self, path: str, **query: str | int) -> Any:
        """The data of a GET."""
        return self._ask("GET", path, urlencode(query), None)

    def post(self, path: str, body: Mapping[str, object]) -> Any:
        """The data of a POST."""
        return self._ask("POST", path, "", body)

    def offered(self, path: str, **query: str | int) -> Any | None:
        """The data of a GET, or nothing where there is no such call."""
        try:
            return self.get(path, **query)
        except Refused as refused:
            if refused.status == 404:
                return None
            raise

    def api_keys(self) -> list[ApiKey]:
        """All API keys, the oldest first."""
        with self.world.storage.reading() as session:
            return list(session.scalars(select(ApiKey).order_by(ApiKey.created_at, ApiKey.key)))

    def _ask(self, method: str, path: str, query: str, body: Mapping[str, object] | None) -> Any:
        headers = {
            "host": "127.0.0.1",
            "x-api-secret": self.world.settings.secret,
            "pinwheel-version": NEWEST,
            "content-type": "application/json",
        }
        sent = b"" if body is None else json.dumps(body).encode()
        answer = self.handle(Request(method=method, path=path, query=query, headers=headers, body=sent))
        told = cast(Json, json.loads(answer.body)) if answer.body else {}
        if answer.status >= 400:
            raise Refused(answer.status, told.get("error", {}))
        return told.get("data", told)
