"""PDFs of the other site become documents, offered where texts linked to them."""

import re
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from clinic_site.documents.models import SiteDocument
from wordpress.bring.files import Files, NoFile, path_of
from wordpress.bring.records import Kind, Records

PDF = re.compile(r"\.pdf$", re.IGNORECASE)
LINK = re.compile(r'<a href="/!document/(\d+)/">(.*?)</a>', re.DOTALL)
LONGEST_TITLE = 255


class Documents:
    def __init__(self, files: Files, records: Records) -> None:
        self.files, self.records = files, records
        self._found: dict[str, int | None] = {}
        self.problems: dict[str, str] = {}  # by paths

    def find(self, address: str) -> int | None:
        """Return the document that an address leads to, brought if it wasn’t yet."""
        path = path_of(address)
        if not PDF.search(path):
            return None
        if path not in self._found:
            try:
                self._found[path] = self._bring(path, address)
            except NoFile as error:
                self._found[path] = None
                self.problems[path] = str(error)
        return self._found[path]

    def _bring(self, path: str, address: str) -> int | None:
        row = self.records.get(Kind.FILE, f"pdf:{path}")
        if row is not None:
            there = SiteDocument.objects.filter(pk=row.object_id).exists()
            return row.object_id if there else None
        content = self.files.content(path, address)
        if self.files.is_dry_run:
            return None
        name = PurePosixPath(path).name
        title = unquote(PurePosixPath(path).stem).replace("-", " ").replace("_", " ")
        try:
            with transaction.atomic():
                document = SiteDocument.objects.create(
                    title=title[:LONGEST_TITLE] or name, file=File(BytesIO(content), name=name)
                )
                self.records.keep(Kind.FILE, f"pdf:{path}", document.pk)
        except ValidationError as error:
            raise NoFile(" ".join(error.messages)) from error
        return int(document.pk)


def linked_in(html: str) -> list[int]:
    """Return the documents that a text of parts leads to."""
    return [int(number) for number, _words in LINK.findall(html)]


def without_links(html: str) -> str:
    return LINK.sub(r"\2", html)
