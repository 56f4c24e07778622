"""Which deliveries are genuine, and what the others are told."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from pinwheel_api import ConfigurationError, PinwheelError
from pinwheel_api.webhooks import WebhookSignatureError, sign, verify

from .deliveries import OTHER_SECRET, SECRET, deliver, tree

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text())


def refusal_of(*arguments: Any, **options: Any) -> WebhookSignatureError:
    with pytest.raises(WebhookSignatureError) as caught:
        verify(*arguments, **options)
    return caught.value


def vector_of(vector: Mapping[str, Any]) -> tuple[bytes, dict[str, str]]:
    if "body_base64" in vector:
        body = base64.b64decode(vector["body_base64"])
    else:
        body = json.dumps({"event_id": "1", "event": "identity.added", "payload": vector["payload"]}).encode()
    return body, {"X-Pinwheel-Signature": vector["signature"], "X-Timestamp": vector["timestamp"]}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_known_signatures_are_accepted(vector: Mapping[str, Any]) -> None:
    body, headers = vector_of(vector)
    verify(body, headers, [vector["secret"]], None, allow_v1=vector["scheme"] == "v1")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_nothing_near_a_known_signature_is_accepted(vector: Mapping[str, Any]) -> None:
    body, headers = vector_of(vector)
    secrets, legacy = [vector["secret"]], vector["scheme"] == "v1"
    signature = headers["X-Pinwheel-Signature"]
    for wrong in (signature[:-1], signature.upper(), signature + "0", signature[3:], signature.replace("=", "= ")):
        refusal_of(body, {**headers, "X-Pinwheel-Signature": wrong}, secrets, None, allow_v1=legacy)
    for wrong in ("860860861", "0" + headers["X-Timestamp"], f" {headers['X-Timestamp']}"):
        refusal_of(body, {**headers, "X-Timestamp": wrong}, secrets, None, allow_v1=legacy)
    refusal_of(body, headers, [OTHER_SECRET], None, allow_v1=legacy)
    if not legacy:
        refusal_of(body + b" ", headers, secrets, None)


@pytest.mark.parametrize("vector", [v for v in VECTORS if v["scheme"] == "v1"], ids=lambda vector: vector["name"])
def test_v1_is_accepted_only_where_it_is_asked_for(vector: Mapping[str, Any]) -> None:
    error = refusal_of(*vector_of(vector), [vector["secret"]], None)
    assert error.problem == "scheme"
    assert "allow_v1=True" in str(error)


def test_v2_is_accepted_where_v1_is_asked_for() -> None:
    verify(*deliver(), [SECRET], allow_v1=True)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"{", b'{"payload": 1e400}', b"\xff", b'{"payload":"\\ud800"}', b"[" * 9000]
)
def test_a_body_that_v1_cannot_cover_is_refused(body: bytes) -> None:
    headers = {"x-pinwheel-signature": "v1=" + "0" * 64, "x-timestamp": "1"}
    assert refusal_of(body, headers, [SECRET], None, allow_v1=True).problem in {"body", "mismatch"}


@pytest.mark.parametrize("spell", [str.lower, str.upper, str.title, lambda name: name.swapcase()[:1] + name[1:]])
def test_header_names_come_in_any_case(spell: Any) -> None:
    body, headers = deliver()
    spelled = {spell(name): value for name, value in headers.items()}
    verify(body, spelled, [SECRET])
    verify(body, list(spelled.items()), [SECRET])
    verify(body, [(name.encode(), value.encode()) for name, value in spelled.items()], [SECRET])
    verify(body, httpx.Headers(spelled), [SECRET])


def test_the_old_and_the_new_secret_are_good_while_they_are_exchanged() -> None:
    for secret in (SECRET, OTHER_SECRET):
        verify(*deliver(secret=secret), [SECRET, OTHER_SECRET])
        verify(*deliver(secret=secret), (each for each in (SECRET, OTHER_SECRET)))
    verify(*deliver(), SECRET)
    refused = refusal_of(*deliver(secret="unheard-of"), [SECRET, OTHER_SECRET])
    assert refused.problem == "mismatch"
    assert "none of the 2 secrets fits" in str(refused)


@pytest.mark.parametrize(("age", "accepted"), [(0, True), (295, True), (-295, True), (400, False), (-400, False)])
def test_the_time_of_sending_may_differ_to_both_sides(age: int, accepted: bool) -> None:
    delivery = deliver(timestamp=int(time.time()) - age)
    verify(*delivery, [SECRET], None)
    verify(*delivery, [SECRET], tolerance=500)
    if accepted:
        verify(*delivery, [SECRET])
    else:
        refused = refusal_of(*delivery, [SECRET])
        assert refused.problem == ("too_old" if age > 0 else "in_future")
        assert "clock" in str(refused)


@pytest.mark.parametrize("stamp", ["yesterday", "1e9", "-5", "١٢٣", "9" * 5000])
def test_a_time_that_is_no_number_is_refused_even_with_a_right_signature(stamp: str) -> None:
    from hmac import digest

    body = b"{}"
    signature = "v2=" + digest(SECRET.encode(), b"v2:" + stamp.encode() + b":" + body, "sha256").hex()
    headers = {"x-pinwheel-signature": signature, "x-timestamp": stamp}
    assert refusal_of(body, headers, [SECRET]).problem in {"malformed", "in_future", "too_old"}


class TestErrorsSayWhatToDo:
    def test_a_text_instead_of_bytes(self) -> None:
        body, headers = deliver()
        refused = refusal_of(body.decode(), headers, [SECRET])
        assert refused.problem == "body"
        assert "raw bytes" in str(refused)
        assert "request.get_data()" in str(refused)

    @pytest.mark.parametrize("body", [None, {"event": "x"}, 5])
    def test_something_else_instead_of_bytes(self, body: object) -> None:
        assert refusal_of(body, deliver().headers, [SECRET]).problem == "body"

    def test_other_kinds_of_bytes_are_bytes(self) -> None:
        body, headers = deliver()
        verify(bytearray(body), headers, [SECRET])  # type: ignore[arg-type]
        verify(memoryview(body), headers, [SECRET])  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "options",
        [{"separators": (",", ":")}, {"ensure_ascii": False}, {"indent": 2}, {"ensure_ascii": False, "indent": 0}],
    )
    def test_a_body_that_was_parsed_and_written_again(self, options: dict[str, Any]) -> None:
        content = tree(note="Zoë 🌳", amount=1.0)
        headers = deliver(content).headers
        refused = refusal_of(json.dumps(content, **options).encode(), headers, [SECRET])
        assert refused.problem == "rewritten"
        assert "untouched" in str(refused)

    @pytest.mark.parametrize("name", ["x-pinwheel-signature", "x-timestamp"])
    @pytest.mark.parametrize("value", [None, ""])
    def test_a_header_that_is_missing(self, name: str, value: str | None) -> None:
        body, headers = deliver()
        without = {key: value for key, value in headers.items() if key != name}
        if value is not None:
            without[name] = value
        refused = refusal_of(body, without, [SECRET])
        assert refused.problem == "missing"
        assert name in str(refused)
        assert "hand over the headers" in str(refused)

    @pytest.mark.parametrize("headers", [None, 5, object(), ["a"], [("a", "b", "c")], [1], {}, [], "", "ab"])
    def test_headers_that_are_none(self, headers: Any) -> None:
        assert refusal_of(b"{}", headers, [SECRET]).problem == "missing"

    @pytest.mark.parametrize(
        "signature", ["v2", "v2=", "v2=xyz", "v3=" + "0" * 64, "0" * 64, "v2=" + "é" * 64, "v2=" + "0" * 63]
    )
    def test_a_signature_of_another_form(self, signature: str) -> None:
        body, headers = deliver()
        refused = refusal_of(body, {**headers, "x-pinwheel-signature": signature}, [SECRET])
        assert refused.problem in {"malformed", "mismatch"}

    def test_a_header_that_is_there_twice(self) -> None:
        body, headers = deliver()
        twice = [*headers.items(), ("X-Timestamp", "1")]
        assert "twice" in str(refusal_of(body, twice, [SECRET]))
        verify(body, [*headers.items(), *headers.items()], [SECRET])

    def test_an_error_is_one_of_ours(self) -> None:
        assert issubclass(WebhookSignatureError, PinwheelError)


def test_what_is_signed_here_is_as_pinwheel_signs_it() -> None:
    assert sign(b"{}", "TEST_KEY", 860860860) == {
        "x-pinwheel-signature": "v2=7fc68ae7307515afbba2c19f690a17d557e74d41dffea10144d7cddde00ce545",
        "x-timestamp": "860860860",
    }


class TestSecrets:
    @pytest.mark.parametrize("secrets", [[], (), "", None, [""], [SECRET, ""], [None], [b"bytes"], 5, [["x"]]])
    def test_none_or_an_empty_one_is_refused_at_once(self, secrets: Any) -> None:
        with pytest.raises(ConfigurationError):
            verify(*deliver(), secrets)
        with pytest.raises(ConfigurationError):
            sign(b"", secrets)

    @pytest.mark.parametrize("secret", [f"{SECRET}\n", f" {SECRET}", "Zoë-secret", "nul\0"])
    def test_one_that_no_header_could_carry_is_told(self, secret: str) -> None:
        with pytest.raises(ConfigurationError) as caught:
            verify(*deliver(), [secret])
        assert SECRET not in str(caught.value)

    def test_an_empty_secret_does_not_open_the_door(self) -> None:
        from hmac import digest

        body, stamp = b"{}", str(int(time.time()))
        forged = "v2=" + digest(b"", b"v2:" + stamp.encode() + b":" + body, "sha256").hex()
        with pytest.raises(ConfigurationError):
            verify(body, {"x-pinwheel-signature": forged, "x-timestamp": stamp}, [SECRET, ""])
