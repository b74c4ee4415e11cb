"""Documents as people have them, and as they had better not have them."""

from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.actions import JavaScript

from clinic_site.documents.models import SiteDocument
from clinic_site.documents.upload import CheckedPdf


def pdf(pages: int = 2, **options: Any) -> bytes:
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(612, 792)
    if password := options.get("password"):
        writer.encrypt("", password)
    if script := options.get("script"):
        writer.add_open_action(JavaScript(script))
    if attached := options.get("attached"):
        writer.add_attachment(attached, b"...")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def make_document(title: str = "Breaks at the desk", pages: int = 2) -> SiteDocument:
    """A document that nobody has to look at first: no child process reads it."""
    file = CheckedPdf(pdf(pages), "desk.pdf", pages)
    return SiteDocument.objects.create(title=title, file=file)


def download(document: SiteDocument, about: str = "") -> tuple[str, dict[str, Any]]:
    """The block that offers it."""
    return "download", {"document": document, "about": about}
