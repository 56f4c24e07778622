"""Logging in: once a token, by people who exist, on platforms that can do it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from pinwheel_sandbox import LinkError, Sandbox
from pinwheel_sandbox.catalogue.entries import catalogue

from .asking import Asker


def refusal(sandbox: Sandbox, token: str, **given: str) -> tuple[str, str]:
    with pytest.raises(LinkError) as caught:
        sandbox.login(token, **given)
    return caught.value.type, caught.value.code


def test_login_connects_an_account(ask: Asker) -> None:
    login = ask.login()
    account = ask("GET", f"/v1/accounts/{login.account_id}").data
    assert account["end_user_id"] == login.end_user_id == "user_1"
    assert account["platform_id"] == login.platform_id
    assert account["link_token_id"] == login.link_token_id
    assert (account["connected"], account["monitoring_status"]) == (True, "active")
    assert account["created_at"] == "2025-06-24T22:04:33.547000+00:00"


def test_token_is_good_for_one_login(ask: Asker) -> None:
    token = ask.token()
    ask.sandbox.login(token)
    assert refusal(ask.sandbox, token) == ("invalidLinkToken", "usedLinkToken")
    assert len(ask("GET", "/v1/accounts").data) == 1


def test_one_of_many_threads_wins_a_token(ask: Asker) -> None:
    token = ask.token()

    def attempt(_: int) -> str:
        try:
            return "in" if ask.sandbox.login(token) else ""
        except LinkError as error:
            return error.code

    with ThreadPoolExecutor(8) as pool:
        assert Counter(pool.map(attempt, range(16))) == {"in": 1, "usedLinkToken": 15}


def test_token_expires(ask: Asker) -> None:
    token, late = ask.token(), ask.token()
    ask.sandbox.clock.advance(timedelta(minutes=59, seconds=59))
    ask.sandbox.login(token)
    ask.sandbox.clock.advance(timedelta(seconds=1))
    assert refusal(ask.sandbox, late) == ("invalidLinkToken", "sandboxExpiredLinkToken")


@pytest.mark.parametrize("change", ["payload", "signature", "nonsense", "empty", "not ascii"])
def test_forged_tokens_are_refused(ask: Asker, change: str) -> None:
    header, payload, signature = ask.token().split(".")
    forged = {
        "payload": f"{header}.{payload[:-4]}AAAA.{signature}",
        "signature": f"{header}.{payload}.{signature[::-1]}",
        "nonsense": "nonsense",
        "empty": "",
        "not ascii": f"{header}.{payload}.é",
    }[change]
    assert refusal(ask.sandbox, forged) == ("invalidLinkToken", "invalidLinkTokenSignature")


def test_token_of_another_sandbox_is_refused(ask: Asker) -> None:
    with Sandbox() as other:
        foreign = Asker(other).token()
    assert refusal(ask.sandbox, foreign) == ("invalidLinkToken", "invalidLinkTokenSignature")


def test_wrong_credentials_leave_the_token_usable(ask: Asker) -> None:
    token = ask.token()
    for given in ({"username": "user_unknown"}, {"password": "pass_bad"}):
        assert refusal(ask.sandbox, token, **given) == ("invalidUserInput", "invalidCredentials")
    assert ask("GET", "/v1/accounts").data == []
    assert ask.sandbox.login(token, username="user_good@example.com").account_id


def test_twenty_five_accounts_for_one_end_user(ask: Asker) -> None:
    for _ in range(25):
        ask.login()
    assert refusal(ask.sandbox, ask.token()) == ("systemError", "systemError")
    assert ask.login(end_user_id="user_2").account_id


def test_employer_and_platform_can_be_picked(ask: Asker) -> None:
    entries = catalogue()
    employer = next(e for e in entries.employers.values() if e.name == "Quillmoor Air")
    login = ask.sandbox.login(ask.token(), employer_id=employer.id)
    assert (login.employer_id, login.platform_id) == (employer.id, employer.platform.id)
    platform = next(p for p in entries.platforms.values() if p.name == "Ledgerlark")
    login = ask.sandbox.login(ask.token(platform_id=platform.id))
    assert (login.employer_id, login.platform_id) == (None, platform.id)
    assert ask("GET", f"/v1/accounts/{login.account_id}/employment").data["employer_name"] == "Acme Corporation"


def test_platform_must_do_what_the_token_asks_for(ask: Asker) -> None:
    clock = next(p for p in catalogue().platforms.values() if p.name == "Clockwren")
    kind, code = refusal(ask.sandbox, ask.token(), platform_id=clock.id)
    assert (kind, code) == ("sandboxError", "platformLacksFeatures")
    assert refusal(ask.sandbox, ask.token(), employer_id="nobody") == ("sandboxError", "unknownEmployer")
    assert refusal(ask.sandbox, ask.token(), platform_id="nothing") == ("sandboxError", "unknownPlatform")


def test_default_platform_fits_the_features(ask: Asker) -> None:
    assert ask.login(features=["bill_switch"]).platform_name == "Cablefen"
    assert ask.login(platform_type="time_and_attendance", features=["shifts"]).platform_name == "Clockwren"
    impossible = ask.token(features=["bill_switch", "paystubs"])
    assert refusal(ask.sandbox, impossible) == ("sandboxError", "platformLacksFeatures")


def test_platform_without_a_job_has_no_such_data(ask: Asker) -> None:
    login = ask.login(platform_type="time_and_attendance", features=["shifts"])
    account = f"/v1/accounts/{login.account_id}"
    assert ask("GET", f"{account}/identity").status == 200
    assert ask("GET", f"{account}/income").status == 404
    assert ask("GET", f"{account}/paystubs").body == {
        "meta": {"refreshed_at": None, "count": 0, "next_cursor": None},
        "data": [],
    }
    assert ask("GET", account).data["data_updated_at"]["income"] is None


def test_control_call_does_the_same(ask: Asker) -> None:
    token = ask.token()
    done = ask("POST", "/_sandbox/link/complete", body={"token": token, "username": "user_good"})
    assert done.data["end_user_id"] == "user_1"
    again = ask("POST", "/_sandbox/link/complete", body={"token": token})
    assert (again.status, again.error["type"], again.error["code"]) == (400, "invalidLinkToken", "usedLinkToken")
    assert ask("POST", "/_sandbox/link/complete", body={}).wrong_fields == {"token"}
    assert ask("POST", "/_sandbox/link/complete", body={"token": token, "username": 1}).wrong_fields == {"username"}
    assert ask("GET", "/_sandbox/link/complete").status == 405
    assert ask("GET", "/_sandbox/nothing").status == 404
