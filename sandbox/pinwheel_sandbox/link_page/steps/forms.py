"""A direct deposit form to hand to the employer, as a PDF."""

from collections.abc import Mapping

from pinwheel_api import DocumentType

from pinwheel_sandbox.link.papers import file_document
from pinwheel_sandbox.link_page import pdf
from pinwheel_sandbox.link_page.visit import Given, Handler, Visit
from pinwheel_sandbox.storage.link_tables import LinkFile

FIELDS = ("full_name", "employer_name", "street", "city", "state", "zip")


def offered(visit: Visit) -> bool:
    """Whether the Link token lets the user fill in a form, and there is an account to put into it."""
    return visit.options.deposit_forms in {"direct", "fallback"} and bool(visit.state.targets)


def begin(visit: Visit) -> None:
    """Show the form's questions."""
    visit.tell("dd_form_begin")
    visit.go("deposit_form")


def create(visit: Visit, given: Given) -> None:
    """The user filled it in."""
    answers = {field: given.text(field, 80) for field in FIELDS}
    visit.state.problems = {field: "required" for field, answer in answers.items() if not answer}
    if visit.state.problems:
        return
    target = visit.state.targets[given.index("target", len(visit.state.targets))]
    file = LinkFile(
        id=visit.world.chance.uuid(),
        created_at=visit.now,
        session_id=visit.row.id,
        end_user_id=visit.token.end_user_id,
        purpose="direct_deposit_form",
        name="direct-deposit-form.pdf",
        media_type="application/pdf",
        content=pdf.write(
            "Direct deposit authorization",
            [
                ("Employee", [("Name", answers["full_name"]), ("Address", _address(answers))]),
                ("Employer", [("Company", answers["employer_name"])]),
                (
                    "Pay goes to",
                    [
                        ("Account name", target.name),
                        ("Type of account", target.type),
                        ("Routing number", target.routing_number),
                        ("Account number", target.account_number),
                    ],
                ),
                ("", [("Signature", "_" * 40), ("Date", visit.now.date().isoformat())]),
            ],
            footer="Made by a local sandbox for testing. Not a bank document.",
        ),
    )
    visit.session.add(file)
    visit.state.form_file = file.id
    if visit.token.end_user_id:
        file_document(visit.world, visit.session, visit.token.end_user_id, DocumentType.DIRECT_DEPOSIT_FORM)
    visit.tell("dd_form_create", {"url": f"{visit.base_url}/link-files/{file.id}/{file.name}"})
    visit.go("form_ready")


def downloaded(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user took the PDF."""
    visit.tell("dd_form_download")


def back(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """To the search, where the form is only a way out."""
    if visit.options.deposit_forms != "direct":
        visit.go("search")


def finish(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user has the form."""
    visit.go("success")


def _address(answers: Mapping[str, str]) -> str:
    return f"{answers['street']}, {answers['city']}, {answers['state']} {answers['zip']}"


HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("deposit_form", "submit"): create,
    ("deposit_form", "back"): back,
    ("form_ready", "downloaded"): downloaded,
    ("form_ready", "done"): finish,
}
