"""Whatever is sent, the answer is an error of Pinwheel's shape, never a 500."""

import json
import logging
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pinwheel_sandbox import Clock, Sandbox, Settings
from pinwheel_sandbox.core import ROUTES
from pinwheel_sandbox.faces.face import NEWEST
from pinwheel_sandbox.messages import Request

from .asking import NOWHERE, Asker
from .conftest import RECORDED


def test_every_answer_names_version_and_request(ask: Asker) -> None:
    answers = [
        ask("GET", "/v1/accounts"),
        ask("GET", f"/v1/accounts/{NOWHERE}"),
        ask("GET", "/v1/nowhere"),
        ask("DELETE", "/v1/accounts"),
        ask("GET", "/v1/accounts", headers={"x-api-secret": "wrong"}),
    ]
    assert [answer.status for answer in answers] == [200, 404, 404, 405, 401]
    assert {answer.headers["pinwheel-version"] for answer in answers} == {"2025-07-08"}
    ids = {answer.headers["x-pinwheel-request-id"] for answer in answers}
    assert len(ids) == 5
    assert all(uuid.UUID(request_id).version == 4 for request_id in ids)


def test_error_has_the_documented_shape(ask: Asker) -> None:
    answer = ask("GET", f"/v1/accounts/{NOWHERE}")
    assert answer.body == {
        "error": {
            "type": "RECORD_NOT_FOUND",
            "code": "RECORD_NOT_FOUND",
            "message": "The account was not found.",
            "status_code": 404,
        }
    }


@pytest.mark.parametrize("secret", [None, "", "wrong", "SANDBOX", "sandbox ", "ö"])
@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.auth == "secret"], ids=lambda route: route.operation
)
def test_every_operation_needs_the_secret(shared: Sandbox, route: Any, secret: str | None) -> None:
    path = re.sub(r"\{\w+\}", NOWHERE, route.template)
    ask = Asker(shared, min(route.until, NEWEST))
    answer = ask(route.method, path, headers={"x-api-secret": secret}, body={})
    assert (answer.status, answer.error["type"]) == (401, "UNAUTHORIZED_REQUEST")


def test_another_secret_can_be_chosen() -> None:
    with Sandbox(settings=Settings(secret="another")) as sandbox:
        ask = Asker(sandbox)
        assert ask("GET", "/v1/accounts").status == 401
        assert ask("GET", "/v1/accounts", headers={"x-api-secret": "another"}).status == 200


def test_missing_version_is_the_oldest(ask: Asker) -> None:
    answer = ask("GET", "/v1/accounts", headers={"pinwheel-version": None})
    assert answer.headers["pinwheel-version"] == "2021-04-29"
    assert answer.body["meta"] == {"count": 0}


@pytest.mark.parametrize("version", ["", "v2025-07-08", "2025-07-09", "latest", "2025-07-08\r\nx: y"])
def test_unknown_version_is_refused_and_not_echoed(ask: Asker, version: str) -> None:
    answer = ask("GET", "/v1/accounts", headers={"pinwheel-version": version})
    assert (answer.status, answer.error["code"], answer.wrong_fields) == (400, "INVALID_VERSION", {"Pinwheel-Version"})
    assert answer.headers["pinwheel-version"] == "2021-04-29"


def test_live_versions_are_those_that_pinwheel_takes_today() -> None:
    with Sandbox(settings=Settings(live_versions=True)) as sandbox:
        ask = Asker(sandbox)
        assert ask("GET", "/v1/accounts", headers={"pinwheel-version": None}).status == 400
        assert ask("GET", "/v1/accounts", version="2021-07-28").status == 400
        assert ask("GET", "/v1/accounts", version="2022-03-02").status == 200


def test_wrong_method_says_which_are_right(ask: Asker) -> None:
    answer = ask("PUT", "/v1/accounts")
    assert (answer.status, answer.error["code"], answer.headers["allow"]) == (405, "METHOD_NOT_ALLOWED", "GET")
    assert ask("GET", f"/v1/sandbox/accounts/{NOWHERE}").headers["allow"] == "PATCH"
    assert ask("HEAD", "/v1/accounts").status == ask("OPTIONS", "/v1/accounts").status == 405


@pytest.mark.parametrize("path", ["/", "", "/v1", "/v1/", "//", "/v1//accounts", "/v2/accounts/", "/v1/x/y"])
def test_unknown_routes_are_not_found(ask: Asker, path: str) -> None:
    answer = ask("GET", path)
    assert (answer.status, answer.error["type"]) == (404, "RECORD_NOT_FOUND")


def test_a_slash_at_the_end_is_redirected(ask: Asker) -> None:
    """307 is among the statuses of Pinwheel's guide; that it stands for this is our reading."""
    account = ask.login().account_id
    for path, query in (("/v1/accounts", "limit=2"), ("/v1/accounts", ""), (f"/v1/accounts/{account}", "")):
        for slashes in ("/", "//"):
            answer = ask("GET", f"{path}{slashes}", query=query)
            assert (answer.status, answer.body) == (307, None)
            assert answer.headers["location"] == (f"{path}?{query}" if query else path)
            assert answer.headers["x-pinwheel-request-id"]
    assert ask("POST", "/v1/link_tokens/", body={}).headers["location"] == "/v1/link_tokens"
    assert ask("GET", "/v1/end_users/%2Fa%0d%0ab/accounts/").headers["location"] == "/v1/end_users/%2Fa%0d%0ab/accounts"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "MALFORMED_JSON"),
        (b"{", "MALFORMED_JSON"),
        (b"[]", "MALFORMED_JSON"),
        (b'"text"', "MALFORMED_JSON"),
        (b"null", "MALFORMED_JSON"),
        (b'{"org_name": NaN}', "MALFORMED_JSON"),
        (b'{"org_name": 1e999}', "MALFORMED_JSON"),
        (b'{"org_name": "\xff"}', "MALFORMED_JSON"),
        (b'{"org_name": "\xed\xa0\x80"}', "MALFORMED_JSON"),
        (rb'{"org_name": "\ud800"}', "MALFORMED_JSON"),
        (rb'{"org_name": "a\u0000b"}', "MALFORMED_JSON"),
        (b"\xef\xbb\xbf{}", "MALFORMED_JSON"),
        (b"[" * 200_000, "MALFORMED_JSON"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "MALFORMED_JSON"),
        (b" " * 1_000_001, "BODY_TOO_LARGE"),
        (b"{" + b" " * 10_000_000 + b"}", "BODY_TOO_LARGE"),
    ],
)
def test_unreadable_bodies_are_refused(ask: Asker, raw: bytes, code: str) -> None:
    answer = ask("POST", "/v1/link_tokens", raw=raw)
    assert (answer.status, answer.error["code"]) == (400, code)


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/json"]
)
def test_wrong_content_type_is_refused(ask: Asker, content_type: str | None) -> None:
    answer = ask("POST", "/v1/link_tokens", raw=b"{}", headers={"content-type": content_type})
    assert (answer.status, answer.error["code"]) == (400, "WRONG_CONTENT_TYPE")


def test_content_type_may_name_a_charset(ask: Asker) -> None:
    answer = ask("POST", "/v1/link_tokens", raw=b"{}", headers={"content-type": "Application/JSON; charset=utf-8"})
    assert answer.error["code"] == "INVALID_FIELDS"


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/v1/accounts", "limit=0", "limit"),
        ("/v1/accounts", "limit=101", "limit"),
        ("/v1/accounts", "limit=ten", "limit"),
        ("/v1/accounts", "limit=", "limit"),
        ("/v1/accounts", "limit=1_0", "limit"),
        ("/v1/accounts", "limit=%D9%A1", "limit"),
        ("/v1/accounts", "limit=5&limit=1000", "limit"),
        ("/v1/accounts", "connected=maybe", "connected"),
        ("/v1/accounts", "monitoring_status=fine", "monitoring_status"),
        ("/v1/accounts", "cursor=", "cursor"),
        ("/v1/accounts", "cursor=gAAAAA", "cursor"),
        ("/v1/accounts", "cursor=%F0%9F%98%80", "cursor"),
        ("/v1/platforms", "type=other", "type"),
        ("/v1/platforms", "include_esps=1", "include_esps"),
        ("/v1/employers", "last_updated=soon", "last_updated"),
        ("/v1/employers", "last_updated=0001-01-01T00:00:00%2B23:00", "last_updated"),
        ("/v1/search", "q=a&response_types=person", "response_types"),
        ("/v1/search", "q=a&amount_supported=", "amount_supported"),
    ],
)
def test_bad_parameters_are_named(ask: Asker, path: str, query: str, field: str) -> None:
    answer = ask("GET", path, query=query)
    assert (answer.status, answer.wrong_fields) == (400, {field})


@pytest.mark.parametrize(
    "day", ["2025-6-1", "20250601", "2025-W23-1", "2025-02-30", "yesterday", "2025-06-01T00:00:00", ""]
)
@pytest.mark.parametrize("field", ["from_pay_date", "to_pay_date"])
def test_bad_dates_are_named(ask: Asker, day: str, field: str) -> None:
    path = f"/v1/accounts/{ask.login().account_id}/paystubs"
    assert ask("GET", path, query={field: day}).wrong_fields == {field}


@pytest.mark.parametrize(("path", "query"), [("/v1/accounts/%ff", ""), ("/v1/accounts", "limit=%ff")])
def test_what_is_not_utf8_is_refused(ask: Asker, path: str, query: str) -> None:
    assert ask("GET", path, query=query).status == 400


def test_too_many_parameters_are_refused(ask: Asker) -> None:
    assert ask("GET", "/v1/accounts", query="&".join(["a=1"] * 500)).error["code"] == "UNREADABLE_QUERY"


def test_fault_of_the_sandbox_tells_nothing_of_its_insides(
    ask: Asker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr("pinwheel_sandbox.core.authorize", fail)
    with caplog.at_level(logging.ERROR):
        answer = ask("GET", "/v1/accounts")
    assert (answer.status, answer.error["type"]) == (500, "UNKNOWN_ERROR")
    assert "inside" not in json.dumps(answer.body)
    assert "the inside" in caplog.text
    assert answer.headers["x-pinwheel-request-id"] in caplog.text


@pytest.fixture(scope="module")
def shared() -> Iterator[Sandbox]:
    with Sandbox(clock=Clock(RECORDED)) as sandbox:
        yield sandbox


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
option = st.sampled_from(
    ["org_name", "solution", "features", "allocation", "end_user_id", "account_id", "tags", "cards", "end_user", "job"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(option, any_json), version=st.sampled_from(["2021-04-29", "2022-09-09", "2025-07-08"]))
def test_no_body_breaks_the_sandbox(ask: Asker, body: dict[str, Any], version: str) -> None:
    try:
        raw = json.dumps(body).encode()
    except (UnicodeError, ValueError):
        return
    assert ask("POST", "/v1/link_tokens", raw=raw, version=version).status in {200, 400, 404}


@settings(max_examples=200, deadline=None)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "X"]),
    path=st.text(st.characters(codec="latin-1"), max_size=40).map(lambda text: f"/v1/{text}"),
    query=st.text(st.characters(codec="latin-1"), max_size=40),
    body=st.binary(max_size=40),
    headers=st.dictionaries(
        st.sampled_from(["x-api-secret", "pinwheel-version", "content-type"]), st.text(max_size=20), max_size=3
    ),
)
def test_no_request_breaks_the_sandbox(
    shared: Sandbox, method: str, path: str, query: str, body: bytes, headers: dict[str, str]
) -> None:
    answer = shared.handle(Request(method=method, path=path, query=query, headers=headers, body=body))
    assert 400 <= answer.status < 500
    assert set(json.loads(answer.body)["error"]) >= {"type", "code", "message", "status_code"}
