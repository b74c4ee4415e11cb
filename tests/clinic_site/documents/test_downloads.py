"""Readers may have what a published page offers, at one address for good, and nothing else."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction

from clinic_site.documents.upload import CheckedPdf
from clinic_site.pages.models import HomePage, StandardPage
from tests.clinic_site.documents.factories import download, make_document, pdf
from tests.factories import make_article, make_user

pytestmark = [pytest.mark.usefixtures("clinic")]


def make_page(*body: Any, **fields: Any) -> StandardPage:
    page = StandardPage(**{"title": "First visit", "body": [*body]} | fields)
    added: StandardPage = HomePage.objects.get().add_child(instance=page)
    return added


def status(client: Client, address: str) -> int:
    return client.get(address).status_code


def test_a_page_says_what_it_offers(client: Client) -> None:
    document = make_document("Breaks <at> the desk")
    page = make_page(download(document, "Keep it by your desk."))
    shown = client.get(page.url).content.decode()
    assert f'href="{document.url}" download>Download: Breaks &lt;at&gt; the desk</a>' in shown
    assert "(PDF, 2 pages, 1 KB)" in shown
    assert "Keep it by your desk." in shown


def test_so_does_an_article_also_in_the_feed(client: Client) -> None:
    document = make_document(pages=1)
    make_article(body=[download(document)]).save_revision().publish()
    for address in ("/fitness/psoas-so-what/", "/feed/"):
        shown = client.get(address).content.decode()
        assert "Download: Breaks at the desk" in shown, address
        assert "PDF, 1 page, " in shown, address
    assert f"http://127.0.0.1:8000{document.url}" in shown
    assert status(client, document.url) == 200


def test_what_a_published_page_offers_is_a_file_to_keep(client: Client) -> None:
    document = make_document()
    make_page(download(document))
    answer = client.get(document.url, headers={"accept-encoding": "gzip"})
    assert b"".join(answer) == document.file.read()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="breaks-at-the-desk.pdf"'
    assert answer["Content-Length"] == str(document.file_size)
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer["Content-Security-Policy"] == policy
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not answer.cookies
    again = client.get(document.url, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert client.head(document.url).status_code == 200
    assert client.post(document.url).status_code == 405


@pytest.mark.parametrize("role", ["Editors", "Owners"])
def test_while_only_a_draft_offers_it_it_is_for_editors(client: Client, role: str) -> None:
    document = make_document()
    page = make_page(download(document), live=False)
    assert status(client, document.url) == 404
    client.force_login(make_user(role))
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    client.logout()
    page.save_revision().publish()
    assert status(client, document.url) == 200
    page.refresh_from_db()
    page.unpublish()
    assert status(client, document.url) == 404


@pytest.mark.parametrize("role", ["Practitioners", "Moderators", "Front desk"])
def test_no_other_role_has_drafts(client: Client, role: str) -> None:
    document = make_document()
    client.force_login(make_user(role))
    assert status(client, document.url) == 404
    assert status(client, "/admin/documents/") == 302


def test_a_new_version_of_a_published_page_offers_nothing_before_it_is_out(client: Client) -> None:
    document = make_document()
    page = make_page()
    page.body = [download(document)]
    page.save_revision()
    assert status(client, document.url) == 404


def test_a_private_page_offers_it_to_nobody(client: Client) -> None:
    document = make_document()
    page = make_page(download(document))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert status(client, document.url) == 404


def test_old_addresses_lead_to_the_file_that_is_there_now(client: Client) -> None:
    document = make_document()
    make_page(download(document))
    old, document.title = document.url, "Pauses ✓ “at work”"
    document.file = CheckedPdf(pdf(7), "other.pdf", 7)
    document.save()
    assert client.get(old)["Location"] == document.url
    assert b"".join(client.get(document.url)) == document.file.open().read()
    for odd in ("x.pdf", "..", "é", "A" * 500):
        assert client.get(f"/documents/{document.pk}/{odd}").status_code == 302


def test_a_page_follows_a_replaced_file(client: Client) -> None:
    document = make_document(pages=2)
    page = make_page(download(document))
    assert "2 pages" in client.get(page.url).content.decode()
    document.file = CheckedPdf(pdf(9), "other.pdf", 9)
    document.save()
    assert "9 pages" in client.get(page.url).content.decode()


@pytest.mark.parametrize("number", ["0", "999999", "9" * 40])
def test_what_is_not_there_is_not_found(client: Client, number: str) -> None:
    assert status(client, f"/documents/{number}/x.pdf") == 404


def test_a_file_that_is_gone_is_not_found(client: Client) -> None:
    document = make_document()
    make_page(download(document))
    document.file.storage.delete(document.file.name)
    assert status(client, document.url) == 404


def test_files_have_no_other_address(client: Client) -> None:
    document = make_document()
    make_page(download(document))
    assert status(client, document.file.url) == 404


def test_before_it_is_deleted_the_pages_that_offer_it_are_named(client: Client) -> None:
    document = make_document()
    page = make_page(download(document))
    draft = make_page(title="Not yet <out>")
    draft.body = [download(document)]
    draft.save_revision()
    client.force_login(make_user("Editors"))
    asked = client.get(f"/admin/documents/delete/{document.pk}/").content.decode()
    assert "2 pages offer it." in asked
    assert f'href="/admin/pages/{page.pk}/edit/">First visit</a>' in asked
    assert "Not yet &lt;out&gt;" in asked
    assert "(draft)" in asked
    client.post(f"/admin/documents/delete/{document.pk}/")
    shown = client.get(page.url)
    assert shown.status_code == 200
    assert "Download" not in shown.content.decode()


def test_one_that_no_page_offers_goes_without_ado(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    document = make_document()
    client.force_login(make_user("Owners"))
    asked = client.get(f"/admin/documents/delete/{document.pk}/").content.decode()
    assert "No page offers it." in asked
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/admin/documents/delete/{document.pk}/")
    assert not document.file.storage.exists(document.file.name)


def test_an_unchecked_file_of_that_name_is_never_served(client: Client) -> None:
    document = make_document()
    make_page(download(document))
    document.file.storage.delete(document.file.name)
    document.file.storage.save(document.file.name, ContentFile(b"<script>"))
    answer = client.get(document.url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
