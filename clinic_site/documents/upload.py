"""What staff may upload as a document: a PDF by its content, open to everybody, with pages."""

import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from wagtail.utils.file import hash_filelike

from clinic_site.documents import read_pdf
from clinic_site.documents.read_pdf import PdfError

MOST_PAGES = 300
MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
SECONDS = 30.0

MESSAGES = {
    PdfError.UNKNOWN: _("This isn’t a PDF. Please save it as a PDF, and choose that."),
    PdfError.DAMAGED: _(
        "This PDF is damaged. Part of it is missing or can’t be read. Please save it anew."
    ),
    PdfError.LOCKED: _(
        "This PDF is locked with a password, or against printing or copying. Please save it "
        "without protection."
    ),
    PdfError.EMPTY: _("This PDF has no pages."),
    PdfError.TOO_MANY_PAGES: _(
        "This PDF has more than %(pages)s pages. Please offer a part of it."
    ),
    PdfError.ACTIVE: _(
        "This PDF holds a program or another file, or sends something. Please print it to a new "
        "PDF, and choose that."
    ),
    PdfError.TOO_SLOW: _("This PDF takes too long to read. Please print it to a new PDF."),
}
OTHER_KIND = _("This is a %(kind)s, not a PDF. Please save it as a PDF, and choose that.")
OTHER_KINDS = {
    b"PK\3\4": _("Word file, spreadsheet or ZIP"),
    b"\xd0\xcf\x11\xe0": _("Word file or spreadsheet"),
    b"\xff\xd8\xff": _("picture"),
    b"\x89PNG": _("picture"),
    b"{\\rtf": _("text in RTF"),
    b"<": _("page of the web"),
}


class InvalidDocument(ValidationError):
    """No document that the site can offer. Its text is for the person who chose the file."""


class CheckedPdf(File):
    """A document that `checked` has looked at already."""

    def __init__(self, content: bytes, name: str, pages: int) -> None:
        super().__init__(BytesIO(content), name)
        self.pages = pages


def checked(file: File) -> CheckedPdf:
    """Return the document with the number of its pages. Raises InvalidDocument."""
    file.seek(0)
    content = file.read()
    answer = _read_by_child(content)
    if not answer.isdecimal():
        raise _invalid(PdfError(answer), content)
    return CheckedPdf(content, Path(file.name or "document").with_suffix(".pdf").name, int(answer))


def _read_by_child(content: bytes) -> str:
    """Return what `read_pdf` writes, or an error if it came to no end of its own."""
    try:
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-I", read_pdf.__file__, *map(str, (MEMORY, CPU_SECONDS, MOST_PAGES))],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={},  # none of our secrets
            check=False,
        )
    except subprocess.TimeoutExpired:
        return PdfError.TOO_SLOW
    if child.returncode == 0:
        return child.stdout.decode()
    ended_by_a_limit = child.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
    return PdfError.TOO_SLOW if ended_by_a_limit else PdfError.DAMAGED


def _invalid(code: PdfError, content: bytes) -> InvalidDocument:
    start = content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if code is PdfError.UNKNOWN:
        for sign, kind in OTHER_KINDS.items():
            if start.startswith(sign):
                return InvalidDocument(OTHER_KIND % {"kind": kind}, code=code)
    return InvalidDocument(MESSAGES[code] % {"pages": MOST_PAGES}, code=code)


class PdfFile(FieldFile):
    """Looks at a document on its way to the storage, whichever way it takes."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        content = content if isinstance(content, CheckedPdf) else checked(content)
        document: Any = self.instance
        document.pages = content.pages
        document.file_size = content.size
        document.file_hash = content_hash = hash_filelike(content)
        super().save(f"{content_hash[:8]}-{Path(name).with_suffix('.pdf').name}", content, save)


class PdfField(FileField):
    """Where a document is stored: whoever writes a file through it writes one that was checked."""

    attr_class = PdfFile
