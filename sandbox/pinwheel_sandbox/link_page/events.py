"""Link's events, in the shape that the SDK version which opened Link knows."""

from collections.abc import Mapping

from pinwheel_sandbox.link_page.state import Bill, Choice, Failure, Json, Sdk, Target

# What a screen is called in screen_transition; the other screens have no name that was ever told.
SCREEN_NAMES: Mapping[str, str] = {
    "search": "SEARCH_DEFAULT",
    "search_results": "SEARCH_RESULTS",
    "search_platforms": "SEARCH_PLATFORM_ONLY",
    "provider_confirmation": "PROVIDER_CONFIRMATION",
    "login": "LOGIN",
    "amount": "DD_AMOUNT_SELECTION",
    "confirm": "DD_CONFIRMATION",
    "success": "JOB_SUCCESS",
    "job_error": "JOB_ERROR",
    "exit_confirmation": "EXIT_CONFIRMATION",
}

# SDKs of native apps, which look for an error inside `error` when Link is closed.
_NATIVE = ("ios", "android")

# The version of the SDK that first knew an event; those that are not named were always there.
FIRST: Mapping[str, tuple[int, int]] = {
    "other_event": (3, 0),
    "external_account_connected": (3, 3),
    "merchant_login_success": (3, 3),
    "bill_switch_success": (3, 3),
    "bill_switch_failure": (3, 3),
    "bill_removed": (3, 3),
    "bill_added": (4, 0),
    "bill_edited": (4, 0),
    "bill_marked_inactive": (4, 0),
    "bill_switch_platforms_added": (4, 0),
    "bill_switch_platforms_removed": (4, 0),
    "bill_cancel_success": (4, 0),
    "bill_cancel_failure": (4, 0),
    "calendar_sync": (4, 0),
    "customer_terms_accepted": (4, 0),
    "user_activated": (4, 0),
}
# The version that knew an event no more.
ENDED: Mapping[str, tuple[int, int]] = {"input_amount": (3, 0)}
NATIVE_ONLY = frozenset({"input_required"})


def known(sdk: Sdk, name: str) -> bool:
    """Whether an SDK has an event: what it does not have, it is not told."""
    if name in NATIVE_ONLY and sdk.name not in _NATIVE:
        return False
    return sdk.since(*FIRST.get(name, (0, 0))) and not (name in ENDED and sdk.since(*ENDED[name]))


def other_event(name: str, **values: str | bool | float | None) -> Json:
    """An event without a name of its own; values are always texts, and say what they were."""
    listed = [{"key": key, "value": _text(value), "type": _kind(value)} for key, value in values.items()]
    return {"name": name, "payload": listed}


def amount(choice: Choice) -> Json | None:
    """The share as version 2 tells it; all of the pay and the remainder are no number."""
    units = {"amount": "$", "percentage": "%"}
    return {"value": choice.value, "unit": units[choice.kind]} if choice.kind in units else None


def allocation(choice: Choice, target: Target | None) -> Json:
    """The share as input_allocation tells it."""
    if choice.kind == "partner":
        return {"action": None, "allocation": None}
    if choice.kind == "full":
        return {"action": "full_switch"}
    part: Json = {"type": choice.kind}
    if choice.value is not None:
        part["value"] = choice.value
    if target is not None:
        part["target"] = {"accountName": target.name, "accountType": target.type}
    return {"action": "partial_switch", "allocation": part}


def result(sdk: Sdk, job: str, account_id: str, platform_id: str, choice: Choice | None, target: Target | None) -> Json:
    """What onSuccess gets."""
    told: Json = {"accountId": account_id, "platformId": platform_id, "job": job}
    if sdk.major < 3:
        told["params"] = {"amount": amount(choice)} if choice and amount(choice) else {}
    elif choice is not None:
        told["params"] = allocation(choice, target)
    return told


def bill(sdk: Sdk, bill: Bill, platform_name: str) -> Json:
    """A bill, as the events about the list of bills tell it; before version 4 these looked like switches."""
    told: Json = {
        "platformId": bill.platform_id,
        "platformName": platform_name,
        "frequency": bill.frequency,
        "nextPaymentDate": bill.due,
        "amountCents": bill.cents,
    }
    return told if sdk.since(4) else {**told, **_guidance(sdk)}


def bill_switch(sdk: Sdk, of: Bill, platform_name: str, account_id: str | None) -> Json:
    """A bill that was switched or cancelled; the account is there once the user has logged in."""
    told = {**bill(sdk, of, platform_name), **_guidance(sdk)}
    return {**told, "accountId": account_id} if account_id else told


def _guidance(sdk: Sdk) -> Json:
    """Link does here what the user asks for. Of versions 3.4 to 3.x, sources say the one and the other."""
    told: Json = {}
    if not sdk.since(4):
        told["isGuidedSwitch"] = False
    if sdk.since(3, 4):
        told["isIntegratedSwitch"] = True
    return told


def exit_payload(sdk: Sdk, failure: Failure | None) -> Json:
    """What onExit gets: nothing, or the error that Link was closed on."""
    if failure is None:
        return {}
    return {"error": failure.payload()} if sdk.name in _NATIVE else failure.payload()


def _text(value: str | bool | float | None) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kind(value: str | bool | float | None) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "string"
