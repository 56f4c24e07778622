"""Jobs: what a login set off, as recorded."""

from collections import Counter
from datetime import timedelta

import pytest
from pinwheel_sandbox import Clock, Sandbox, Settings

from .asking import NOWHERE, Asker
from .conftest import RECORDED


def test_every_read_job_runs_whatever_was_asked_for(ask: Asker) -> None:
    login = ask.login(features=["paystubs"])
    jobs = ask("GET", "/v1/jobs", query={"account_id": login.account_id}).data
    assert Counter(job["name"] for job in jobs) == {
        "identity": 1,
        "income": 1,
        "paystubs": 4,
        "shifts": 3,
        "direct_deposit_allocations": 1,
        "employment": 1,
    }
    assert {job["link_token_id"] for job in jobs} == {login.link_token_id}
    assert {(job["outcome"], job["error_code"], job["error_type"]) for job in jobs} == {("success", None, None)}


def test_batches_and_order_are_the_recorded_ones() -> None:
    with Sandbox(clock=Clock(RECORDED), settings=Settings(pace=1)) as sandbox:
        ask = Asker(sandbox)
        ask.login()
        assert ask("GET", "/v1/jobs").data == []
        sandbox.clock.advance(timedelta(seconds=10))
        jobs = ask("GET", "/v1/jobs").data[::-1]
    told = [(job["name"], job["params"]["count"], job["params"]["sync_status"]) for job in jobs]
    assert told == [
        ("identity", None, None),
        ("income", None, None),
        ("paystubs", 1, "in_progress"),
        ("shifts", 7, "in_progress"),
        ("paystubs", 1, "in_progress"),
        ("paystubs", 2, "in_progress"),
        ("shifts", 23, "in_progress"),
        ("direct_deposit_allocations", None, None),
        ("paystubs", 27, "complete"),
        ("shifts", 60, "complete"),
        ("employment", None, None),
    ]
    assert jobs[0]["timestamp"] == "2025-06-24T22:04:34.387000+00:00"
    last = next(job["params"] for job in jobs if job["params"]["count"] == 27)
    assert (last["from_pay_date"], last["to_pay_date"]) == ("2024-03-19", "2025-03-18")


def test_filters(ask: Asker) -> None:
    login, other = ask.login(), ask.login()

    def count(**query: object) -> int:
        return len(ask("GET", "/v1/jobs", query={"limit": 100, **query}).data)

    assert count() == 22
    assert count(account_id=login.account_id) == count(link_token_id=other.link_token_id) == 11
    assert count(account_id=NOWHERE) == count(link_token_id="nonsense") == 0
    assert count(job_types=["identity", "income"]) == 4
    assert count(outcome="success") == 22
    assert count(outcome="error") == count(outcome="pending") == 0
    now = ask.sandbox.clock.now().isoformat()
    assert count(to_timestamp=now) == 22
    assert count(from_timestamp=now) == 0
    assert count(from_timestamp="2025-06-24 22:04:33") == 22


def test_pages_hold_every_job_once(ask: Asker) -> None:
    for _ in range(3):
        ask.login()
    listed = [job["id"] for page in ask.pages("/v1/jobs", limit=10) for job in page]
    assert len(listed) == len(set(listed)) == 33


@pytest.mark.parametrize(
    ("name", "value"),
    [("job_types", "everything"), ("outcome", "maybe"), ("from_timestamp", "yesterday"), ("to_timestamp", "")],
)
def test_bad_filters_are_named(ask: Asker, name: str, value: str) -> None:
    assert ask("GET", "/v1/jobs", query={name: value}).wrong_fields == {name}
