"""A document is a PDF that everybody can open; whoever chooses something else is told why not."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clinic_site.documents import upload
from clinic_site.documents.models import SiteDocument
from clinic_site.documents.upload import InvalidDocument
from tests.clinic_site.documents.factories import make_document, pdf
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.any_database]

CIRCLE = pdf(1).replace(b"/Kids [", b"/Kids [ 2 0 R ", 1)
NESTED = b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"]" * 200_000 + b"\nendobj\n"

REFUSED = {
    "an empty file": (b"", "The submitted file is empty."),
    "plain words": (b"Only words", "This isn’t a PDF."),
    "a Word file": (b"PK\3\4word/document.xml", "This is a Word file"),
    "a page of the web": (b"<!doctype html><script>", "page of the web"),
    "a page that says it is a PDF": (b"<script></script>%PDF-1.4", "page of the web"),
    "half of one": (pdf()[:150], "damaged"),
    "no more than a beginning": (b"%PDF-1.7\n", "damaged"),
    "one that is its own page": (CIRCLE, "This PDF"),
    "one that is nested without end": (NESTED, "This PDF"),
    "a locked one": (pdf(password="owner"), "locked"),
    "one without pages": (pdf(0), "This PDF has no pages."),
    "a book": (pdf(upload.MOST_PAGES + 1), "more than 300 pages"),
    "one with a program": (pdf(script="app.alert(1)"), "program"),
    "one with a file inside": (pdf(attached="virus.exe"), "program"),
}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("Editors"))
    return client


def form(content: bytes, name: str = "plan.pdf", title: str = "Kept words") -> dict[str, object]:
    return {"title": title, "tags": "", "file": SimpleUploadedFile(name, content)}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_open_pdf_is_refused_beside_its_field(editor: Client, what: str) -> None:
    content, words = REFUSED[what]
    page = editor.post("/admin/documents/add/", form(content)).content.decode()
    assert words in page
    assert "Kept words" in page
    assert not SiteDocument.objects.exists()


def test_a_pdf_is_taken_whatever_it_is_called_and_its_pages_are_counted(editor: Client) -> None:
    added = editor.post("/admin/documents/add/", form(pdf(3), "PLAN.PDF"))
    assert added.status_code == 302
    document = SiteDocument.objects.get()
    assert (document.pages, document.file_size) == (3, document.file.size)
    assert document.file.name.endswith(".pdf")
    # By the dialog of the editor and by dropping many files as well.
    several = editor.post(
        "/admin/documents/multiple/add/",
        {"title": "Two", "files[]": SimpleUploadedFile("two.pdf", pdf(2))},
    )
    assert several.json()["success"]
    chosen = editor.post(
        "/admin/documents/chooser/create/",
        {
            "document-chooser-upload-title": "One",
            "document-chooser-upload-tags": "",
            "document-chooser-upload-file": SimpleUploadedFile("one.pdf", pdf(1)),
        },
    )
    assert chosen.json()["step"] == "chosen"
    assert [each.pages for each in SiteDocument.objects.order_by("pk")] == [3, 2, 1]


def test_many_at_once_are_refused_each_with_its_reason(editor: Client) -> None:
    file = SimpleUploadedFile("plan.pdf", b"PK\3\4word")
    answer = editor.post("/admin/documents/multiple/add/", {"title": "x", "files[]": file})
    assert "This is a Word file" in answer.json()["error_message"]


@pytest.mark.parametrize("megabytes", [21, 50])
def test_a_file_that_is_too_large_is_refused_beside_its_field(
    editor: Client, megabytes: int
) -> None:
    large = b"%PDF-1.7" + b"\0" * (megabytes * 1024 * 1024)
    page = editor.post("/admin/documents/add/", form(large)).content.decode()
    assert f"too large ({megabytes}" in page
    assert "Kept words" in page


def test_one_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "SECONDS", 0.01)
    with pytest.raises(InvalidDocument, match="too long"):
        upload.checked(ContentFile(pdf(), "plan.pdf"))


def test_one_that_takes_all_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "MEMORY", 80 * 1024 * 1024)
    with pytest.raises(InvalidDocument):
        upload.checked(ContentFile(pdf(250) + b"\0" * 15_000_000, "plan.pdf"))


def test_no_way_into_the_storage_leads_past_the_check() -> None:
    with pytest.raises(InvalidDocument):
        SiteDocument.objects.create(title="Virus", file=ContentFile(b"MZ", "virus.pdf"))


def test_a_replaced_file_brings_its_own_pages_and_size(editor: Client) -> None:
    document = make_document(pages=2)
    before = document.url
    edit = f"/admin/documents/edit/{document.pk}/"
    assert editor.post(edit, form(pdf(5), "new.pdf", document.title)).status_code == 302
    document.refresh_from_db()
    assert (document.pages, document.url) == (5, before)
    assert document.file.size == document.file_size
