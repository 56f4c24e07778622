"""What the local Pinwheel gives in an old version becomes an object of each newer one, or is said to lack something."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec
import pytest
from pinwheel_api import VERSIONS, LiftError, WebhookVersion, lift, lift_report
from pinwheel_sandbox import Sandbox

from tests.sandbox.every_operation import link_body
from tests.sandbox.receiving import Inbox

DATES = [version.date for version in VERSIONS]
WEBHOOKS = [version.value for version in WebhookVersion]
# What an object of an older version cannot tell: the class, since when, and the field.
MISSING = {("Paystub", "2022-03-02", "time_off")}
ALLOCATION = {"type": "amount", "value": 50, "targets": [{"account_number": "123456"}]}


def walk(client: Any) -> Iterator[Any]:
    """Every list and every object that can be had by an account or by a user, wherever the version has it."""
    for group in ("accounts", "employers", "platforms", "jobs", "webhooks"):
        yield from getattr(client, group).list()
    (account,) = [found for found in client.accounts.list() if found.connected][:1]
    for part in ("employment", "identity", "income", "direct_deposit_allocations"):
        yield getattr(client.accounts, part).get(account.id)
    for part in ("paystubs", "shifts", "tax_forms"):
        if hasattr(client.accounts, part):
            yield from getattr(client.accounts, part).list(account.id)
    if hasattr(client, "end_users"):
        users = client.end_users
        yield from users.accounts.list("user_1")
        if hasattr(users, "earnings_stream"):
            yield from users.earnings_stream.payouts.list("user_1")
            yield users.verification_reports.voie("user_1")


def login(sandbox: Sandbox) -> None:
    client = sandbox.client()
    for features, more in (
        (["paystubs", "income", "employment", "identity", "shifts", "tax_forms", "direct_deposit_allocations"], {}),
        (
            ["direct_deposit_switch"],
            {"allocation": {"type": "amount", "value": 50, "targets": [{"account_number": "123456"}]}},
        ),
    ):
        solution = "Deposit Switch" if more else "Verify"
        token = client.link_tokens.create(
            org_name="Acme Bank", solution=solution, features=features, end_user_id="user_1", **more
        )
        sandbox.login(token.token)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(seed=3) as made:
        login(made)
        yield made


@pytest.mark.parametrize("version", DATES)
def test_every_answer(sandbox: Sandbox, version: str) -> None:
    client = sandbox.client(version)
    objects = [client.link_tokens.create(**link_body(version)), *walk(client)]
    assert len({type(found) for found in objects}) >= 10
    for found in objects:
        for to in DATES:
            if to >= version:
                check(found, version, to)


def check(found: Any, version: str, to: str) -> None:
    name = type(found).__name__
    wanted = getattr(import_module(f"pinwheel_api.v{to.replace('-', '_')}"), name)
    missing = {field for kind, since, field in MISSING if kind == name and version < since <= to}
    if missing:
        with pytest.raises(LiftError) as caught:
            lift(found, to)
        assert set(caught.value.missing) == missing
        assert not caught.value.lost
        found = lift(found, to, given={field: [] for field in missing})
        assert type(found) is wanted
        return
    lifted = lift(found, to)
    assert type(lifted) is wanted
    assert (lifted is found) == (wanted is type(found))
    for between in DATES:
        if version <= between <= to:
            assert lift(lift(found, between), to) == lifted
    # What it says is what it said: every value is still there, but for those that a rule reads in another way.
    before, after = msgspec.to_builtins(found), msgspec.to_builtins(lifted)
    moved = {"LinkToken": {"expires", "token_id"}, "Job": {"params"}}.get(name, set())
    assert {key: after.get(key) for key in before.keys() - moved} == {key: before[key] for key in before.keys() - moved}


@pytest.mark.parametrize("version", WEBHOOKS)
def test_every_delivery(version: str) -> None:
    inbox = Inbox()
    with Sandbox(seed=3) as sandbox:
        names = ["account.added", "paystubs.added", "income.added", "direct_deposit_switch.added", "tax_forms.added"]
        sandbox.listen(inbox, events=names, version=version)
        login(sandbox)
    kinds = import_module(f"pinwheel_api.v{version.replace('-', '_')}").events
    events = [msgspec.json.decode(body, type=kinds.AnyWebhookEvent) for body in inbox.bodies]
    assert len({type(event) for event in events}) == len(names)
    for event in events:
        for to in DATES:
            if to < version:
                continue
            wanted = getattr(import_module(f"pinwheel_api.v{to.replace('-', '_')}").events, type(event).__name__)
            lifted = lift(event, to)
            assert type(lifted) is wanted
            assert (lifted is event) == (wanted is type(event))
            if lifted is not event:
                assert event.payload.params.amount == 50 == lifted.payload.params.allocation.value
                assert "payload.params.action" in lift_report(event, to).unknown
