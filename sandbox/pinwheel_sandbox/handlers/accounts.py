"""Accounts: find them, read them, end them."""

from collections.abc import Iterable
from datetime import datetime

from pinwheel_api import Account, AccountDataTimes, AccountUpdate, JobOutcome, MonitoringStatus
from sqlalchemy import Select, func, select

from pinwheel_sandbox.call import Call, Reply, listing
from pinwheel_sandbox.errors import not_found
from pinwheel_sandbox.paging import page_of_rows
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage import tables

# The kinds of data that an account says the age of; tax forms are not among them.
_AGED = ("direct_deposit_allocations", "income", "employment", "identity", "shifts", "paystubs")


def list_accounts(call: Call) -> Reply:
    """All accounts, newest first."""
    statement = select(tables.Account)
    connected = call.query.flag("connected")
    if connected is not None:
        statement = statement.where(tables.Account.connected == connected)
    status = call.query.choice("monitoring_status", MonitoringStatus)
    if status is not None:
        statement = statement.where(tables.Account.monitoring_status == status)
    return _page(call, statement)


def list_end_user_accounts(call: Call) -> Reply:
    """The accounts of one end user, newest first."""
    end_user_id = call.path["end_user_id"].strip()
    if call.session.get(tables.EndUser, end_user_id) is None:
        raise not_found("The end user")
    return _page(call, select(tables.Account).where(tables.Account.end_user_id == end_user_id))


def get_account(call: Call) -> Reply:
    """One account."""
    return Reply(_view(call, [the_account(call)])[0])


def disconnect(call: Call) -> Reply:
    """End an account for good; what was read from it stays."""
    account = the_account(call)
    account.connected = False
    account.monitoring_status = MonitoringStatus.UNAVAILABLE
    return Reply()


def disable_monitoring(call: Call) -> Reply:
    """Stop the automatic refreshing of an account."""
    account = the_account(call)
    if account.connected:
        account.monitoring_status = MonitoringStatus.CUSTOMER_DISABLED
    return Reply()


def update_in_sandbox(call: Call) -> Reply:
    """Put an account into a state that a test needs."""
    change = call.body(AccountUpdate)
    account = the_account(call)
    if change.monitoring_status:
        account.monitoring_status = change.monitoring_status
    return Reply(_view(call, [account])[0])


def the_account(call: Call) -> tables.Account:
    """The account in the path, or 404."""
    account = call.session.get(tables.Account, call.path["account_id"].lower())
    if account is None:
        raise not_found("The account")
    return account


def _page(call: Call, statement: Select[tables.Account]) -> Reply:
    page = page_of_rows(
        call,
        statement,
        order=(tables.Account.created_at, tables.Account.id),
        position=lambda account: [account.created_at.isoformat(), account.id],
        parse=datetime.fromisoformat,
    )
    return listing(_view(call, page.items), count=len(page.items), next_cursor=page.next_cursor)


def _view(call: Call, accounts: Iterable[tables.Account]) -> list[Account]:
    rows = list(accounts)
    updated, refreshed = _ages(call, [row.id for row in rows])
    return [
        Account(
            id=row.id,
            created_at=row.created_at,
            link_token_id=row.link_token_id,
            platform_id=row.platform_id,
            connected=row.connected,
            monitoring_status=MonitoringStatus(row.monitoring_status),
            end_user_id=row.end_user_id,
            data_updated_at=AccountDataTimes(**updated.get(row.id, {})),
            data_refreshed_at=AccountDataTimes(**refreshed.get(row.id, {})),
            tags=row.tags,
            reseller_customer_id=row.reseller_customer_id,
        )
        for row in rows
    ]


def _ages(call: Call, ids: list[str]) -> tuple[dict[str, dict[str, datetime]], dict[str, dict[str, datetime]]]:
    """By account and kind: when the data last changed, and when it was last looked for."""
    job = tables.Job
    newest = (
        select(job.account_id, job.name, job.changed_data, func.max(job.finished_at))
        .where(
            job.account_id.in_(ids),
            job.name.in_(_AGED),
            job.outcome == JobOutcome.SUCCESS,
            job.finished_at <= call.now,
        )
        .group_by(job.account_id, job.name, job.changed_data)
    )
    updated: dict[str, dict[str, datetime]] = {}
    refreshed: dict[str, dict[str, datetime]] = {}
    for account_id, name, changed, moment in call.session.execute(newest):
        kinds = refreshed.setdefault(str(account_id), {})
        kinds[name] = max(moment, kinds.get(name, moment))
        if changed:
            updated.setdefault(str(account_id), {})[name] = moment
    return updated, refreshed


ROUTES = (
    Route(method="GET", template="/v1/accounts", operation="accounts.list", handler=list_accounts),
    Route(method="GET", template="/v1/accounts/{account_id}", operation="accounts.get", handler=get_account),
    Route(
        method="POST",
        template="/v1/accounts/{account_id}/disconnect",
        operation="accounts.disconnect",
        handler=disconnect,
        since="2022-03-02",
    ),
    Route(
        method="POST",
        template="/v1/accounts/{account_id}/disable_monitoring",
        operation="accounts.disable_monitoring",
        handler=disable_monitoring,
        since="2022-03-02",
    ),
    Route(
        method="PATCH",
        template="/v1/sandbox/accounts/{account_id}",
        operation="sandbox.accounts.update",
        handler=update_in_sandbox,
        since="2022-03-02",
    ),
    Route(
        method="GET",
        template="/v1/end_users/{end_user_id}/accounts",
        operation="end_users.accounts.list",
        handler=list_end_user_accounts,
        since="2021-07-28",
    ),
)
