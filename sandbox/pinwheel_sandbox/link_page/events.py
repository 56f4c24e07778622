"""Link's events, in the shape that the SDK version which opened Link knows."""

from collections.abc import Mapping

from pinwheel_sandbox.link_page.state import Choice, Failure, Json, Sdk, Target

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
