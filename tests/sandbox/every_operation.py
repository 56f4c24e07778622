"""Call every operation of a version with its real client."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from pinwheel_overlays.wire import WireRequest, WireResponse
from pinwheel_sandbox import Sandbox
from pinwheel_sandbox.core import ROUTES
from pinwheel_sandbox.in_process import InProcessTransport
from pinwheel_sandbox.link.terms import PASSWORD

from .contract import operation_of

LINK_BODIES: dict[str, dict[str, Any]] = {
    "2021-04-29": {"org_name": "Acme Bank", "job": "paystubs", "end_user_id": "user_1"},
    "2021-07-28": {"org_name": "Acme Bank", "required_jobs": ["paystubs"], "end_user_id": "user_1"},
    "2025-07-08": {"org_name": "Acme Bank", "solution": "Verify", "features": ["paystubs"], "end_user_id": "user_1"},
}


def link_body(version: str) -> dict[str, Any]:
    return LINK_BODIES[max(date for date in LINK_BODIES if date <= version)]


class CheckedTransport:
    """Answers out of a sandbox, and fails where the document of the version says otherwise."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._inner = InProcessTransport(sandbox.handle)
        self.called: set[str] = set()

    def send(self, request: WireRequest, /) -> WireResponse:
        answer = self._inner.send(request)
        path = urlsplit(request.url).path
        version = answer.headers["pinwheel-version"]
        assert answer.status < 300, (request.method, path, answer.status, answer.body)
        found = operation_of(version, request.method, path)
        assert found is not None
        self.called.add(found["operationId"])
        return answer

    def close(self) -> None:
        """Nothing to let go of."""


def call_every_operation(sandbox: Sandbox, version: str) -> set[str]:
    """The operations that were called, all with success."""
    transport = CheckedTransport(sandbox)
    client: Any = sandbox.client(version, transport=transport)
    has = {route.operation for route in ROUTES if route.since <= version <= route.until}

    def when(operation: str, call: Callable[[], Any]) -> Any:
        return call() if operation in has else None

    token = client.link_tokens.create(**link_body(version))
    account = sandbox.login(token.token).account_id
    # Tax forms are read where they are asked for, which the first version cannot do.
    body = {"org_name": "Acme Bank", "solution": "Verify", "features": ["tax_forms"], "account_id": account}
    sandbox.login(sandbox.client().link_tokens.create(**body).token)
    sandbox.add_document("user_1", "paystub")
    _accounts(client, when, account)
    _end_users(client, when)
    _catalogue(client)
    _webhooks(client, version)
    _companies(sandbox, client, when)
    _admin(sandbox, transport, version, has)
    page = {**link_body(version), "redirect_url": "https://example.com/back", "ttl": 1000}
    when("sites.create", lambda: client.sites.create(**page))
    list(client.jobs.list())
    client.close()
    return transport.called


def _accounts(client: Any, when: Any, account: str) -> None:
    accounts = client.accounts
    assert list(accounts.list())
    accounts.get(account)
    for part in (accounts.employment, accounts.identity, accounts.income, accounts.direct_deposit_allocations):
        part.get(account)
    stub = accounts.paystubs.list(account).first()
    accounts.paystubs.get(account, stub.id)
    assert accounts.shifts.list(account).first()
    form = when("accounts.tax_forms.list", lambda: accounts.tax_forms.list(account).first())
    when(
        "accounts.tax_forms.get",
        lambda: accounts.tax_forms.get(account, form.id, with_parsed_data=True).parsed_data.box_1,
    )
    when(
        "sandbox.accounts.update",
        lambda: client.sandbox.accounts.update(account, monitoring_status="user_action_required"),
    )


def _end_users(client: Any, when: Any) -> None:
    users = getattr(client, "end_users", None)
    when("end_users.accounts.list", lambda: list(users.accounts.list("user_1")))
    when(
        "end_users.earnings_stream.payouts.list", lambda: users.earnings_stream.payouts.list("user_1").first().pay_date
    )
    when("end_users.verification_reports.voe", lambda: users.verification_reports.voe("user_1"))
    when("end_users.verification_reports.voie", lambda: users.verification_reports.voie("user_1"))
    document = when("end_users.documents.list", lambda: users.documents.list("user_1").first())
    when("end_users.documents.get", lambda: users.documents.get("user_1", document.id))
    when(
        "end_users.bill_navigator.update_status",
        lambda: users.bill_navigator.update_status("user_1", action="deactivated"),
    )


def _catalogue(client: Any) -> None:
    employer = client.employers.list().first()
    client.employers.get(employer.id)
    client.platforms.get(client.platforms.list().first().id)
    assert list(client.search.list(q="acme"))
    if hasattr(client.employers, "lookup"):
        client.employers.lookup(ein=ein_of(employer.id))


def ein_of(employer_id: str) -> str:
    from pinwheel_sandbox.catalogue.entries import catalogue

    return catalogue().employers[employer_id].ein


def _webhooks(client: Any, version: str) -> None:
    numbered = {"version": "2023-04-18"} if version >= "2023-04-18" else {}
    hook = client.webhooks.create(
        url="https://example.com/hook", status="active", enabled_events=["account.added"], **numbered
    )
    assert [found.id for found in client.webhooks.list()] == [hook.id]
    client.webhooks.update(hook.id, status="paused")
    assert client.webhooks.get(hook.id).status == "paused"
    client.webhooks.delete(hook.id)
    assert not list(client.webhooks.list())


def _companies(sandbox: Sandbox, client: Any, when: Any) -> None:
    connection = when(
        "company_connections.create", lambda: client.company_connections.create(company_name="Fernmoor Foundry")
    )
    if connection is None:
        return
    companies = client.company_connections
    token = client.company_connect.link_tokens.create(
        org_name="Acme Bank", company_connect={"company_connection_id": connection.id}
    )
    sandbox.login_to_company(token.token)
    assert companies.get(connection.id).status == "data_available"
    assert [found.id for found in companies.list()] == [connection.id]
    number = companies.census.list(connection.id).first().employee_external_id
    assert companies.employments.list(connection.id).first()
    assert companies.incomes.list(connection.id).first()
    assert companies.paystubs.list(connection.id, number).first()


def _admin(sandbox: Sandbox, transport: CheckedTransport, version: str, has: set[str]) -> None:
    if "admin.tokens.create" not in has:
        return
    visitor: Any = sandbox.client(version, transport=transport)
    token = visitor.admin.tokens.create(username="owner", password=PASSWORD).token
    owner: Any = sandbox.client(version, transport=transport, admin_token=token)
    key = owner.admin.api_keys.create()
    assert key.key in {found.key for found in owner.admin.api_keys.list()}
    other: Any = sandbox.client(version, transport=transport, api_secret=key.secret)
    assert list(other.accounts.list())
    assert owner.admin.api_keys.revoke(key.key).revoked_at


def call_the_endings(sandbox: Sandbox, version: str) -> set[str]:
    """The two calls that end something, on an account of their own."""
    if version < "2022-03-02":
        return set()
    transport = CheckedTransport(sandbox)
    client: Any = sandbox.client(version, transport=transport)
    login = sandbox.login(client.link_tokens.create(**link_body(version)).token)
    client.accounts.disable_monitoring(login.account_id)
    client.accounts.disconnect(login.account_id)
    return transport.called
