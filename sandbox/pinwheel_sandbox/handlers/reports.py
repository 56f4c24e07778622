"""Verification reports: employment, and employment with income, put together from what accounts hold."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

import attrs
from pinwheel_api import (
    AnnualIncome,
    CompensationUnit,
    EarningCategory,
    EarningsYtd,
    EmployeeName,
    Employment,
    Identity,
    Income,
    JobOutcome,
    Paystub,
    ReportEmployee,
    ReportEmployment,
    ReportEmploymentWithIncome,
    ReportIncome,
    ReportPaystub,
    ReportType,
    VoeReport,
    VoieReport,
)
from sqlalchemy import func, select

from pinwheel_sandbox.call import Call, Reply
from pinwheel_sandbox.errors import not_found
from pinwheel_sandbox.handlers.end_users import accounts_of, the_end_user
from pinwheel_sandbox.handlers.files import file
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage import documents, tables

# Reports have ids of their own, derived so that a report keeps its id however often it is put together.
_NAMESPACE = uuid.UUID("0c8e7f9a-52f4-4e6b-9d4b-6d2a52b0a1c3")
_MOST_STUBS, _MOST_YEARS = 2, 3


@attrs.frozen(kw_only=True)
class _Source:
    """What one account tells about its owner's work."""

    account: tables.Account
    identity: Identity
    employment: Employment
    income: Income | None
    stubs: list[Paystub]


def get_voe(call: Call) -> Reply:
    """Where the end user works, without amounts."""
    sources = _sources(call, with_income=False)
    updated, refreshed = _ages(call, sources)
    report_id = _report_id(call, "voe")
    report = VoeReport(
        id=report_id,
        updated_at=updated,
        refreshed_at=refreshed,
        employee=_employee(sources[-1].identity),
        employments=[_employment(source, call.now.date()) for source in sources],
        document=file(call, _report_id(call, "voe file"), f"verification_reports/{report_id}.pdf"),
        report_type=ReportType.VOE,
    )
    return Reply(report)


def get_voie(call: Call) -> Reply:
    """Where the end user works, and what that pays."""
    sources = _sources(call, with_income=True)
    updated, refreshed = _ages(call, sources)
    report_id = _report_id(call, "voie")
    employments = [
        _with_income(_employment(source, call.now.date()), _income(source.income, source.stubs))
        for source in sources
        if source.income is not None
    ]
    report = VoieReport(
        id=report_id,
        updated_at=updated,
        refreshed_at=refreshed,
        employee=_employee(sources[-1].identity),
        employments=employments,
        document=file(call, _report_id(call, "voie file"), f"verification_reports/{report_id}.pdf"),
        report_type=ReportType.VOIE,
    )
    return Reply(report)


def _sources(call: Call, *, with_income: bool) -> list[_Source]:
    """The accounts that there is enough of, or 404."""
    found: list[_Source] = []
    for account in accounts_of(call, the_end_user(call)):
        identity = documents.find(call.session, account.id, "identity", Identity, call.now)
        employment = documents.find(call.session, account.id, "employment", Employment, call.now)
        income = documents.find(call.session, account.id, "income", Income, call.now)
        if identity is None or employment is None or (with_income and income is None):
            continue
        stubs = documents.all_of(call.session, account.id, "paystubs", Paystub, call.now)
        found.append(_Source(account=account, identity=identity, employment=employment, income=income, stubs=stubs))
    if not found:
        raise not_found("Data for this report")
    return found


def _report_id(call: Call, kind: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{kind}:{call.path['end_user_id'].strip()}"))


def _ages(call: Call, sources: Sequence[_Source]) -> tuple[datetime, datetime]:
    """When the accounts' data last changed, and when it was last looked for."""
    job, ids = tables.Job, [source.account.id for source in sources]
    newest = select(func.max(job.finished_at)).where(
        job.account_id.in_(ids), job.outcome == JobOutcome.SUCCESS, job.finished_at <= call.now
    )
    first = max(source.account.created_at for source in sources)
    return call.session.scalar(newest.where(job.changed_data)) or first, call.session.scalar(newest) or first


def _employee(identity: Identity) -> ReportEmployee:
    first, *middle, last = identity.full_name.split() if " " in identity.full_name else (identity.full_name, "")
    return ReportEmployee(
        name=EmployeeName(first_name=first, middle_name=" ".join(middle), last_name=last, full_name=identity.full_name),
        date_of_birth=identity.date_of_birth,
        last_four_ssn=identity.last_four_ssn,
        address=identity.address,
        phone_numbers=identity.phone_numbers,
    )


def _employment(source: _Source, today: date) -> ReportEmployment:
    found = source.employment
    return ReportEmployment(
        employer_name=found.employer_name or "",
        employer_address=found.employer_address,
        start_date=found.start_date,
        employment_duration_months=_months(found.start_date, found.termination_date or today),
        employment_status=found.status,
        employment_type="full time",
        termination_date=found.termination_date,
        title=found.title,
        most_recent_pay_date=source.stubs[0].pay_date if source.stubs else None,
    )


def _with_income(employment: ReportEmployment, income: ReportIncome) -> ReportEmploymentWithIncome:
    shared = {name: getattr(employment, name) for name in _names(ReportEmployment)}
    return ReportEmploymentWithIncome(**shared, income=income)


def _names(model: Any) -> list[str]:
    return [field.name for field in attrs.fields(model)]


def _months(first: date | None, last: date) -> int | None:
    """Whole months from one day to another."""
    if first is None:
        return None
    return max(0, (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day))


def _income(income: Income, stubs: Sequence[Paystub]) -> ReportIncome:
    years = [(year, list(group)) for year, group in groupby(stubs, key=lambda stub: stub.pay_date.year)]
    return ReportIncome(
        pay_frequency=income.pay_frequency,
        compensation_unit=income.compensation_unit or CompensationUnit.VARIABLE,
        compensation_amount=income.compensation_amount,
        currency=income.currency,
        annual_incomes=[_annual(year, group) for year, group in years[:_MOST_YEARS]],
        paystubs=[_report_stub(stub) for stub in stubs[:_MOST_STUBS]],
    )


def _annual(year: int, stubs: Sequence[Paystub]) -> AnnualIncome:
    by_category: dict[EarningCategory, int] = {}
    for earning in (earning for stub in stubs for earning in stub.earnings or []):
        by_category[earning.category] = by_category.get(earning.category, 0) + earning.amount
    return AnnualIncome(
        year=str(year),
        gross_pay_ytd=sum(stub.gross_pay_amount or 0 for stub in stubs),
        net_pay_ytd=sum(stub.net_pay_amount for stub in stubs),
        total_deductions_ytd=sum(stub.total_deductions for stub in stubs),
        total_reimbursements_ytd=sum(stub.total_reimbursements for stub in stubs),
        total_taxes_ytd=sum(stub.total_taxes for stub in stubs),
        earnings_ytds=[EarningsYtd(amount=amount, category=category) for category, amount in by_category.items()],
    )


def _report_stub(stub: Paystub) -> ReportPaystub:
    return ReportPaystub(**{name: getattr(stub, name) for name in _names(ReportPaystub)})


_BASE = "/v1/end_users/{end_user_id}/verification_reports"
_SINCE = "2022-09-09"

ROUTES = (
    Route(
        method="GET",
        template=f"{_BASE}/voe",
        operation="end_users.verification_reports.voe",
        handler=get_voe,
        since=_SINCE,
    ),
    Route(
        method="GET",
        template=f"{_BASE}/voie",
        operation="end_users.verification_reports.voie",
        handler=get_voie,
        since=_SINCE,
    ),
)
