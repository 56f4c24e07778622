"""Whatever is sent to any operation, the answer is one that its document knows, and never a 500."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pinwheel_sandbox import Clock, Sandbox
from pinwheel_sandbox.controls import calls
from pinwheel_sandbox.core import ROUTES
from pinwheel_sandbox.faces.face import NEWEST
from pinwheel_sandbox.handlers import control
from pinwheel_sandbox.handlers.control import PREFIX
from pinwheel_sandbox.messages import Answer, Request
from pinwheel_sandbox.routing import Route

from .asking import NOWHERE, Answered, Asker
from .conftest import RECORDED
from .contract import document, operation_of

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
any_text = st.text(max_size=20) | st.sampled_from(
    ["", "0", "-1", "1e9", "true", "2025-02-30", "0001-01-01", "%", "null"]
)

NO_JSON_OBJECTS = {
    "nothing": b"",
    "cut off": b'{"org_name": "Ac',
    "a list": b"[]",
    "null": b"null",
    "a text": b'"x"',
    "not UTF-8": b'{"url": "\xff\xfe"}',
    "half a character": rb'{"url": "\ud800"}',
    "a null character": rb'{"url": "a\u0000b"}',
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "infinite": b'{"url": 1e999}',
    "not a number": b'{"url": NaN}',
    "UTF-16": '{"url": "x"}'.encode("utf-16"),
    "10 MB": b'{"url": "' + b"x" * 10_000_000 + b'"}',
}
HEADERS = {
    "a wrong content type": {"content-type": "text/plain"},
    "no content type": {"content-type": None},
    "a content type of garbage": {"content-type": ";;/\x00"},
    "a version with a line break": {"pinwheel-version": "2025-07-08\r\nx-injected: yes"},
    "a version with a null character": {"pinwheel-version": "2025-07-08\x00"},
    "a secret with a line break": {"x-api-secret": "sandbox\r\nx-injected: yes"},
    "a secret with a null character": {"x-api-secret": "sand\x00box"},
    "a secret of 100 kB": {"x-api-secret": "x" * 100_000},
    "a token with a null character": {"authorization": "Bearer \x00", "x-api-secret": "\x00"},
}


class Furnished:
    """A sandbox with something behind each path parameter."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        ask = Asker(sandbox)
        self.account = ask.login(features=["tax_forms"]).account_id
        self.connection = ask("POST", "/v1/company_connections", body={"company_name": "Works"}).data["id"]
        token = ask("POST", "/v1/admin/token", body={"username": "owner", "password": "pass_good"}).data["token"]
        self.headers: dict[str, str | None] = {"authorization": f"Bearer {token}"}

    def ask(self, route: Route, path: str | None = None, **options: Any) -> Answered:
        headers = {**self.headers, **options.pop("headers", {})}
        ask = Asker(self.sandbox, min(route.until, NEWEST))
        return ask(route.method, path or self.path(route), headers=headers, **options)

    def path(self, route: Route) -> str:
        known = {"account_id": self.account, "company_connection_id": self.connection, "end_user_id": "user_1"}
        return re.sub(r"\{(\w+)\}", lambda name: known.get(name[1], NOWHERE), route.template)

    def nowhere(self, route: Route) -> str:
        """A path that names nothing there is, so that what ends accounts finds none."""
        return re.sub(r"\{\w+\}", NOWHERE, route.template)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def furnished(request: pytest.FixtureRequest) -> Iterator[Furnished]:
    url = "sqlite://"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_server").database()
    with Sandbox(database=url, clock=Clock(RECORDED)) as sandbox:
        yield Furnished(sandbox)


def at_its_last(route: Route) -> tuple[str, dict[str, Any]]:
    """The newest version that has an operation, and what its document says of it."""
    version = min(route.until, NEWEST)
    found = operation_of(version, route.method, re.sub(r"\{\w+\}", "x", route.template))
    assert found is not None
    return version, found


def properties(version: str, operation: dict[str, Any]) -> list[str]:
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return list(document(version)["components"]["schemas"][reference.rpartition("/")[2]]["properties"])


def parameters(version: str, operation: dict[str, Any]) -> list[str]:
    listed = [
        document(version)["components"]["parameters"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for one in operation["parameters"]
    ]
    return [one["name"] for one in listed if one["in"] == "query"]


WITH_BODY = [route for route in ROUTES if "requestBody" in at_its_last(route)[1]]
WITH_QUERY = [route for route in ROUTES if parameters(*at_its_last(route))]
WITH_CURSOR = [route for route in ROUTES if "cursor" in parameters(*at_its_last(route))]
WITH_IDS = [route for route in ROUTES if "{" in route.template]

each = {"ids": lambda route: route.operation}


def test_there_are_such_operations() -> None:
    assert len(WITH_BODY) == 10
    assert len(WITH_QUERY) > 15
    assert len(WITH_CURSOR) > 10
    assert len(WITH_IDS) > 20


def is_error(answer: Answered, status: int = 400) -> bool:
    error = answer.error
    return answer.status == status == error["status_code"] and {"type", "code", "message"} <= set(error)


@pytest.mark.parametrize("route", WITH_BODY, **each)
def test_bodies_that_are_no_json_object(furnished: Furnished, route: Route) -> None:
    for what, raw in NO_JSON_OBJECTS.items():
        answer = furnished.ask(route, raw=raw)
        optional = route.operation == "admin.api_keys.create" and raw == b""
        assert answer.status == 200 if optional else is_error(answer), what


@pytest.mark.parametrize("route", [route for route in ROUTES if route not in WITH_BODY], **each)
def test_bodies_where_none_is_wanted_change_nothing(furnished: Furnished, route: Route) -> None:
    without = furnished.ask(route, furnished.nowhere(route)).status
    assert without < 500
    for what, raw in NO_JSON_OBJECTS.items():
        assert furnished.ask(route, furnished.nowhere(route), raw=raw).status == without, what


@pytest.mark.parametrize("route", ROUTES, **each)
def test_headers(furnished: Furnished, route: Route) -> None:
    for what, headers in HEADERS.items():
        answer = furnished.ask(route, furnished.nowhere(route), headers=headers, raw=b"{}")
        assert answer.status < 500, what
        assert "x-injected" not in answer.headers
        assert not any("\n" in value or "\r" in value for value in answer.headers.values())


@pytest.mark.parametrize("route", WITH_IDS, **each)
def test_ids_that_are_none(furnished: Furnished, route: Route) -> None:
    for unknown in ("%00", "%ff", "%0d%0ax-injected:%20yes", "..%2f..", "x" * 9000, "%F0%9F%98%80", "-1"):
        answer = furnished.ask(route, re.sub(r"\{\w+\}", unknown, route.template), raw=b"{}")
        assert is_error(answer, 400) or is_error(answer, 404), unknown


@pytest.mark.parametrize("route", WITH_CURSOR, **each)
def test_cursors_that_are_none(furnished: Furnished, route: Route) -> None:
    for cursor in ("", "x", "gAAAAA==", "%00", "%ff", "x" * 9000, "%F0%9F%98%80", "=" * 200):
        answer = furnished.ask(route, query=f"cursor={cursor}")
        assert is_error(answer) or is_error(answer, 404), cursor


@pytest.mark.parametrize("route", WITH_BODY, **each)
def test_any_body(furnished: Furnished, route: Route) -> None:
    version, operation = at_its_last(route)

    @settings(max_examples=25, deadline=None)
    @given(st.dictionaries(st.sampled_from(properties(version, operation)), any_json))
    def holds(body: dict[str, Any]) -> None:
        assert furnished.ask(route, raw=json.dumps(body).encode()).status < 500

    holds()


@pytest.mark.parametrize("route", WITH_QUERY, **each)
def test_any_query(furnished: Furnished, route: Route) -> None:
    version, operation = at_its_last(route)

    @settings(max_examples=25, deadline=None)
    @given(st.dictionaries(st.sampled_from(parameters(version, operation)), any_text))
    def holds(query: dict[str, str]) -> None:
        assert furnished.ask(route, query=query).status in {200, 400, 404}

    holds()


CONTROLS = sorted({*calls._CALLS, *control._CALLS})
NAMES = ["token", "id", "event", "account_id", "payload", "now", "advance", "speed", "name", "kind", "calls", "share"]
NAMES += [
    "end_user_id",
    "document_type",
    "username",
    "yaml",
    "duplicates",
    "path",
    "method",
    "status",
    "field",
    "success",
]


@pytest.mark.parametrize(("method", "name"), CONTROLS)
def test_control_calls(furnished: Furnished, method: str, name: str) -> None:
    if name == "reset":  # it would take away what the other tests are about
        return

    def ask(query: str, raw: bytes) -> Answer:
        headers = {"content-type": "application/json"}
        return furnished.sandbox.handle(
            Request(method=method, path=f"{PREFIX}{name}", query=query, headers=headers, body=raw)
        )

    def holds(query: str, raw: bytes) -> None:
        answer = ask(query, raw)
        assert answer.status < 500
        error = json.loads(answer.body).get("error", {})
        assert (answer.status >= 400) == (error.get("status_code") == answer.status)

    for raw in NO_JSON_OBJECTS.values():
        holds("", raw)
    for query in ("limit=%00", "webhook_id=%00&event=%00", "status=%ff", "limit=-1", "&".join(["a=1"] * 5000)):
        holds(query, b"")

    @settings(max_examples=30, deadline=None)
    @given(st.dictionaries(st.sampled_from(NAMES), any_json | any_text, max_size=3))
    def any_body(body: dict[str, Any]) -> None:
        holds("", json.dumps({name: value for name, value in body.items() if name not in KEEPS}).encode())

    any_body()


# A delay would be waited for, and another clock or broken calls would be met by the other tests.
KEEPS = {"kind", "seconds", "now", "advance", "speed"}


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1e-400", "9" * 400, "0." + "9" * 400, "1E+308", "-0.0"])
def test_numbers_that_no_database_takes(furnished: Furnished, number: str) -> None:
    allocation = f'{{"type": "amount", "value": {number}, "targets": []}}'
    body = f'{{"org_name": "Acme", "solution": "Deposit Switch", "features": ["direct_deposit_switch"], \
"end_user_id": "u", "allocation": {allocation}}}'
    (route,) = (route for route in ROUTES if route.operation == "link_tokens.create")
    assert furnished.ask(route, raw=body.encode()).status in {200, 400}
