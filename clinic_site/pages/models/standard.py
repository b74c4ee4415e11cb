from collections.abc import Iterator
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from clinic_site.images.models import SiteImage
from clinic_site.pages.blocks.standard import StandardBody
from clinic_site.pages.blocks.traversal import images_in
from clinic_site.pages.models.base import SitePage
from clinic_site.pages.published import listed


class StandardPage(SitePage):
    """Anything else that people ask for: the first visit, prices, how to prepare."""

    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)
    body = StreamField(StandardBody(), verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]

    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["below"] = listed(self.get_children()) if self.numchild else []
        # One query for all pictures' renditions, instead of one for each picture.
        prefetch_related_objects(list(self.images()), "renditions")
        return context

    def images(self) -> Iterator[SiteImage]:
        return images_in(self.body)

    @property
    def description(self) -> str:
        return self.search_description or get_text_for_indexing(self.introduction)

    @property
    def share_image(self) -> SiteImage | None:
        return next(self.images(), None)
