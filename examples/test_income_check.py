"""A decision on a loan, and its tests with the fixtures that come with `pinwheel-api[sandbox]`.

    pytest examples/test_income_check.py

The tests need no key, no network and no setup: pytest finds the fixtures by itself.
"""

from collections.abc import Callable
from typing import Any

import pytest
from pinwheel_api import NotFoundError, Pinwheel
from pinwheel_sandbox import Inbox, Login, Sandbox

MONTHLY_LIMIT = 40_00


def can_repay(pinwheel: Pinwheel, account_id: str, *, monthly_rate: int) -> bool:
    """Whether a tenth of the last two paystubs carries the rate, in cents; no while their income is not known."""
    try:
        pinwheel.accounts.income.get(account_id)
    except NotFoundError:
        return False
    stubs = list(pinwheel.accounts.paystubs.list(account_id, limit=2))[:2]
    return sum(stub.net_pay_amount for stub in stubs) // 10 >= monthly_rate


def test_a_regular_income_carries_a_small_loan(pinwheel: Pinwheel, connect_account: Callable[..., Login]) -> None:
    account = connect_account("customer_4711", features=["paystubs", "income"])
    assert can_repay(pinwheel, account.account_id, monthly_rate=MONTHLY_LIMIT)
    assert not can_repay(pinwheel, account.account_id, monthly_rate=1_000_00)


def test_no_data_is_no_income(pinwheel: Pinwheel, connect_account: Callable[..., Login]) -> None:
    account = connect_account("customer_4712", username="user_error")
    assert not can_repay(pinwheel, account.account_id, monthly_rate=MONTHLY_LIMIT)


def test_it_lives_through_a_bad_minute(
    pinwheel: Pinwheel, pinwheel_sandbox: Sandbox, connect_account: Callable[..., Login]
) -> None:
    account = connect_account()
    pinwheel_sandbox.fault("status", status=503, calls=1)
    pinwheel_sandbox.fault("null", calls=1, path="/v1/accounts")
    assert can_repay(pinwheel, account.account_id, monthly_rate=MONTHLY_LIMIT)


def test_somebody_is_told(pinwheel_webhooks: Inbox, connect_account: Callable[..., Login]) -> None:
    connect_account("customer_4713")
    (event,) = pinwheel_webhooks.of("income.added")
    assert b'"customer_4713"' in pinwheel_webhooks.bodies[pinwheel_webhooks.events.index(event)]


@pytest.mark.pinwheel(version="2023-11-22", clock="2026-03-02T09:00:00Z", seed=7)
def test_an_older_version_on_a_fixed_day(pinwheel: Any, connect_account: Callable[..., Login]) -> None:
    account = connect_account()
    assert f"{pinwheel.accounts.paystubs.list(account.account_id).first().pay_date}" == "2026-03-02"
    assert can_repay(pinwheel, account.account_id, monthly_rate=MONTHLY_LIMIT)
