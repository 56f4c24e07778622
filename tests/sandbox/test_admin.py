"""Dashboard sign-ins and API keys."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from .asking import NOWHERE, Asker


def sign_in(ask: Asker, role: str = "owner") -> dict[str, str | None]:
    data = ask("POST", "/v1/admin/token", body={"username": role, "password": "pass_good"}).data
    assert (data["user_role"], data["mode"]) == (role, "sandbox")
    return {"authorization": f"Bearer {data['token']}"}


@pytest.mark.parametrize(("username", "password"), [("owner", "wrong"), ("nobody", "pass_good"), ("", "")])
def test_sign_in_that_fails(ask: Asker, username: str, password: str) -> None:
    answer = ask("POST", "/v1/admin/token", body={"username": username, "password": password})
    assert (answer.status, answer.error["type"]) == (401, "UNAUTHORIZED_REQUEST")


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic b3duZXI=", "sandbox"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/admin/api_keys"), ("POST", "/v1/admin/api_keys"), ("POST", f"/v1/admin/api_keys/{NOWHERE}/revoke")],
)
def test_key_calls_need_a_bearer_token(ask: Asker, method: str, path: str, header: str | None) -> None:
    assert ask(method, path, headers={"authorization": header}).status == 401


def test_tokens_are_uuids_as_typed_clients_of_other_languages_demand(ask: Asker) -> None:
    token = str(sign_in(ask)["authorization"]).removeprefix("Bearer ")
    assert str(UUID(token)) == token


def test_tokens_live_an_hour_and_open_nothing_else(ask: Asker) -> None:
    token = sign_in(ask)
    assert ask("GET", "/v1/accounts", headers={**token, "x-api-secret": None}).status == 401
    ask.sandbox.clock.advance(timedelta(hours=1))
    assert ask("GET", "/v1/admin/api_keys", headers=token).status == 401


def test_life_of_a_key(ask: Asker) -> None:
    token = sign_in(ask)
    made = ask("POST", "/v1/admin/api_keys", headers=token, body={}).data
    secret: dict[str, str | None] = {"x-api-secret": made["secret"]}

    def listed() -> dict[str, Any]:
        keys = ask("GET", "/v1/admin/api_keys", headers=token).data
        return next(key for key in keys if key["key"] == made["key"])

    assert (listed()["is_active"], listed()["last_used_at"]) == (True, None)
    assert "secret" not in listed()
    assert ask("GET", "/v1/accounts", headers=secret).status == 200
    assert listed()["last_used_at"] == "2025-06-24"
    path = f"/v1/admin/api_keys/{made['key']}/revoke"
    first, again = (ask("POST", path, headers=token).data for _ in range(2))
    assert first == again
    assert ask("GET", "/v1/accounts", headers=secret).status == 401
    assert (listed()["is_active"], listed()["revoked_at"]) == (False, first["revoked_at"])
    assert ask("POST", f"/v1/admin/api_keys/{NOWHERE}/revoke", headers=token).status == 404


def test_key_expires(ask: Asker) -> None:
    token = sign_in(ask, "administrator")
    made = ask("POST", "/v1/admin/api_keys", headers=token, body={"expires_at": "2025-06-25T00:00:00Z"}).data
    secret: dict[str, str | None] = {"x-api-secret": made["secret"]}
    assert ask("GET", "/v1/accounts", headers=secret).status == 200
    ask.sandbox.clock.advance(timedelta(hours=2))
    assert ask("GET", "/v1/accounts", headers=secret).status == 401
    bad = ask("POST", "/v1/admin/api_keys", headers=sign_in(ask), body={"expires_at": "soon"})
    assert bad.wrong_fields == {"expires_at"}


def test_developers_may_only_look(ask: Asker) -> None:
    token = sign_in(ask, "developer")
    [key] = ask("GET", "/v1/admin/api_keys", headers=token).data
    assert ask("POST", "/v1/admin/api_keys", headers=token).status == 403
    assert ask("POST", f"/v1/admin/api_keys/{key['key']}/revoke", headers=token).status == 403


def test_the_fresh_key_can_be_revoked(ask: Asker) -> None:
    token = sign_in(ask)
    [key] = ask("GET", "/v1/admin/api_keys", headers=token).data
    ask("POST", f"/v1/admin/api_keys/{key['key']}/revoke", headers=token)
    assert ask("GET", "/v1/accounts").status == 401
