"""A plan: the steps in the words of one document, for a program in another language to read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pinwheel_api import AccountType, Allocation, AllocationTarget, CompanyConnect, FixedAllocationType, Pinwheel
from pinwheel_sandbox import RemoteSandbox

from .steps import END_USER, JOBS_OF_A_COMPANY, READ_JOBS, steps

_TARGET = AllocationTarget(
    name="Main", type=AccountType.CHECKING, routing_number="021000021", account_number="123456789"
)
_METHODS = frozenset({"get", "post", "put", "patch", "delete"})


def prepare(sandbox: RemoteSandbox) -> dict[str, str]:
    """A fresh state with accounts, a deposit switch, documents and a company in it; the ids that a plan needs."""
    sandbox.reset()
    with Pinwheel(sandbox.secret, base_url=sandbox.url) as client:
        switch = client.link_tokens.create(
            org_name="Acme Bank",
            end_user_id=END_USER,
            solution="Deposit Switch",
            features=["direct_deposit_switch"],
            allocation=Allocation(type=FixedAllocationType.AMOUNT, value=Decimal("100.50"), targets=[_TARGET]),
        )
        sandbox.login(switch.token)
        token = client.link_tokens.create(
            org_name="Acme Bank", end_user_id=END_USER, solution="Verify", features=READ_JOBS
        )
        account_id = sandbox.login(token.token).account_id
        documents = [sandbox.add_document(END_USER, kind) for kind in ("paystub", "w2", "1099")]
        connection = client.company_connections.create(company_name="Copperquill Diners")
        company = client.company_connect.link_tokens.create(
            org_name="Acme Bank",
            required_jobs=JOBS_OF_A_COMPANY,
            company_connect=CompanyConnect(company_connection_id=connection.id),
        )
        sandbox.login_to_company(company.token)
        paystub, *_ = client.accounts.paystubs.list(account_id)
        tax_form, *_ = client.accounts.tax_forms.list(account_id)
        return {
            "account_id": account_id,
            "document_id": documents[0],
            "company_connection_id": connection.id,
            "paystub_id": paystub.id,
            "tax_form_id": tax_form.id,
        }


def plan(document: Mapping[str, Any], sandbox: RemoteSandbox, known: Mapping[str, str]) -> dict[str, Any]:
    """The steps of the document's version, each with the name that the document gives to its operation."""
    version = document["info"]["version"]
    operations = {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    }
    wanted = list(steps(version, known))
    if unseen := operations.keys() - {step["call"] for step in wanted}:
        raise AssertionError(f"no step calls {', '.join(sorted(unseen))}")
    written = [_written(step, document, operations[step["call"]], version) for step in wanted]
    return {
        "base": sandbox.url,
        "secret": sandbox.secret,
        "version": version,
        "account": known["account_id"],
        "steps": written,
    }


def _written(
    step: Mapping[str, Any], document: Mapping[str, Any], operation: Mapping[str, Any], version: str
) -> dict[str, Any]:
    names = [_parameter(document, one) for one in operation.get("parameters", ())]
    return {
        **step,
        "operation": operation["operationId"],
        "in_path": [one["name"] for one in names if one["in"] == "path"],
        "pages": any(one["name"] == "cursor" for one in names),
        "arguments": {**step["arguments"], "Pinwheel-Version": version},
    }


def _parameter(document: Mapping[str, Any], one: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = one.get("$ref")
    return document["components"]["parameters"][reference.rpartition("/")[2]] if reference else one
