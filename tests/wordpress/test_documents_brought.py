"""PDFs that texts lead to become documents, offered where they were linked."""

from pathlib import Path

import pytest
from django.test import Client

from blog.models import ArticlePage
from clinic_site.documents.models import SiteDocument
from tests.clinic_site.documents.factories import pdf
from tests.wordpress.conftest import Bring
from tests.wordpress.exports import OLD, attachment, item, notes
from wordpress.report import Level

pytestmark = pytest.mark.any_database
LINKED = f'Read <a href="{OLD}/wp-content/uploads/2019/05/at-home.pdf">this sheet</a>.\n\nMore.'


def test_a_linked_pdf_is_offered_below_its_paragraph(
    bring: Bring, tmp_path: Path, client: Client
) -> None:
    file = tmp_path / "uploads/2019/05/at-home.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(pdf())
    items = (item(1, LINKED), attachment(9, "2019/05/at-home.pdf"))
    assert not bring(*items).has_losses
    document = SiteDocument.objects.get()
    kinds = [block.block_type for block in ArticlePage.objects.get().body]
    assert (document.title, kinds) == ("at home", ["paragraph", "download", "paragraph"])
    assert document.url in client.get("/rest/sleep-well/").content.decode()
    assert bring(*items).counts["post: unchanged"] == 1


def test_one_that_is_no_pdf_or_is_missing_is_named_and_its_link_stays(
    bring: Bring, tmp_path: Path
) -> None:
    file = tmp_path / "uploads/2019/05/at-home.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"<html></html>")
    report = bring(item(1, LINKED), attachment(9, "2019/05/at-home.pdf"))
    assert not SiteDocument.objects.exists()
    assert notes(report, Level.LOST)
    assert "at-home.pdf" in str(ArticlePage.objects.get().body)
