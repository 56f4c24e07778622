"""Employers, platforms, search: invented, stable, found by how people type."""

import uuid
from datetime import datetime

import pytest
from pinwheel_sandbox.catalogue.entries import catalogue
from pinwheel_sandbox.catalogue.matching import score

from .asking import NOWHERE, Asker


def names(ask: Asker, **query: object) -> list[str]:
    return [result["name"] for result in ask("GET", "/v1/search", query=query).data]


def test_there_is_enough_to_search_in() -> None:
    entries = catalogue()
    assert len(entries.employers) > 300
    assert len(entries.platforms) >= 60
    for some in (entries.employers, entries.platforms):
        assert len({entry.name for entry in some.values()}) == len(some)
        assert [entry.name.casefold() for entry in some.values()] == sorted(e.name.casefold() for e in some.values())
        assert all(uuid.UUID(key).version == 5 for key in some)
    assert {entry.type for entry in entries.platforms.values()} == {"payroll", "time_and_attendance", "tax", "merchant"}


def test_ids_never_change() -> None:
    assert catalogue().default_employer().id == "bfa9895b-abfc-5423-8e0c-5de8e26fae95"
    assert catalogue().default_employer().platform.id == "43f0c53b-225a-5702-9006-77cfbe664d92"


def test_every_employer_and_platform_is_listed_once(ask: Asker) -> None:
    listed = [item["id"] for page in ask.pages("/v1/employers", limit=100) for item in page]
    assert listed == list(catalogue().employers)
    listed = [item["id"] for page in ask.pages("/v1/platforms", limit=7, include_esps="true") for item in page]
    assert listed == list(catalogue().platforms)


def test_portals_of_one_employer_are_listed_when_asked_for(ask: Asker) -> None:
    usual = {item["name"] for page in ask.pages("/v1/platforms", limit=100) for item in page}
    with_portals = {
        item["name"] for page in ask.pages("/v1/platforms", limit=100, include_esps="true") for item in page
    }
    assert with_portals - usual == {entry.name for entry in catalogue().platforms.values() if entry.employer_specific}
    assert len(with_portals - usual) == 6


def test_platforms_by_type_and_age(ask: Asker) -> None:
    merchants = ask("GET", "/v1/platforms", query={"type": "merchant"}).data
    assert {item["type"] for item in merchants} == {"merchant"}
    assert all(item["merchant_category"] for item in merchants)
    moment = merchants[0]["last_updated"]
    later = ask("GET", "/v1/platforms", query={"type": "merchant", "last_updated": moment}).data
    assert [i["id"] for i in later] == [i["id"] for i in merchants if i["last_updated"] > moment]
    everything = ask("GET", "/v1/employers", query={"last_updated": "2000-01-01T00:00:00Z", "limit": 100})
    assert everything.body["meta"]["count"] == 100
    assert ask("GET", "/v1/employers", query={"last_updated": "2100-01-01"}).data == []


def test_get_one(ask: Asker) -> None:
    employer = ask("GET", "/v1/employers", query={"limit": 1}).data[0]
    again = ask("GET", f"/v1/employers/{employer['id'].upper()}").data
    assert {**again, "supported_jobs": 0} == {**employer, "supported_jobs": 0}
    platform = ask("GET", f"/v1/platforms/{catalogue().default_employer().platform.id}").data
    assert platform["name"] == "Harborlight Payroll"
    assert datetime.fromisoformat(platform["last_updated"]).utcoffset() is not None
    for path in ("employers", "platforms"):
        assert ask("GET", f"/v1/{path}/{NOWHERE}").status == ask("GET", f"/v1/{path}/nonsense").status == 404


def test_supported_jobs_come_in_any_order(ask: Asker) -> None:
    path = f"/v1/platforms/{catalogue().default_employer().platform.id}"
    orders = {tuple(ask("GET", path).data["supported_jobs"]) for _ in range(20)}
    assert len(orders) > 1
    assert len({frozenset(order) for order in orders}) == 1


def test_some_platforms_name_jobs_that_no_document_lists() -> None:
    assert any("company_census" in platform.jobs for platform in catalogue().platforms.values())


@pytest.mark.parametrize("typed", ["Acme", "acme corp", "ACME", "corporation", "Acmee", "amce corporation"])
def test_search_forgives(ask: Asker, typed: str) -> None:
    assert "Acme Corporation" in names(ask, q=typed)


def test_search_puts_the_best_first(ask: Asker) -> None:
    assert names(ask, q="quillmoor air")[:2] == ["Quillmoor Air", "Quillmoor Air Crew Portal"]
    assert names(ask, q="zzzzzz") == []
    assert 1.0 == score("sol", "Solar Farm") > score("far", "Solar Farm") > score("lar", "Solar Farm") > 0
    assert score("  ", "Solar Farm") == 0


def test_search_filters(ask: Asker) -> None:
    def results(**query: object) -> list[dict[str, object]]:
        return ask("GET", "/v1/search", query={"q": "quillmoor", **query}).data

    assert {r["response_type"] for r in results()} == {"employer", "platform"}
    assert {r["response_type"] for r in results(response_types="employer")} == {"employer"}
    assert {r["response_type"] for r in results(response_types=["employer", "platform"])} == {"employer", "platform"}
    assert {r["platform_type"] for r in results(response_types="platform")} == {"payroll"}
    assert {r["platform_type"] for r in results(response_types="employer")} == {None}
    assert results(platform_type="merchant") == []
    assert all(r["amount_supported"] for r in results(amount_supported="true"))
    assert not any(r["amount_supported"] for r in results(amount_supported="false"))
    both = results(supported_jobs=["income", "tax_forms"])
    assert both
    assert all({"income", "tax_forms"} <= set(map(str, r["supported_jobs"])) for r in both)  # type: ignore[call-overload]
    assert len(results(limit=2)) == 2


def test_search_sends_null_where_the_service_does(ask: Asker) -> None:
    answer = ask("GET", "/v1/search", query={"q": "a", "limit": 100})
    assert answer.body["meta"] == {"count": 100}
    assert {(r["min_amount"], r["max_amount"]) for r in answer.data} == {(None, None)}


def test_search_needs_a_text(ask: Asker) -> None:
    assert ask("GET", "/v1/search").wrong_fields == {"q"}
    assert ask("GET", "/v1/search", query={"q": ""}).wrong_fields == {"q"}
