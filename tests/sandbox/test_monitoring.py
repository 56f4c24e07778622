"""As the clock moves, monitoring brings what came: shifts, paystubs, tax forms."""

from datetime import date, timedelta
from itertools import groupby

from .asking import Asker
from .conftest import RECORDED


def all_of(ask: Asker, path: str) -> list[dict[str, object]]:
    return [item for page in ask.pages(path, limit=100) for item in page]


def test_a_day_brings_a_shift_and_a_fortnight_a_paystub(ask: Asker) -> None:
    account = f"/v1/accounts/{ask.login().account_id}"
    seen: list[tuple[int, int]] = []
    for _ in range(15):
        ask.sandbox.clock.advance(timedelta(days=1))
        seen.append((len(all_of(ask, f"{account}/paystubs")), len(all_of(ask, f"{account}/shifts"))))
    assert seen == [(31 + (day >= 14), 90 + day) for day in range(1, 16)]
    found = ask("GET", account).data
    assert found["data_refreshed_at"]["paystubs"] == "2025-07-09T22:04:33.547000+00:00"
    assert found["data_updated_at"]["paystubs"] == "2025-07-08T22:04:33.547000+00:00"
    assert found["data_updated_at"]["shifts"] == found["data_refreshed_at"]["shifts"]
    assert found["data_updated_at"]["income"] == "2025-06-24T22:04:33.547000+00:00"


def test_year_to_date_goes_on(ask: Asker) -> None:
    account = f"/v1/accounts/{ask.login().account_id}"
    ask.sandbox.clock.advance(timedelta(days=250))
    stubs = all_of(ask, f"{account}/paystubs")
    days = [date.fromisoformat(str(stub["pay_date"])) for stub in stubs]
    assert days == sorted(set(days), reverse=True)
    assert (days[0] - RECORDED.date()).days == 238
    for _, year in groupby(reversed(stubs), key=lambda stub: str(stub["pay_date"])[:4]):
        gross = net = 0
        for stub in year:
            gross += int(str(stub["gross_pay_amount"]))
            net += int(str(stub["net_pay_amount"]))
            assert (stub["gross_pay_ytd"], stub["net_pay_ytd"]) == (gross, net)


def test_a_year_that_ends_brings_its_tax_form(ask: Asker) -> None:
    account = f"/v1/accounts/{ask.login(features=['tax_forms']).account_id}"
    assert [form["year"] for form in ask("GET", f"{account}/tax_forms").data] == [2024]
    ask.sandbox.clock.set(RECORDED.replace(year=2026, month=1, day=30))
    assert [form["year"] for form in ask("GET", f"{account}/tax_forms").data] == [2024]
    ask.sandbox.clock.advance(timedelta(days=2))
    assert [form["year"] for form in ask("GET", f"{account}/tax_forms").data] == [2025, 2024]


def test_what_is_not_monitored_stays_as_it_is(ask: Asker) -> None:
    stopped, ended, lost = (ask.login().account_id for _ in range(3))
    ask("POST", f"/v1/accounts/{stopped}/disable_monitoring")
    ask("POST", f"/v1/accounts/{ended}/disconnect")
    ask("PATCH", f"/v1/sandbox/accounts/{lost}", body={"monitoring_status": "user_action_required"})
    ask.sandbox.clock.advance(timedelta(days=30))
    for account in (stopped, ended, lost):
        assert len(all_of(ask, f"/v1/accounts/{account}/shifts")) == 90
    ask.sandbox.login(ask.token(account_id=lost))
    assert len(all_of(ask, f"/v1/accounts/{lost}/shifts")) == 120
    assert len(all_of(ask, f"/v1/accounts/{lost}/paystubs")) == 33


def test_years_pass_in_a_moment(ask: Asker) -> None:
    account = f"/v1/accounts/{ask.login().account_id}"
    ask.sandbox.clock.advance(timedelta(days=3 * 365))
    shifts = all_of(ask, f"{account}/shifts")
    assert len(shifts) == 90 + 3 * 365
    assert len({shift["end_date"] for shift in shifts}) == len(shifts)
    jobs = all_of(ask, "/v1/jobs")
    assert len(jobs) < 200
