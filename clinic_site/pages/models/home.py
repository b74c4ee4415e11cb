from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StructValue
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from clinic_site.images.models import SiteImage
from clinic_site.pages.blocks.sections import HomeSections
from clinic_site.pages.models.base import SitePage
from clinic_site.pages.prepared import prepared


class HomePage(SitePage):
    """The first page, of sections in any order; it finds the pages below it by their address.

    There is one. A new section is a block of `pages.blocks.sections.HomeSections`; a type of page
    that stands below names "pages.HomePage" among its `parent_page_types`.
    """

    body = StreamField(HomeSections(), verbose_name=_("sections"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")

    @cached_property
    def hero(self) -> StructValue | None:
        """The section that opens the page, if there is one; its headline is the page's own."""
        return next((block.value for block in self.body if block.block_type == "hero"), None)

    @property
    def description(self) -> str:
        return self.search_description or (self.hero["headline"] if self.hero else "")

    @property
    def share_image(self) -> SiteImage | None:
        return self.hero["image"] if self.hero else None

    @property
    def share_title(self) -> str:
        return self.seo_title  # otherwise it is called what the clinic is called

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of an address, and those above it, at once.

        Wagtail asks twice for each part of the address, then for those above, then for privacy.
        """
        if not path_components:
            return super().route(request, path_components)
        pages = pages_on_path([self.url_path, *(f"{part}/" for part in path_components)])
        rest = path_components[len(pages) - 1 :]
        page = _specific(pages[-1]) if pages else None
        # What is below the last page may be an address of its own making.
        if page is None or (rest and not isinstance(page, RoutablePageMixin)):
            raise Http404
        if isinstance(page, SitePage):
            page.ancestor_pages = pages[:-1]
            page.is_open = not any(above.private for above in pages)
        return page.route(request, rest)


def pages_on_path(parts: list[str]) -> list[Any]:
    """Return the pages of an address, from the first part down, each with whether it is `private`.

    An alias is as private as the page that it repeats.
    """
    addresses = ["".join(parts[:end]) for end in range(1, len(parts) + 1)]
    slugs = [address.split("/")[-2] for address in addresses]
    return _pages_at(*addresses, *slugs)


@prepared
def _pages_at(*addresses_and_slugs: str) -> models.QuerySet[Any]:
    """Ask for the slugs as well: they have an index."""
    half = len(addresses_and_slugs) // 2
    original = ExpressionWrapper(OuterRef("alias_of__path"), output_field=models.CharField())
    restrictions = PageViewRestriction.objects.annotate(original=original).filter(
        Q(page=OuterRef("pk")) | Q(original__startswith=F("page__path"))
    )
    pages = Page.objects.filter(
        slug__in=addresses_and_slugs[half:], url_path__in=addresses_and_slugs[:half]
    )
    return pages.annotate(private=Exists(restrictions)).order_by("path")


def _specific(page: Page) -> Page | None:
    """Return `page` as what it is, or None if it has gone in the meantime."""
    kind = page.specific_class
    return next(iter(_reader_of(kind)(page.pk)), None) if kind else page


@cache
def _reader_of(kind: type[Page]) -> Callable[[int], list[Page]]:
    return prepared(lambda pk: kind._default_manager.filter(pk=pk))
