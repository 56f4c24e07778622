"""What a client in another language is asked to do: every operation of a version, in an order that works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

END_USER = "zoë/1 +&%"
"""Every character that a path has to encode, and one beyond ASCII."""

_READS = ("", "identity", "income", "employment", "direct_deposit_allocations", "paystubs", "shifts", "tax_forms")
_TOKEN = {"org_name": "Acme Bank", "end_user_id": END_USER}
READ_JOBS = ["direct_deposit_allocations", "employment", "identity", "income", "paystubs", "shifts", "tax_forms"]
_WEBHOOK = {"url": "https://bank.example/webhooks", "status": "active", "enabled_events": ["paystubs.added"]}
JOBS_OF_A_COMPANY = ["company_census", "company_employments", "company_incomes"]
NOWHERE = "00000000-0000-4000-8000-000000000000"

Step = dict[str, Any]


def step(
    call: str,
    arguments: Mapping[str, object] | None = None,
    body: object = None,
    status: int = 200,
    bearer: str | None = None,
    **keep: str,
) -> Step:
    """One call, and what later ones need of its answer, as JSON pointers."""
    found: Step = {"call": call, "arguments": dict(arguments or {}), "body": body, "status": status, "keep": keep}
    return found if bearer is None else {**found, "bearer": bearer}


def steps(version: str, known: Mapping[str, str]) -> Iterator[Step]:
    """All of a version. `known` are ids of what a login left behind."""
    newest = version >= "2025-07-08"
    wanted = {"solution": "Verify", "features": READ_JOBS} if newest else {"required_jobs": READ_JOBS}
    yield step("POST /v1/link_tokens", body=_TOKEN | wanted | {"tags": {"branch": "7"}})
    yield step("POST /v1/link_tokens", body=_TOKEN | wanted | {"end_user_id": "   "}, status=400)
    account, end_user = {"account_id": known["account_id"]}, {"end_user_id": END_USER}
    yield step("GET /v1/accounts", {"limit": 1, "connected": True})
    for read in _READS:
        yield step(f"GET /v1/accounts/{{account_id}}/{read}".rstrip("/"), account)
        yield step(f"GET /v1/accounts/{{account_id}}/{read}".rstrip("/"), {"account_id": NOWHERE}, status=404)
    yield step("GET /v1/accounts/{account_id}/paystubs", account | {"limit": 7, "from_pay_date": "2020-01-31"})
    yield step("GET /v1/accounts/{account_id}/shifts", account | {"limit": 100, "to_end_date": "2035-12-31"})
    yield step("GET /v1/accounts/{account_id}/paystubs/{paystub_id}", account | {"paystub_id": known["paystub_id"]})
    form = account | {"tax_form_id": known["tax_form_id"], "with_parsed_data": True}
    yield step("GET /v1/accounts/{account_id}/tax_forms/{tax_form_id}", form)
    yield from _catalogue(newest)
    times = {"from_timestamp": "2020-01-31T09:00:00.5Z", "to_timestamp": "2035-01-31T09:00:00-05:00"}
    yield step("GET /v1/jobs", times | account | {"job_types": ["paystubs", "income"], "outcome": "success"})
    yield step("GET /v1/end_users/{end_user_id}/accounts", end_user)
    yield step("GET /v1/end_users/{end_user_id}/documents", end_user)
    document = end_user | {"document_id": known["document_id"]}
    yield step("GET /v1/end_users/{end_user_id}/documents/{document_id}", document)
    yield step("GET /v1/end_users/{end_user_id}/earnings_stream/payouts", end_user)
    yield step("GET /v1/end_users/{end_user_id}/verification_reports/voe", end_user)
    yield step("GET /v1/end_users/{end_user_id}/verification_reports/voie", end_user)
    if newest:
        status = "/v1/end_users/{end_user_id}/bill_navigator/status"
        yield step(f"PUT {status}", end_user, {"action": "deactivate"}, 204)
    yield from _webhooks(version)
    yield from _companies(known)
    yield from _keys()
    status = {"monitoring_status": "user_action_required"}
    yield step("PATCH /v1/sandbox/accounts/{account_id}", account, status)
    yield step("POST /v1/accounts/{account_id}/disable_monitoring", account, status=204)
    yield step("POST /v1/accounts/{account_id}/disconnect", account, status=204)


def _catalogue(newest: bool) -> Iterator[Step]:
    yield step("GET /v1/employers", {"limit": 100}, employer="/data/0/id")
    yield step("GET /v1/employers/{employer_id}", {"employer_id": "$employer"})
    if newest:
        yield step("GET /v1/employers/lookup", {"ein": "00-0000000"}, status=404)
    yield step("GET /v1/platforms", {"limit": 100, "include_esps": True}, platform="/data/0/id")
    yield step("GET /v1/platforms", {"last_updated": "2025-01-31T09:00:00Z", "type": "payroll"})
    yield step("GET /v1/platforms/{platform_id}", {"platform_id": "$platform"})
    yield step("GET /v1/search", {"q": "a b", "supported_jobs": ["paystubs", "income"], "platform_type": "payroll"})


def _webhooks(version: str) -> Iterator[Step]:
    yield step("POST /v1/webhooks", body=_WEBHOOK | {"version": version}, webhook="/data/id")
    one = {"webhook_id": "$webhook"}
    yield step("GET /v1/webhooks")
    yield step("GET /v1/webhooks/{webhook_id}", one)
    yield step("PUT /v1/webhooks/{webhook_id}", one, {"status": "paused"})
    yield step("DELETE /v1/webhooks/{webhook_id}", one)
    yield step("GET /v1/webhooks/{webhook_id}", one, status=404)


def _companies(known: Mapping[str, str]) -> Iterator[Step]:
    yield step("POST /v1/company_connections", body={"company_name": "Copperquill"}, connection="/data/id")
    token = {"org_name": "Acme", "required_jobs": JOBS_OF_A_COMPANY}
    yield step(
        "POST /v1/company_connect/link_tokens",
        body=token | {"company_connect": {"company_connection_id": "$connection"}},
    )
    yield step("GET /v1/company_connections", {"limit": 1})
    one = {"company_connection_id": known["company_connection_id"]}
    yield step("GET /v1/company_connections/{company_connection_id}", one)
    at = "GET /v1/company_connections/{company_connection_id}"
    yield step(f"{at}/census", one, employee="/data/0/employee_external_id")
    yield step(f"{at}/employments", one)
    yield step(f"{at}/incomes", one)
    yield step(f"{at}/paystubs/{{employee_external_id}}", one | {"employee_external_id": "$employee"})


def _keys() -> Iterator[Step]:
    yield step("POST /v1/admin/token", body={"username": "owner", "password": "no"}, status=401)
    yield step("POST /v1/admin/token", body={"username": "owner", "password": "pass_good"}, token="/data/token")
    yield step("POST /v1/admin/api_keys", body={}, bearer="token", key="/data/key")
    yield step("GET /v1/admin/api_keys", bearer="token")
    yield step("POST /v1/admin/api_keys/{api_key}/revoke", {"api_key": "$key"}, bearer="token")
