"""Hosted Link pages of the versions that had them."""

import hmac
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from .asking import Asker

BODY: dict[str, Any] = {
    "org_name": "Acme Bank",
    "required_jobs": ["paystubs"],
    "end_user_id": "user_1",
    "redirect_url": "https://example.com/back?page=7",
}


def token_of(site: dict[str, Any]) -> str:
    return dict(parse_qsl(urlsplit(site["url"]).query))["token"]


@pytest.mark.parametrize("version", ["2021-04-29", "2021-07-28", "2022-03-02", "2022-09-09", "2023-07-18"])
def test_page_opens_link_until_it_expires(ask: Asker, version: str) -> None:
    site = ask("POST", "/v1/sites", body=BODY, version=version).data
    expires = site["expires"] if version == "2021-04-29" else datetime.fromisoformat(site["expires"]).timestamp()
    assert expires == int(expires) or version != "2021-04-29"
    left = datetime.fromtimestamp(expires, UTC) - ask.sandbox.clock.now()
    assert abs(left - timedelta(seconds=900)) < timedelta(seconds=1)
    assert ask.sandbox.login(token_of(site)).link_token_id == site["id"]


def test_page_can_live_longer(ask: Asker) -> None:
    site = ask("POST", "/v1/sites", body={**BODY, "ttl": 1_209_600.0}, version="2023-04-18").data
    ask.sandbox.clock.advance(timedelta(days=13))
    assert ask.sandbox.login(token_of(site)).end_user_id == "user_1"


def test_way_back_is_signed(ask: Asker) -> None:
    site = ask("POST", "/v1/sites", body=BODY, version="2022-03-02").data
    address = urlsplit(ask.sandbox.finish_site(site["id"], success=False))
    query = dict(parse_qsl(address.query))
    assert (address.netloc, query["page"], query["success"], query["token_id"]) == (
        "example.com", "7", "false", site["id"]
    )  # fmt: skip
    signed = f"{site['id']}false{query['timestamp']}".encode()
    assert query["signature"] == hmac.digest(b"sandbox", signed, "sha256").hex()


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_url": ""},
        {"redirect_url": "nowhere"},
        {"redirect_url": "https://["},
        {"redirect_url": "https://a b"},
        {"redirect_url": "https://a\r\nb"},
        {"ttl": 899},
        {"ttl": 1_209_601},
        {"org_name": "a"},
        {"routing_number": "1"},
    ],
)
def test_what_is_refused(ask: Asker, wrong: dict[str, Any]) -> None:
    answer = ask("POST", "/v1/sites", body={**BODY, **wrong}, version="2022-03-02")
    assert (answer.status, answer.wrong_fields) == (400, set(wrong))


def test_host_of_the_request_is_no_way_in(ask: Asker) -> None:
    for host, shown in (("localhost:9000", "localhost:9000"), ('x"/><script>', "127.0.0.1:8400")):
        site = ask("POST", "/v1/sites", body=BODY, version="2022-03-02", headers={"host": host}).data
        assert urlsplit(site["url"]).netloc == shown
