"""Link tokens: what they are made of, and what is refused."""

import base64
import json
from datetime import datetime
from typing import Any

import pytest

from .asking import NOWHERE, Asker

MINIMAL = {"org_name": "Acme Bank", "solution": "Verify", "features": ["paystubs"], "end_user_id": "user_1"}


def claims(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    header, payload, _ = (part + "=" * (-len(part) % 4) for part in token.split("."))
    return json.loads(base64.urlsafe_b64decode(header)), json.loads(base64.urlsafe_b64decode(payload))


def test_token_is_the_jwt_that_was_recorded(ask: Asker) -> None:
    data = ask("POST", "/v1/link_tokens", body=MINIMAL).data
    header, payload = claims(data["token"])
    assert header == {"alg": "HS256", "typ": "JWT"}
    assert set(payload) == {"data", "iat", "exp"}
    assert payload["exp"] - payload["iat"] == 3600
    assert payload["exp"] == int(datetime.fromisoformat(data["expires"]).timestamp())
    assert data["expires"] == "2025-06-24T23:04:33.547000+00:00"
    assert (data["mode"], data["smart_branch_url"]) == ("sandbox", None)
    assert payload["data"]["token_id"] == data["id"]
    assert payload["data"]["org_name"] == "Acme Bank"
    assert len(payload["data"]["api_key"]) == 64
    assert payload["data"]["skip_exit_survey"] is False


def test_claims_hold_the_options_as_they_were_sent(ask: Asker) -> None:
    allocation = {"type": "amount", "value": 123.45, "targets": [{"name": "Savings", "account_number": "123456"}]}
    data = ask("POST", "/v1/link_tokens", body={**MINIMAL, "allocation": allocation, "tags": {"a": "b"}}).data
    _, payload = claims(data["token"])
    assert payload["data"]["allocation"] == allocation
    assert payload["data"]["tags"] == {"a": "b"}
    assert payload["data"]["required_jobs"] == ["paystubs"]


def test_end_user_id_is_trimmed(ask: Asker) -> None:
    ask("POST", "/v1/link_tokens", body={**MINIMAL, "end_user_id": "  user 1 "})
    assert ask("GET", "/v1/end_users/user%201/accounts").data == []
    assert ask("GET", "/v1/end_users/%20user%201%20/accounts").data == []


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"org_name": "ab"}, {"org_name"}),
        ({"org_name": "a" * 31}, {"org_name"}),
        ({"org_name": 5, "solution": None}, {"org_name", "solution"}),
        ({"solution": "Everything"}, {"solution"}),
        ({"features": ["paystubs", "everything"]}, {"features[1]"}),
        ({"features": "paystubs"}, {"features"}),
        ({"end_user_id": " "}, {"end_user_id"}),
        ({"end_user_id": "x" * 256}, {"end_user_id"}),
        ({"allocation": {"type": "amount"}}, {"allocation.value"}),
        ({"allocation": {"type": "amount", "value": 5, "min_amount": 10}}, {"allocation.value"}),
        ({"allocation": {"targets": [{"account_number": "12a456"}]}}, {"allocation.targets[0].account_number"}),
        ({"reseller_customer_id": "customer"}, {"reseller_customer_id"}),
        ({"skip_intro_screen": True, "end_user": {"platform_matching": {"last_name": "U"}}}, {"skip_intro_screen"}),
        ({"end_user": {"platform_matching": {"email": "nobody"}}}, {"end_user.platform_matching.email"}),
        ({"end_user": {"platform_matching": {"email": "a b@c.d"}}}, {"end_user.platform_matching.email"}),
        ({"tags": {"a": 1}}, {"tags[...]"}),
    ],
)
def test_bad_options_are_named(ask: Asker, change: dict[str, Any], fields: set[str]) -> None:
    answer = ask("POST", "/v1/link_tokens", body={**MINIMAL, **change})
    assert answer.status == 400
    assert answer.error["type"] == "INVALID_REQUEST_PARAMETERS"
    assert answer.wrong_fields == fields


def test_every_missing_property_is_named(ask: Asker) -> None:
    assert ask("POST", "/v1/link_tokens", body={}).wrong_fields == {"org_name", "solution"}
    alone = {"org_name": "Acme Bank", "solution": "Verify"}
    assert ask("POST", "/v1/link_tokens", body=alone).wrong_fields == {"features", "end_user_id"}


def test_wrong_routing_number_has_the_documented_code(ask: Asker) -> None:
    body = {**MINIMAL, "allocation": {"targets": [{"routing_number": "12345"}]}}
    assert ask("POST", "/v1/link_tokens", body=body).error["code"] == "INVALID_ROUTING_NUMBER"


def test_messages_speak_of_json(ask: Asker) -> None:
    [field] = ask("POST", "/v1/link_tokens", body={**MINIMAL, "org_name": 5}).error["fields"]
    assert field["message"] == "Expected string, got integer."


@pytest.mark.parametrize("reference", ["employer_id", "platform_id", "account_id"])
@pytest.mark.parametrize("value", [NOWHERE, "not a uuid", ""])
def test_references_must_exist(ask: Asker, reference: str, value: str) -> None:
    assert ask("POST", "/v1/link_tokens", body={**MINIMAL, reference: value}).status == 404


def test_platform_matching_is_taken(ask: Asker) -> None:
    matching = {"first_name": "Ash", "email": "ash.userton+1@mail.example.com", "date_of_birth": "1993-08-28"}
    assert ask("POST", "/v1/link_tokens", body={**MINIMAL, "end_user": {"platform_matching": matching}}).status == 200


def test_unknown_properties_are_passed_over(ask: Asker) -> None:
    assert ask("POST", "/v1/link_tokens", body={**MINIMAL, "skip_exit_survey": True}).status == 200


def test_account_makes_user_and_features_optional(ask: Asker) -> None:
    account = ask.login().account_id
    body = {"org_name": "Acme Bank", "solution": "Verify", "account_id": account}
    assert ask("POST", "/v1/link_tokens", body=body).status == 200
    ask("POST", f"/v1/accounts/{account}/disconnect")
    assert ask("POST", "/v1/link_tokens", body=body).wrong_fields == {"account_id"}
