"""Where a document is offered: what readers may have, and what an editor is told of."""

from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet

from clinic_site.documents.models import SiteDocument
from clinic_site.pages.blocks.traversal import documents_on
from clinic_site.pages.published import published


class DocumentUse(NamedTuple):
    page: Page
    is_public: bool


def is_offered(document: SiteDocument) -> bool:
    """Tell whether anybody may have it: a page that anybody may read offers it."""
    return published(_pages_with(document)).exists()


def uses_of(document: SiteDocument) -> list[DocumentUse]:
    """Return the pages that offer it, by title, and those whose drafts do."""
    pages = _pages_with(document)
    public = {*published(pages).values_list("pk", flat=True)}
    found = {page.pk: page for page in pages} | {page.pk: page for page in _drafts_with(document)}
    in_order = sorted(found.values(), key=lambda page: page.get_admin_display_title().lower())
    return [DocumentUse(page, page.pk in public) for page in in_order]


def _pages_with(document: SiteDocument) -> PageQuerySet:
    entries = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return Page.objects.filter(
        pk__in=[int(pk) for pk in entries.values_list("object_id", flat=True)]
    )


def _drafts_with(document: SiteDocument) -> list[Page]:
    """Return the pages whose newest version offers it, which Wagtail's index knows nothing of."""
    drafts = Page.objects.filter(has_unpublished_changes=True).specific().iterator(chunk_size=50)
    newest = (page.get_latest_revision_as_object() for page in drafts)
    return [page for page in newest if document in documents_on(page)]
