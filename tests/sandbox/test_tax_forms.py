"""Tax forms: there when they were asked for, and the sum of the year's paystubs."""

from .asking import NOWHERE, Asker


def test_they_are_read_where_they_are_asked_for(ask: Asker) -> None:
    account = f"/v1/accounts/{ask.login().account_id}/tax_forms"
    answer = ask("GET", account)
    assert (answer.data, answer.body["meta"]["refreshed_at"]) == ([], None)
    ask.sandbox.login(ask.token(account_id=account.split("/")[3], features=["tax_forms"]))
    assert [form["form_type"] for form in ask("GET", account).data] == ["W-2"]
    assert list(ask("GET", account).body["meta"]) == ["refreshed_at", "count", "next_cursor"]


def test_boxes_are_the_sums_of_the_paystubs(ask: Asker) -> None:
    account = f"/v1/accounts/{ask.login(features=['tax_forms', 'paystubs']).account_id}"
    [summary] = ask("GET", f"{account}/tax_forms").data
    form = ask("GET", f"{account}/tax_forms/{summary['id']}", query={"with_parsed_data": "true"}).data
    stubs = [stub for page in ask.pages(f"{account}/paystubs", limit=100) for stub in page]
    year = [stub for stub in stubs if stub["pay_date"].startswith("2024")]
    boxes = form["parsed_data"]
    assert boxes["box_1"] == sum(stub["gross_pay_amount"] for stub in year) == year[0]["gross_pay_ytd"]
    withheld = boxes["box_2"] + boxes["box_4"] + boxes["box_6"]
    assert withheld + boxes["box_15_to_20"][0]["box_17"] == sum(stub["total_taxes"] for stub in year)
    assert (boxes["box_a"], boxes["box_c"]["name"]) == ("123-45-1234", "Acme Corporation")
    assert boxes["box_13"]["third_party_sick_pay"] is None
    assert form["warnings"][0]["field"] == "parsed_data.box_13.third_party_sick_pay"


def test_boxes_are_shown_where_they_are_asked_for(ask: Asker) -> None:
    account = f"/v1/accounts/{ask.login(features=['tax_forms']).account_id}"
    [summary] = ask("GET", f"{account}/tax_forms").data
    first, second = (ask("GET", f"{account}/tax_forms/{summary['id']}").data for _ in range(2))
    assert (first["parsed_data"], first["warnings"]) == (None, None)
    assert first["document"]["download_url"] != second["document"]["download_url"]
    assert ask("GET", f"{account}/tax_forms/{NOWHERE}").status == 404


def test_bounds_count_themselves_in(ask: Asker) -> None:
    path = f"/v1/accounts/{ask.login(features=['tax_forms']).account_id}/tax_forms"
    found = {
        bounds: len(ask("GET", path, query=bounds).data)
        for bounds in (
            "from_year=2024",
            "to_year=2024",
            "from_year=2025",
            "to_year=2023",
            "from_year=-5",
            "to_year=99999",
            f"from_year=-{'9' * 900}",
            f"to_year={'9' * 900}",
        )
    }
    assert list(found.values()) == [1, 1, 0, 0, 1, 1, 1, 1]
    assert ask("GET", path, query="from_year=soon").wrong_fields == {"from_year"}


def test_tax_portals_show_forms_alone(ask: Asker) -> None:
    platforms = [p for page in ask.pages("/v1/platforms", type="tax") for p in page]
    login = ask.sandbox.login(ask.token(features=["tax_forms"]), platform_id=platforms[0]["id"])
    account = f"/v1/accounts/{login.account_id}"
    assert ask("GET", f"{account}/tax_forms").data[0]["year"] == 2024
    assert ask("GET", f"{account}/paystubs").data == []
    assert ask("GET", f"{account}/income").status == 404
