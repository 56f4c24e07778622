"""Tax forms: a W-2 for each year that is over, whose boxes are the sums of that year's paystubs."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

import attrs
from pinwheel_api import (
    DeductionType,
    Document,
    DocumentType,
    Employment,
    FieldWarning,
    FieldWarningStatus,
    Identity,
    Paystub,
    TaxCategory,
    TaxForm,
    TaxFormType,
    TaxFormW2,
    W2Box13,
    W2Box15To20,
    W2BoxC,
)

from pinwheel_sandbox.people.context import Reading


@attrs.frozen(kw_only=True)
class Totals:
    """What one year's paystubs come to, in cents."""

    gross: int
    wages: int
    """Gross less what is deducted before taxes."""
    federal: int
    social_security: int
    medicare: int
    state: int
    local: int


def totals_of_year(stubs: Iterable[Paystub]) -> Totals:
    """Add up a year's paystubs."""
    year = list(stubs)
    gross = sum(stub.gross_pay_amount or 0 for stub in year)
    before_tax = sum(
        line.amount or 0 for stub in year for line in stub.deductions or [] if line.type == DeductionType.PRE_TAX
    )

    def withheld(category: TaxCategory) -> int:
        return sum(tax.amount for stub in year for tax in stub.taxes if tax.category == category)

    return Totals(
        gross=gross,
        wages=gross - before_tax,
        federal=withheld(TaxCategory.FEDERAL_INCOME),
        social_security=withheld(TaxCategory.SOCIAL_SECURITY),
        medicare=withheld(TaxCategory.MEDICARE),
        state=withheld(TaxCategory.STATE_INCOME),
        local=withheld(TaxCategory.LOCAL_INCOME),
    )


def due(year: int) -> date:
    """The day from which a year's form is there: employers have until the end of January."""
    return date(year + 1, 1, 31)


def tax_forms(
    reading: Reading, stubs: Sequence[Paystub], identity: Identity, employment: Employment, *, ssn: str, ein: str
) -> list[TaxForm]:
    """The forms of all years that are over, newest first."""
    in_order = sorted(stubs, key=lambda stub: stub.pay_date, reverse=True)
    years = [(year, list(group)) for year, group in groupby(in_order, key=lambda stub: stub.pay_date.year)]
    return [
        _form(reading, year, totals_of_year(group), identity, employment, ssn=ssn, ein=ein)
        for year, group in years
        if due(year) <= reading.today
    ]


def _form(
    reading: Reading, year: int, totals: Totals, identity: Identity, employment: Employment, *, ssn: str, ein: str
) -> TaxForm:
    address = identity.address
    parsed = TaxFormW2(
        document_type=DocumentType.W_2,
        box_a=ssn,
        box_b=ein,
        box_c=W2BoxC(name=employment.employer_name, address=employment.employer_address),
        box_e=identity.full_name,
        box_f=address,
        box_1=totals.wages,
        box_2=totals.federal,
        box_3=totals.gross,
        box_4=totals.social_security,
        box_5=totals.gross,
        box_6=totals.medicare,
        box_12=[],
        box_13=W2Box13(statutory_employee=False, retirement_plan=False),
        box_15_to_20=[
            W2Box15To20(
                box_15_state=address.state if address else None,
                box_16=totals.wages,
                box_17=totals.state,
                box_18=totals.wages,
                box_19=totals.local,
            )
        ],
    )
    return TaxForm(
        id=reading.chance.uuid(),
        created_at=reading.at,
        account_id=reading.account_id,
        form_type=TaxFormType.W_2,
        year=year,
        document=Document(id=reading.chance.uuid()),
        parsed_data=parsed,
        warnings=[
            FieldWarning(
                field="parsed_data.box_13.third_party_sick_pay",
                status=FieldWarningStatus.UNPARSABLE,
                message="The box could not be read.",
            )
        ],
    )
