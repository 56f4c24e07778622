"""Uploads and the direct deposit form: from the start, or as the way out of a search or an error."""

from pathlib import Path

import pytest

from .user import TWO_TARGETS, User

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 20
PDF = b"%PDF-1.4\n%%EOF"
HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 20


def hands_in(user: User, **files: bytes) -> None:
    chosen = [
        {"name": name.replace("_", "."), "mimeType": "application/octet-stream", "buffer": content}
        for name, content in files.items()
    ]
    user.link.locator("#file").set_input_files(chosen)  # type: ignore[arg-type]


def test_uploads_from_the_start(user: User) -> None:
    user.open(user.token(document_uploads="direct", skip_intro_screen=True))
    user.sees("uploads")
    assert dict(user.events)["doc_uploads_begin"] == {"uploadedDocumentsSubmittedCount": 0}
    hands_in(user, stub_png=PNG, photo_jpg=JPG, stub_pdf=PDF, phone_heic=HEIC)
    user.link.get_by_text("phone.heic").wait_for()
    user.shoots("uploads")
    user.clicks("Remove photo.jpg")
    user.link.get_by_text("photo.jpg").wait_for(state="detached")
    user.goes_on()
    user.sees("success")
    user.shoots("success-uploads")
    assert dict(user.events)["doc_uploads_submitted"] == {"uploadedDocumentSubmittedCount": 3}
    assert user.screens == ["JOB_SUCCESS"]
    filed = list(user.sandbox.client().end_users.documents.list("user_1"))
    assert [str(document.document_type) for document in filed] == ["paystub"] * 3


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("page_html", b"<script>alert(1)</script>", "Only PDF, JPG, PNG and HEIC files can be read."),
        ("stub_pdf", b"", "This file is empty."),
        ("stub_pdf", PDF + b"0" * 10_000_001, "This file is larger than 10 MB."),
    ],
    ids=["another type", "empty", "too large"],
)
def test_files_that_are_refused(user: User, name: str, content: bytes, problem: str) -> None:
    user.open(user.token(document_uploads="direct", skip_intro_screen=True))
    user.sees("uploads")
    hands_in(user, **{name: content})
    user.link.get_by_text(problem).wait_for()
    user.goes_on()
    user.link.get_by_text("Please fill this in.").wait_for()


def test_uploads_after_an_error(user: User) -> None:
    user.open(user.switch_token(document_uploads="fallback", deposit_forms="fallback", skip_intro_screen=True))
    user.sees("search")
    user.picks("Acme Corporation")
    user.logs_in("user_error")
    user.sees("amount")
    user.goes_on()
    user.sees("confirm")
    user.goes_on()
    user.sees("job_error")
    user.shoots("error-with-ways-out")
    user.clicks("Upload documents instead")
    user.sees("uploads")


def test_a_deposit_form(user: User, tmp_path: Path) -> None:
    user.open(user.switch_token(deposit_forms="fallback", skip_intro_screen=True, allocation=TWO_TARGETS))
    user.sees("search")
    user.clicks("Get a direct deposit form")
    user.sees("deposit_form")
    answers = {
        "full_name": "Ash (Userton)",
        "employer_name": "Acme Corporation",
        "street": "20429 Pinwheel Drive",
        "city": "New York City",
        "state": "NY",
        "zip": "99999",
    }
    for key, answer in answers.items():
        user.link.locator(f"#{key}").fill(answer)
    user.shoots("deposit-form")
    user.goes_on()
    user.sees("form_ready")
    user.shoots("deposit-form-ready")
    with user.page.expect_download() as started:
        user.link.get_by_role("link", name="Download PDF").click()
    saved = tmp_path / "form.pdf"
    started.value.save_as(saved)
    content = saved.read_bytes()
    assert content.startswith(b"%PDF-1.4")
    assert b"(Ash \\(Userton\\))" in content
    assert b"(000123456789)" in content
    user.clicks("Done")
    user.sees("success")
    names = [name for name, _ in user.events if name.startswith("dd_form")]
    assert names == ["dd_form_begin", "dd_form_create", "dd_form_download"]
    url = dict(user.events)["dd_form_create"]["url"]
    assert url.startswith(user.home)
    assert user.page.request.get(url).body() == content


def test_a_deposit_form_instead_of_leaving(user: User) -> None:
    user.open(user.switch_token(deposit_forms="fallback", skip_intro_screen=True))
    user.sees("search")
    user.clicks("Close Button")
    user.sees("exit_confirmation")
    user.clicks("Get a direct deposit form")
    user.sees("deposit_form")
