"""Webhooks as the API registers them."""

from typing import Any

import pytest

from .asking import NOWHERE, Asker

BODY: dict[str, Any] = {
    "url": "https://example.com/hook",
    "status": "active",
    "enabled_events": ["account.added", "paystubs.added"],
    "version": "2023-11-22",
}


def create(ask: Asker, **changes: Any) -> Any:
    body = {name: value for name, value in {**BODY, **changes}.items() if value is not None}
    return ask("POST", "/v1/webhooks", body=body)


def test_made_read_changed_deleted(ask: Asker) -> None:
    made = create(ask).data
    assert {name: made[name] for name in BODY} == BODY
    path = f"/v1/webhooks/{made['id']}"
    assert ask("GET", path).data == made
    changed = ask("PUT", path, body={"status": "paused", "enabled_events": ["income.added", "income.added"]}).data
    assert (changed["status"], changed["enabled_events"], changed["url"]) == ("paused", ["income.added"], made["url"])
    assert ask("PUT", path, body={}).data["status"] == "paused"
    answer = ask("DELETE", path)
    assert (answer.status, answer.body) == (200, {})
    for method in ("GET", "PUT", "DELETE"):
        assert ask(method, path, body={}).status == 404
    assert ask("GET", f"/v1/webhooks/{NOWHERE}").status == 404


def test_ten_for_a_key(ask: Asker) -> None:
    for number in range(10):
        create(ask, url=f"https://example.com/{number}")
    answer = create(ask)
    assert (answer.status, answer.error["code"]) == (403, "WEBHOOK_LIMIT_REACHED")
    pages = ask.pages("/v1/webhooks", limit=4)
    assert [len(page) for page in pages] == [4, 4, 2]
    ask("DELETE", f"/v1/webhooks/{pages[0][0]['id']}")
    assert create(ask).status == 200


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/hook?a=1#cbv",
        "http://localhost:8000/x",
        "http://127.0.0.1",
        "http://127.1.2.3:1/",
        "http://[::1]:80/",
    ],
)
def test_addresses_are_kept_as_they_were_sent(ask: Asker, url: str) -> None:
    assert create(ask, url=url).data["url"] == url
    assert ask("GET", "/v1/webhooks").data[0]["url"] == url


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "http://localhost.example.com/",
        "http://127.0.0.1.example.com/",
        "ftp://127.0.0.1/",
        "https://",
        "https:///path",
        "https://exa mple.com",
        "https://[1",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://example.com/\r\nHost: x",
        "",
        7,
        None,
    ],
)
def test_addresses_that_nobody_can_call(ask: Asker, url: object) -> None:
    answer = ask("POST", "/v1/webhooks", body={**BODY, "url": url})
    assert (answer.status, answer.wrong_fields) == (400, {"url"})
    made = create(ask).data
    if url is not None:
        assert ask("PUT", f"/v1/webhooks/{made['id']}", body={"url": url}).wrong_fields == {"url"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "ACTIVE"),
        ("status", None),
        ("enabled_events", []),
        ("enabled_events", ["*"]),
        ("enabled_events", ["account.disconnected"]),
        ("version", None),
        ("version", "2022-03-02"),
    ],
)
def test_what_is_refused(ask: Asker, name: str, value: Any) -> None:
    answer = create(ask, **{name: value})
    assert answer.status == 400
    assert {field.partition("[")[0] for field in answer.wrong_fields} == {name}


def test_version_is_needed_since_webhooks_have_one(ask: Asker) -> None:
    for version, status in (("2022-09-09", 200), ("2023-04-18", 400)):
        body = {name: value for name, value in BODY.items() if name != "version"}
        assert ask("POST", "/v1/webhooks", body=body, version=version).status == status
    assert ask("GET", "/v1/webhooks").data[0]["version"] == "2022-09-09"
    assert create(ask, version="2025-07-08").data["version"] == "2025-07-08"


def test_wildcard_was_for_the_first_versions(ask: Asker) -> None:
    body = {"url": BODY["url"], "status": "active", "enabled_events": ["*", "account.reconnected"]}
    for version, status in (("2021-04-29", 200), ("2021-07-28", 200), ("2022-03-02", 400)):
        assert ask("POST", "/v1/webhooks", body=body, version=version).status == status
    old = ask("GET", "/v1/webhooks", version="2021-04-29")
    assert (old.data[0]["enabled_events"], old.body["meta"]) == (["*", "account.reconnected"], {"count": 2})
    path = f"/v1/webhooks/{old.data[0]['id']}"
    assert ask("PUT", path, body={"enabled_events": ["*"]}, version="2021-07-28").data["enabled_events"] == ["*"]
    assert ask("PUT", path, body={"enabled_events": ["*"]}, version="2022-03-02").status == 400


def test_webhooks_belong_to_their_key(ask: Asker) -> None:
    mine = create(ask).data
    token = ask("POST", "/v1/admin/token", body={"username": "owner", "password": "pass_good"}).data["token"]
    other = ask("POST", "/v1/admin/api_keys", headers={"authorization": f"Bearer {token}"}).data["secret"]
    assert ask("GET", "/v1/webhooks", headers={"x-api-secret": other}).data == []
    assert ask("GET", f"/v1/webhooks/{mine['id']}", headers={"x-api-secret": other}).status == 404
