"""Every event and every named screen of Link, for each version of the SDK: the ones it has, and no others."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from pinwheel_api import link
from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.link_page.state import Sdk

from .link_session import BILLS, MANAGER, SWITCH, Session, sdk

SPEC = Path(__file__).parents[2] / "spec"

ALWAYS = [
    "open",
    "select_employer",
    "select_platform",
    "incorrect_platform_given",
    "login_attempt",
    "login",
    "input_allocation",
    "doc_uploads_begin",
    "doc_uploads_submitted",
    "dd_form_begin",
    "dd_form_create",
    "dd_form_download",
    "screen_transition",
    "exit",
    "success",
    "error",
]
BILL_SWITCHES = [
    "external_account_connected",
    "merchant_login_success",
    "bill_switch_success",
    "bill_switch_failure",
    "bill_removed",
]
VERSION_4 = [
    "bill_added",
    "bill_edited",
    "bill_marked_inactive",
    "bill_switch_platforms_added",
    "bill_switch_platforms_removed",
    "bill_cancel_success",
    "bill_cancel_failure",
    "calendar_sync",
    "customer_terms_accepted",
    "user_activated",
]

# What the registries of the SDKs say: an event, and who has it.
EVENTS: dict[Sdk, set[str]] = {
    sdk("2.3.12"): {*ALWAYS, "input_amount", "card_switch_begin"},
    sdk("3.0.0"): {*ALWAYS, "other_event", "card_switch_begin"},
    sdk("3.0.0", "ios"): {*ALWAYS, "other_event", "card_switch_begin", "input_required"},
    sdk("3.5.0"): {*ALWAYS, "other_event", *BILL_SWITCHES},
    sdk("4.0.0"): {*ALWAYS, "other_event", *BILL_SWITCHES, *VERSION_4},
    sdk("4.0.0", "android"): {*ALWAYS, "other_event", *BILL_SWITCHES, *VERSION_4, "input_required"},
}
SCREENS = [
    "SEARCH_DEFAULT",
    "SEARCH_RESULTS",
    "SEARCH_PLATFORM_ONLY",
    "PROVIDER_CONFIRMATION",
    "LOGIN",
    "DD_AMOUNT_SELECTION",
    "DD_CONFIRMATION",
    "JOB_SUCCESS",
    "JOB_ERROR",
    "EXIT_CONFIRMATION",
]

by_version = pytest.mark.parametrize("opened_by", EVENTS, ids=lambda one: f"{one.name} {one.major}.{one.minor}")


def income(sandbox: Sandbox, opened_by: Sdk) -> Session:
    link = Session(sandbox, opened_by, document_uploads="fallback")
    link.act("search", query="acme")
    link.act("platforms_only")
    link.pick("quillwage")
    link.act("confirm", id=link.screen["results"][0]["id"])
    link.log_in("user_mfa")
    link.act("submit", code="mfa_code")
    link.act("poll")
    link.act("done")
    return link


def wrong_platform(sandbox: Sandbox, opened_by: Sdk) -> Session:
    employer = sandbox._world.catalogue.default_employer()
    link = Session(sandbox, opened_by, employer_id=employer.id, document_uploads="fallback")
    link.act("another")
    link.act("upload")
    link.upload("stub.pdf", b"%PDF-1.4")
    link.act("submit")
    return link


def deposit(sandbox: Sandbox, opened_by: Sdk) -> Session:
    link = Session(sandbox, opened_by, **SWITCH, deposit_forms="fallback")
    link.pick("acme")
    link.log_in(password="wrong")
    link.log_in("user_error")
    link.act("submit", kind="amount", value="100")
    link.act("submit")
    link.act("poll")
    link.act("form")
    answers = ("full_name", "employer_name", "street", "city", "state", "zip")
    link.act("submit", **dict.fromkeys(answers, "x"))
    link.act("downloaded")
    link.act("close")
    link.act("exit")
    return link


def bill(sandbox: Sandbox, opened_by: Sdk) -> Session:
    link = Session(sandbox, opened_by, **BILLS)
    link.pick("reelmoor")
    link.log_in("user_error")
    link.act("submit")
    link.act("poll")
    link.act("retry")
    return link


def bill_by_bill(sandbox: Sandbox, opened_by: Sdk) -> Session:
    link = Session(sandbox, opened_by, **MANAGER)
    if link.screen["kind"] != "terms":
        return link  # no list of bills in this version
    link.act("submit")
    link.act("submit", bank=1)
    link.act("poll")
    for cancelling in (False, True):
        link.act("open", id=link.screen["bills"][0]["id"])
        link.act("cancel" if cancelling else "switch")
        if not cancelling:
            link.log_in()
            link.act("submit")
        link.act("poll")
    link.act("open", id=link.screen["bills"][1]["id"])
    link.act("edit")
    link.act("submit", amount="12.50", due="2025-07-01", frequency="weekly")
    link.act("open", id=link.screen["bills"][1]["id"])
    link.act("inactive")
    link.act("open", id=link.screen["bills"][1]["id"])
    link.act("remove")
    link.act("add")
    merchants = [entry["id"] for entry in link.screen["merchants"]]
    link.act("submit", platform=merchants[-1], amount="9.99", due="2025-07-01", frequency="monthly")
    for chosen in (merchants[:2], merchants[1:2]):
        link.act("services")
        link.act("submit", chosen=chosen)
    link.act("calendar")
    link.act("submit", calendar="1")
    link.act("open", id=link.screen["bills"][-1]["id"])
    link.act("cancel")
    link.log_in("user_error")
    link.act("poll")
    return link


JOURNEYS = (income, wrong_platform, deposit, bill, bill_by_bill)


@pytest.fixture
def told(sandbox: Sandbox, opened_by: Sdk) -> list[tuple[str, Any]]:
    return [event for journey in JOURNEYS for event in journey(sandbox, opened_by).all]


@by_version
def test_each_version_gets_the_events_that_it_knows(opened_by: Sdk, told: list[tuple[str, Any]]) -> None:
    assert {name for name, _ in told} == EVENTS[opened_by]


@by_version
def test_each_named_screen_is_shown(told: list[tuple[str, Any]]) -> None:
    assert {payload["screenName"] for name, payload in told if name == "screen_transition"} == set(SCREENS)


@by_version
def test_each_event_is_what_its_type_says(told: list[tuple[str, Any]]) -> None:
    for name, payload in told:
        event = msgspec.convert({"eventName": name, "payload": payload}, link.AnyLinkEvent)
        assert type(event).__name__ == "Link" + type_name(name)
        # Nothing is told that the types do not know.
        assert keys(payload) <= keys(msgspec.to_builtins(event.payload)), name


# What a callback of its own gets is the payload of its event.
CALLBACKS = {
    "login": link.LinkLoginResult,
    "success": link.LinkResult,
    "error": link.PinwheelError,
    "input_allocation": link.LinkAllocationInput,
}


@by_version
def test_what_callbacks_get_has_types(told: list[tuple[str, Any]]) -> None:
    for name, kind in CALLBACKS.items():
        payloads = [payload for event, payload in told if event == name]
        assert payloads
        for payload in payloads:
            assert keys(payload) <= keys(msgspec.to_builtins(msgspec.convert(payload, kind)))
    errors = [msgspec.convert(payload, link.PinwheelError) for name, payload in told if name == "error"]
    assert {(error.type, error.code) for error in errors} >= {("invalidUserInput", "invalidCredentials")}
    assert {error.pendingRetry for error in errors} == {False}


def test_the_table_has_each_event_of_the_types() -> None:
    named = {name for names in EVENTS.values() for name in names}
    assert named == set(_documented())
    for name, since in _documented().items():
        for version, names in EVENTS.items():
            assert (name in names) <= (version.major >= since), name


def type_name(event: str) -> str:
    return {"exit": "Closed"}.get(event, "".join(word.capitalize() for word in event.split("_")))


def keys(value: Any) -> set[str]:
    """The names in a payload, with the way to each."""
    if isinstance(value, list):
        return {key for item in value for key in keys(item)}
    if not isinstance(value, dict):
        return set()
    return {f"{name}.{below}" for name, item in value.items() for below in ("", *keys(item))}


@cache
def _documented() -> dict[str, int]:
    """Each event of the spec, and the major version that it came with."""
    listed = yaml.safe_load((SPEC / "events/link.yaml").read_text())["oneOf"]
    found = [yaml.safe_load((SPEC / "events" / entry["$ref"]).read_text()) for entry in listed]
    return {
        event["properties"]["eventName"]["const"]: int(str((event.get("x-sdk") or {}).get("since") or 0).split(".")[0])
        for event in found
    }
