"""Documents that an end user hands in, or that Link makes: filed with what can be read in them.

A paystub or a W-2 that is handed in says what the end user's accounts say. Without an account there is nothing to say.
"""

from typing import Any

import msgspec
from pinwheel_api import (
    ApplicantNameAndAddress,
    DocumentType,
    EmployeeNameAndAddress,
    EmployerNameAndAddress,
    Employment,
    FraudStatus,
    Identity,
    Paystub,
    TaxForm,
    UploadedDeduction,
    UploadedEarning,
    UploadedPaystub,
    UploadedTax,
    UploadedTimeOff,
    UploadedW2,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from pinwheel_sandbox.people.tax_forms import totals_of_year
from pinwheel_sandbox.storage import documents, tables
from pinwheel_sandbox.storage.end_users import know_end_user
from pinwheel_sandbox.storage.workspace_tables import EndUserFile
from pinwheel_sandbox.world import World


def file_document(
    world: World, session: Session, end_user_id: str, document_type: DocumentType, *, suspected: bool = False
) -> EndUserFile:
    """File a document of an end user, who becomes known with it."""
    now = world.clock.now()
    know_end_user(session, end_user_id, now)
    row = EndUserFile(
        id=world.chance.uuid(),
        created_at=now,
        end_user_id=end_user_id,
        document_type=document_type,
        parsed=_parsed(world, session, end_user_id, document_type),
        # Only paystubs are looked at for signs of fraud.
        fraud=_fraud(suspected=suspected) if document_type == DocumentType.PAYSTUB else None,
    )
    session.add(row)
    return row


def _fraud(*, suspected: bool) -> str:
    return FraudStatus.SUSPECTED if suspected else FraudStatus.NOT_SUSPECTED


def _parsed(world: World, session: Session, end_user_id: str, kind: DocumentType) -> dict[str, Any] | None:
    now = world.clock.now()
    mine = select(tables.Account).where(tables.Account.end_user_id == end_user_id)
    for account in session.scalars(mine.order_by(tables.Account.created_at.desc())):
        identity = documents.find(session, account.id, "identity", Identity, now)
        employment = documents.find(session, account.id, "employment", Employment, now)
        stubs = documents.all_of(session, account.id, "paystubs", Paystub, now)
        if not stubs:
            continue
        if kind == DocumentType.PAYSTUB:
            return _object(_paystub(stubs[0], identity, employment))
        if kind == DocumentType.W2:
            return _object(_w2(stubs, identity, employment))
        forms = documents.all_of(session, account.id, "tax_forms", TaxForm, now)
        if kind == DocumentType.W_2 and forms and forms[0].parsed_data:
            return _object(forms[0].parsed_data)
    return None


def _object(model: object) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(model)
    return built


def _paystub(stub: Paystub, identity: Identity | None, employment: Employment | None) -> UploadedPaystub:
    return UploadedPaystub(
        document_type=DocumentType.PAYSTUB,
        pay_date=stub.pay_date.isoformat(),
        pay_period_start=stub.pay_period_start.isoformat() if stub.pay_period_start else None,
        pay_period_end=stub.pay_period_end.isoformat() if stub.pay_period_end else None,
        gross_pay_amount=stub.gross_pay_amount,
        gross_pay_ytd=stub.gross_pay_ytd,
        net_pay_amount=stub.net_pay_amount,
        net_pay_ytd=stub.net_pay_ytd,
        earnings=[
            UploadedEarning(type=line.category, description=line.name, amount=line.amount)
            for line in stub.earnings or []
        ],
        taxes=[UploadedTax(type=line.category, description=line.name, amount=line.amount) for line in stub.taxes],
        deductions=[
            UploadedDeduction(type=line.category, description=line.name, amount=line.amount)
            for line in stub.deductions or []
        ],
        employer=_employer(employment),
        employee=EmployeeNameAndAddress(name=identity.full_name, address=identity.address) if identity else None,
        time_off=[
            UploadedTimeOff(
                name=line.name,
                category=line.category,
                available_hours=line.available_hours,
                earned_hours=line.earned_hours,
                used_hours=line.used_hours,
            )
            for line in stub.time_off
        ],
    )


def _employer(employment: Employment | None) -> EmployerNameAndAddress | None:
    if employment is None:
        return None
    return EmployerNameAndAddress(name=employment.employer_name, address=employment.employer_address)


def _w2(stubs: list[Paystub], identity: Identity | None, employment: Employment | None) -> UploadedW2:
    year = stubs[0].pay_date.year - (stubs[-1].pay_date.year < stubs[0].pay_date.year)
    totals = totals_of_year(stub for stub in stubs if stub.pay_date.year == year)
    return UploadedW2(
        document_type=DocumentType.W2,
        applicant=ApplicantNameAndAddress(name=identity.full_name, address=identity.address) if identity else None,
        employer_name=employment.employer_name if employment else None,
        total_wages=totals.wages,
        state_wages=totals.wages,
        social_security_wages=totals.gross,
        medicare_wages=totals.gross,
        federal_taxes=totals.federal,
        state_taxes=totals.state,
        social_security_taxes=totals.social_security,
        medicare_taxes=totals.medicare,
        tax_year=str(year),
    )
