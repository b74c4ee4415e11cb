from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location, read_closures_ahead
from clinic_site.pages.models.base import SitePage


class ContactPage(SitePage):
    """Where the clinic is and when it is open; the facts come from its location record."""

    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("subjects"),
    ]

    class Meta:
        verbose_name = _("contact page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["locations"] = self.locations
        return context

    @cached_property
    def locations(self) -> list[Location]:
        """Every place where the clinic sees people, the main one first."""
        main = ClinicDetails.objects.filter(location=OuterRef("pk"))
        locations = Location.objects.annotate(is_main=Exists(main))
        with_maps = locations.select_related("map_image")
        ordered = list(
            with_maps.order_by("-is_main", "name").prefetch_related(
                "opening_hours", "map_image__renditions"
            )
        )
        read_closures_ahead(ordered)
        return ordered

    @property
    def subjects(self) -> str:
        """What people look for who mean this page, whatever the clinic has written on it."""
        return gettext(
            "opening hours, open today, closed, phone number, email, address, directions, parking, "
            "map, entrance, wheelchair, elevator, step-free access, what to bring"
        )

    @property
    def description(self) -> str:
        return self.search_description or get_text_for_indexing(self.introduction)
