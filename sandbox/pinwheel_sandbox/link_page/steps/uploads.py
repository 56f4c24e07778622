"""Hand in documents instead of logging in."""

from collections.abc import Mapping

from pinwheel_api import DocumentType
from sqlalchemy import select

from pinwheel_sandbox.link.errors import LinkError
from pinwheel_sandbox.link.login import open_token
from pinwheel_sandbox.link.papers import file_document
from pinwheel_sandbox.link_page.visit import Given, Handler, Visit
from pinwheel_sandbox.storage.link_tables import LinkFile

MOST_FILES = 10
MOST_BYTES = 10_000_000


def offered(visit: Visit) -> bool:
    """Whether the Link token lets the user upload."""
    return visit.options.document_uploads in {"direct", "fallback"}


def begin(visit: Visit) -> None:
    """Show the uploads."""
    visit.tell("doc_uploads_begin", {"uploadedDocumentsSubmittedCount": visit.state.uploads_sent})
    visit.go("uploads")


def files(visit: Visit) -> list[LinkFile]:
    """The files that were not handed in yet."""
    mine = select(LinkFile).where(
        LinkFile.session_id == visit.row.id, LinkFile.purpose == "upload", LinkFile.submitted_at.is_(None)
    )
    return list(visit.session.scalars(mine.order_by(LinkFile.created_at, LinkFile.id)))


def add(visit: Visit, name: str, content: bytes) -> None:
    """A file arrived; what it is tells its content, not its name."""
    state = visit.state
    media_type = kind_of(content)
    if len(content) > MOST_BYTES:
        state.problems = {"file": "tooLarge"}
    elif not content:
        state.problems = {"file": "emptyFile"}
    elif media_type is None:
        state.problems = {"file": "wrongType"}
    elif len(files(visit)) >= MOST_FILES:
        state.problems = {"file": "tooMany"}
    else:
        state.problems = {}
        visit.session.add(
            LinkFile(
                id=visit.world.chance.uuid(),
                created_at=visit.now,
                session_id=visit.row.id,
                end_user_id=visit.token.end_user_id,
                purpose="upload",
                name=name[:120] or "document",
                media_type=media_type,
                content=content,
            )
        )
        visit.session.flush()


def remove(visit: Visit, given: Given) -> None:
    """The user takes a file back."""
    visit.state.problems = {}
    for file in files(visit):
        if file.id == given.text("file"):
            visit.session.delete(file)
    visit.session.flush()


def submit(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user hands the files in, which uses up the token."""
    sent = files(visit)
    if not sent:
        visit.state.problems = {"file": "required"}
        return
    try:
        token = open_token(visit.world, visit.session, visit.row.token, visit.now)
    except LinkError as error:
        visit.fail(error, "fatal")
        return
    token.used_at = visit.now
    for file in sent:
        file.submitted_at = visit.now
        if visit.token.end_user_id:
            file_document(visit.world, visit.session, visit.token.end_user_id, _kind(visit))
    visit.state.uploads_sent += len(sent)
    visit.tell("doc_uploads_submitted", {"uploadedDocumentSubmittedCount": len(sent)})
    visit.go("success")


def _kind(visit: Visit) -> DocumentType:
    """What the documents are: the form for the year where a tax form is wanted, else pay slips."""
    return DocumentType.W2 if visit.features == frozenset({"tax_forms"}) else DocumentType.PAYSTUB


def back(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """To the search, where the uploads are only a way out."""
    if visit.options.document_uploads != "direct":
        visit.go("search")


def kind_of(content: bytes) -> str | None:
    """The media type of a PDF, JPG, PNG or HEIC file; none for anything else."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc"}:
        return "image/heic"
    return None


HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("uploads", "remove"): remove,
    ("uploads", "submit"): submit,
    ("uploads", "back"): back,
}
