"""Objects of older versions become those of newer ones: what is kept, what is unknown, what is refused."""

import copy
import pickle
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given as each
from hypothesis import strategies as st
from pinwheel_api import (
    VERSIONS,
    LiftError,
    lift,
    lift_report,
    v2021_04_29,
    v2021_07_28,
    v2022_03_02,
    v2022_09_09,
    v2023_04_18,
    v2023_07_18,
    v2023_11_22,
    v2025_07_08,
)

DATES = [version.date for version in VERSIONS]
SANDBOX = v2021_04_29.Mode("sandbox")
TOKEN = v2021_04_29.LinkToken(mode=SANDBOX, id="1", token_id="1", token="secret", expires=1700000000)


def test_seconds_become_a_moment_and_the_second_id_goes() -> None:
    token = lift(TOKEN, v2025_07_08.LinkToken)
    assert type(token) is v2025_07_08.LinkToken
    assert token.expires == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert (token.id, token.token, token.mode, token.smart_branch_url) == ("1", "secret", "sandbox", None)
    assert lift_report(TOKEN) == (lift_report(TOKEN, "2021-07-28"))
    assert lift_report(TOKEN).unknown == ()


@pytest.mark.parametrize("seconds", [1700000000000, 10**18, 10**30, -(10**18)])
def test_seconds_that_are_no_moment_are_refused(seconds: int) -> None:
    other = v2021_04_29.LinkToken(mode=SANDBOX, id="1", token_id="1", token="secret", expires=seconds)
    with pytest.raises(LiftError, match="expires is no time in seconds since 1970"):
        lift(other)


def test_an_id_that_differs_is_not_lost_in_silence() -> None:
    other = v2021_04_29.LinkToken(mode=SANDBOX, id="1", token_id="2", token="secret", expires=1700000000)
    with pytest.raises(LiftError) as caught:
        lift(other)
    assert caught.value.lost == ("token_id",)
    assert caught.value.missing == ()
    assert "secret" not in str(caught.value)
    assert lift(other, without=["token_id"]).id == "1"


def test_an_amount_becomes_an_allocation_and_the_rest_is_named() -> None:
    params = v2023_07_18.JobParams(amount=50, count=3, from_pay_date=date(2025, 1, 1))
    found = lift_report(params)
    assert found.value.allocation == v2025_07_08.JobAllocation(type=v2025_07_08.AllocationType("amount"), value=50)
    assert (found.value.count, found.value.from_pay_date) == (3, date(2025, 1, 1))
    assert found.unknown == ("card_name", "action", "allocation.target")
    assert lift(v2023_07_18.JobParams(count=3)) == v2023_11_22.JobParams(count=3)


def test_what_is_known_from_elsewhere_can_be_handed_over() -> None:
    params = v2023_07_18.JobParams(amount=50)
    target = v2025_07_08.TargetAccount(account_name="Checking")
    lifted = lift(params, given={"action": "partial_switch", "allocation.target": target})
    assert lifted.action is v2025_07_08.SwitchAction.PARTIAL_SWITCH
    assert lifted.allocation.target == target
    whole = lift(v2023_07_18.JobParams(), given={"allocation.type": "remainder", "allocation.value": None})
    assert whole.allocation == v2025_07_08.JobAllocation(type=v2025_07_08.AllocationType("remainder"))


@pytest.mark.parametrize("wrong", [{"amount": 1}, {"count": 1}, {"nothing": 1}, {"allocation.value": 1}])
def test_what_is_no_open_question_cannot_be_handed_over(wrong: dict[str, object]) -> None:
    with pytest.raises(LiftError, match=f"leaves nothing open at {next(iter(wrong))}"):
        lift(v2023_07_18.JobParams(amount=50, count=3), given=wrong)
    with pytest.raises(LiftError, match="leaves nothing open at count"):
        lift(v2023_07_18.JobParams(count=3), without=["count"])


def test_what_does_not_fit_is_refused_without_quoting_it() -> None:
    with pytest.raises(LiftError, match="given for card_name does not fit") as caught:
        lift(v2023_07_18.JobParams(), given={"card_name": 4242})
    assert "4242" not in str(caught.value)


def job(**params: Any) -> v2023_07_18.Job:
    return v2023_07_18.Job(
        id="j", name=v2023_07_18.JobName("direct_deposit_switch"), timestamp=datetime(2025, 1, 1, tzinfo=UTC),
        outcome=v2023_07_18.JobOutcome("success"), link_token_id="t", params=v2023_07_18.JobParams(**params),
    )  # fmt: skip


def test_what_lies_within_is_lifted_too() -> None:
    lifted = lift(job(amount=50), v2025_07_08.Job)
    assert type(lifted) is v2025_07_08.Job
    assert type(lifted.params) is v2025_07_08.JobParams
    assert lifted.params.allocation is not None
    assert lifted.params.allocation.value == 50
    with pytest.raises(LiftError, match=r"params\.batch_size, params\.total_employees would be lost"):
        lift(job(batch_size=1, total_employees=2))
    kept = lift(job(batch_size=1, total_employees=2), without=["params.batch_size", "params.total_employees"])
    assert kept.params == v2025_07_08.JobParams()


def test_payloads_of_webhooks_are_lifted() -> None:
    events = v2022_09_09.events
    payload = events.DirectDepositSwitchPayload(
        id="j", name="direct_deposit_switch", timestamp=datetime(2025, 1, 1, tzinfo=UTC),
        outcome=v2022_09_09.JobOutcome("success"), account_id="a", params=events.SwitchParams(amount=50),
    )  # fmt: skip
    event = events.DirectDepositSwitchAdded(event_id="e", payload=payload)
    lifted = lift(event, v2025_07_08.events.DirectDepositSwitchAdded)
    assert type(lifted) is v2025_07_08.events.DirectDepositSwitchAdded
    assert lifted.payload.params is not None
    assert lifted.payload.params.allocation == v2025_07_08.JobAllocation(
        type=v2025_07_08.AllocationType("amount"), value=50
    )
    assert "payload.params.action" in lift_report(event).unknown
    assert lift(event, "2023-07-18") is event


def test_what_the_newer_one_needs_and_the_older_lacks_is_named() -> None:
    payout = v2022_09_09.EarningsStreamPayout(
        status=v2022_09_09.PayoutStatus("processed"), pay_date=date(2025, 1, 1), earnings=[]
    )
    assert lift_report(payout).unknown == ("net_pay",)
    assert type(lift(payout)) is v2023_04_18.EarningsStreamPayout


def test_what_is_gone_or_older_or_sent_or_foreign_is_refused() -> None:
    page = v2021_07_28.Site(id="1", url="https://example.com", expires=datetime(2025, 1, 1, tzinfo=UTC))
    assert lift(page, "2023-07-18") is page
    for wrong, to, text in (
        (page, "2025-07-08", "This Site is not in 2023-11-22 any more"),
        (lift(TOKEN), "2021-04-29", "2021-04-29 is older"),
        (TOKEN, "2030-01-01", "no version '2030-01-01'"),
        (TOKEN, v2025_07_08.Job, "cannot become Job: they are different things"),
        (v2021_04_29.LinkTokenCreate(org_name="Acme"), "2025-07-08", "LinkTokenCreate is what you send"),
        ({"id": "1"}, "2025-07-08", "dict is not a class of pinwheel_api"),
        (v2025_07_08.Mode("sandbox"), "2025-07-08", "Mode is not a class of pinwheel_api"),
    ):
        with pytest.raises(LiftError, match=text):
            lift(wrong, to)


@pytest.mark.parametrize("version", DATES)
def test_lifting_to_the_version_it_has_gives_the_object_itself(version: str) -> None:
    newest = v2022_03_02.Employer(
        id="1", name="Acme", last_updated=datetime(2025, 1, 1, tzinfo=UTC), supported_jobs=[],
        fractional_amount_supported=True, amount_supported=True, percentage_supported=True, min_percentage=1,
        max_percentage=99,
    )  # fmt: skip
    assert lift(newest, version) is newest


def test_errors_travel() -> None:
    error = LiftError("This Thing cannot.", ("a",), ("b",))
    for same in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert (str(same), same.missing, same.lost) == ("This Thing cannot.", ("a",), ("b",))


NUMBERS = st.none() | st.integers(0, 10**6)
PARAMS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("amount", "count", "batch_size", "batch_number", "total_employees"), NUMBERS)
)


@each(PARAMS, st.sampled_from([date for date in DATES if date >= "2023-11-22"]))
def test_all_is_kept_or_named(values: dict[str, int | None], to: str) -> None:
    old = job(**values)
    found = lift_report(old, to)
    gone = {
        f"params.{name}" for name in ("batch_size", "batch_number", "total_employees") if values.get(name) is not None
    }
    assert set(found.lost) == gone
    assert (found.value is None) is bool(gone)
    lifted = lift(old, to, without=found.lost)
    assert lifted.params.count == values.get("count")
    amount = lifted.params.allocation and lifted.params.allocation.value
    assert amount == values.get("amount")
    assert {name for name in found.unknown if name.startswith("params.allocation")} == (
        {"params.allocation"} if values.get("amount") is None else {"params.allocation.target"}
    )
