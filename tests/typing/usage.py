"""What a type checker must see in code that uses the package: checked by `nox -s types`, never run."""

from __future__ import annotations

from datetime import date
from typing import assert_type

from pinwheel_api import (
    Account,
    AsyncPages,
    AsyncPinwheel,
    Employment,
    LinkToken,
    Money,
    Pages,
    Paystub,
    Pinwheel,
    Response,
    client_class,
    v2021_04_29,
    v2023_11_22,
)
from pinwheel_api.v2025_07_08 import events


def sync(client: Pinwheel) -> None:
    token = client.link_tokens.create(
        org_name="Acme", solution="Deposit Switch", features=["direct_deposit_switch"], end_user_id="user_1"
    )
    assert_type(token, LinkToken)
    assert_type(client.end_users.accounts.list("user_1"), Pages[Account])
    for account in client.end_users.accounts.list("user_1"):
        stubs = client.accounts.paystubs.list(account.id, from_pay_date=date(2026, 1, 1))
        assert_type(stubs, Pages[Paystub])
        for stub in stubs:
            assert_type(stub.pay_date, date)
            assert_type(stub.net_pay, Money)
            assert_type(stub.gross_pay, Money | None)
    answer = client.with_response.accounts.employment.get("id")
    assert_type(answer, Response[Employment])
    assert_type(answer.data, Employment)
    assert_type(answer.request_id, str | None)
    page = client.with_response.accounts.paystubs.list("id", limit=10)
    assert_type(page, Response[list[Paystub]])
    assert_type(client.webhooks.delete("id"), None)


async def asynchronous(client: AsyncPinwheel) -> None:
    assert_type(client.accounts.paystubs.list("id"), AsyncPages[Paystub])
    assert_type(await client.accounts.employment.get("id"), Employment)
    answer = await client.with_response.accounts.employment.get("id")
    assert_type(answer, Response[Employment])
    assert_type(await client.with_response.accounts.paystubs.list("id"), Response[list[Paystub]])


def versions() -> None:
    assert_type(client_class("2023-11-22"), type[v2023_11_22.Pinwheel])
    older = v2023_11_22.Pinwheel("secret")
    assert_type(older.accounts.paystubs.list("id"), Pages[Paystub])  # one class, as no version changed it since 2022
    assert_type(older.link_tokens.create(org_name="Acme", required_jobs=["income"], end_user_id="u"), LinkToken)
    oldest = v2021_04_29.Pinwheel("secret").link_tokens.create(org_name="Acme", job="income")
    assert_type(oldest.expires, int)


def mistakes(client: Pinwheel, newest: LinkToken) -> None:
    """Each line below is an error that a checker finds; an ignore that is not needed is an error itself."""
    client.link_tokens.create(org_name="Acme")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    client.link_tokens.create(
        org_name="Acme",
        solution="Verify",
        required_jobs=["income"],  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    )
    client.with_response.accounts.employment.get()  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    assert client.sites  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    assert newest.token_id  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def handle(event: events.AnyWebhookEvent) -> str:
    match event:
        case events.PaystubsAdded(payload=payload):
            return payload.account_id
        case events.DirectDepositSwitchAdded(payload=payload):
            assert_type(payload, events.DirectDepositSwitchPayload)
            return payload.account_id
        case _:
            return ""
