"""Tax forms: W-2 forms and the like, as the platform shows them, and what their boxes say."""

from pinwheel_api import TaxForm, TaxFormSummary

from pinwheel_sandbox.call import Call, Reply
from pinwheel_sandbox.errors import not_found
from pinwheel_sandbox.handlers.accounts import the_account
from pinwheel_sandbox.handlers.files import file
from pinwheel_sandbox.handlers.payroll import listing_of, page_of_documents
from pinwheel_sandbox.records import changed
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage import documents, tables


def list_tax_forms(call: Call) -> Reply:
    """Tax forms, newest year first; both bounds count themselves in."""
    account = the_account(call)
    statement = documents.arrived(account.id, "tax_forms", call.now)
    first = call.query.year("from_year")
    last = call.query.year("to_year")
    if first is not None:
        statement = statement.where(tables.Document.order_date >= f"{first:04}")
    if last is not None:
        statement = statement.where(tables.Document.order_date <= f"{last:04}")
    page = page_of_documents(call, statement)
    forms = [_summary(documents.read(row, TaxForm)) for row in page.items]
    return listing_of(call, page, forms, account.id, "tax_forms")


def get_tax_form(call: Call) -> Reply:
    """One tax form; what its boxes say is read only when it is asked for."""
    account = the_account(call)
    wanted = documents.arrived(account.id, "tax_forms", call.now)
    row = call.session.scalar(wanted.where(tables.Document.id == call.path["tax_form_id"].lower()))
    if row is None:
        raise not_found("The tax form")
    form = documents.read(row, TaxForm)
    if form.document is not None:
        form = changed(form, document=file(call, form.document.id, f"tax_forms/{form.id}.pdf"))
    if not call.query.flag("with_parsed_data"):
        form = changed(form, parsed_data=None, warnings=None)
    return Reply(form)


def _summary(form: TaxForm) -> TaxFormSummary:
    return TaxFormSummary(
        id=form.id, created_at=form.created_at, account_id=form.account_id, form_type=form.form_type, year=form.year
    )


_BASE = "/v1/accounts/{account_id}/tax_forms"
_SINCE = "2022-06-22"

ROUTES = (
    Route(method="GET", template=_BASE, operation="accounts.tax_forms.list", handler=list_tax_forms, since=_SINCE),
    Route(
        method="GET",
        template=f"{_BASE}/{{tax_form_id}}",
        operation="accounts.tax_forms.get",
        handler=get_tax_form,
        since=_SINCE,
    ),
)
