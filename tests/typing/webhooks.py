"""What a type checker must see of webhooks: checked by `nox -s types`, never run."""

from __future__ import annotations

from typing import Any, assert_never, assert_type

from pinwheel_api import AsyncPinwheel, Pinwheel, Ready, v2023_04_18
from pinwheel_api.v2025_07_08 import events
from pinwheel_api.webhooks import AnyWebhookEvent, Receipt, UnknownEvent, WebhookReceiver, parse, verify

BODY, HEADERS, SECRETS = b"", {"x-timestamp": ""}, ["secret"]


def arguments(django_headers: list[tuple[str, str]], scope_headers: list[tuple[bytes, bytes]]) -> None:
    assert_type(verify(BODY, HEADERS, secrets=SECRETS, tolerance=300), None)
    assert_type(parse(BODY, django_headers, secrets=SECRETS), AnyWebhookEvent | UnknownEvent)
    assert_type(parse(BODY, scope_headers, "one"), AnyWebhookEvent | UnknownEvent)
    assert_type(parse(BODY, HEADERS, SECRETS, version="2025-07-08"), events.AnyWebhookEvent | UnknownEvent)
    assert_type(parse(BODY, HEADERS, SECRETS, version="2023-11-22"), events.AnyWebhookEvent | UnknownEvent)
    older = parse(BODY, HEADERS, SECRETS, version="2023-04-18")
    assert_type(older, v2023_04_18.events.AnyWebhookEvent | UnknownEvent)
    verify("text", HEADERS, SECRETS)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def about(event: events.AnyWebhookEvent | UnknownEvent) -> str | None:  # noqa: C901, PLR0912 - all events there are
    """All of them: when Pinwheel adds an event, the last case is an error here until somebody decides."""
    match event:
        case UnknownEvent(event=name):
            return name
        case events.AccountAdded(payload=account) | events.AccountMonitoringStatusUpdated(payload=account):
            return account.account_id
        case events.AccountAdditionalConnectionsRecommended(payload=more):
            return more.account_id
        case (
            events.BillAdded(payload=bill)
            | events.BillReminder(payload=bill)
            | events.BillRemoved(payload=bill)
            | events.BillUpdated(payload=bill)
        ):
            return bill.id
        case events.BillSwitchAdded(payload=switch) | events.BillSwitchCancelled(payload=switch):
            return switch.account_id
        case (
            events.CompanyConnectCensusAdded(payload=company)
            | events.CompanyConnectEmploymentsAdded(payload=company)
            | events.CompanyConnectIncomesAdded(payload=company)
            | events.CompanyConnectStatusUpdated(payload=company)
        ):
            return company.company_connection_id
        case events.DirectDepositSwitchAdded(payload=deposit):
            return deposit.account_id
        case events.DocumentsAdded(payload=document):
            return document.document_id
        case events.EarningsStreamPayoutsRefreshed(payload=user) | events.VerificationReportsRefreshed(payload=user):
            return user.end_user_id
        case (
            events.DirectDepositAllocationsAdded(payload=job)
            | events.EmploymentAdded(payload=job)
            | events.IdentityAdded(payload=job)
            | events.IncomeAdded(payload=job)
            | events.PaycheckViewerAdded(payload=job)
        ):
            return job.account_id
        case events.PaystubsAdded(payload=data) | events.ShiftsAdded(payload=data) | events.TaxFormsAdded(payload=data):
            return data.account_id
        case events.PaystubsDocumentsAdded(payload=files):
            return files.account_id
        case (
            events.PaystubsFullySynced(payload=synced)
            | events.PaystubsNinetyDaysSynced(payload=synced)
            | events.PaystubsSevenDaysSynced(payload=synced)
            | events.PaystubsThirtyDaysSynced(payload=synced)
            | events.ShiftsFullySynced(payload=synced)
            | events.ShiftsNinetyDaysSynced(payload=synced)
            | events.ShiftsSevenDaysSynced(payload=synced)
            | events.ShiftsThirtyDaysSynced(payload=synced)
        ):
            return synced.account_id
        case _:
            assert_never(event)


def forgotten(event: events.PaystubsAdded | events.ShiftsAdded) -> str:
    match event:
        case events.PaystubsAdded(payload=payload):
            return payload.account_id
        case _:
            assert_never(event)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


receiver = WebhookReceiver(SECRETS)


@receiver.on(events.PaystubsAdded)
def by_class(event: events.PaystubsAdded) -> None:
    assert_type(event.payload.account_id, str)


@receiver.on("paystubs.added", "shifts.*", name="both")
async def by_name(event: Any) -> None:
    assert event


receiver.on(events.ShiftsAdded)(by_class)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


async def receiving() -> None:
    assert_type(receiver.receive(BODY, HEADERS), Receipt)
    assert_type(await receiver.areceive(BODY, HEADERS), Receipt)


async def waiting(client: Pinwheel, other: AsyncPinwheel) -> None:
    assert_type(client.wait_for("id", "paystubs", timeout=10), Ready)
    assert_type(await other.attach(receiver).wait_for("id", "paystubs"), Ready)
    assert_type(client.attach(receiver), Pinwheel)
