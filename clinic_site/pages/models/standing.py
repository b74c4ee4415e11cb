"""Pages that stay: where the clinic is, who works there, and what people ask about it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractRendition
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location, read_closures_ahead
from clinic_site.clinic.models.people import Person
from clinic_site.images.models import SiteImage
from clinic_site.pages import structured_data
from clinic_site.pages.blocks.body import StandardBody
from clinic_site.pages.models.base import SitePage
from clinic_site.pages.published import published
from clinic_site.pages.structured_data import Thing


class ContactPage(SitePage):
    """Where the clinic is and when it is open; the facts come from its location record."""

    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    search_fields = [*Page.search_fields, index.SearchField("introduction")]

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
        ordered = list(locations.order_by("-is_main", "name").prefetch_related("opening_hours"))
        read_closures_ahead(ordered)
        return ordered

    @property
    def description(self) -> str:
        return self.search_description or get_text_for_indexing(self.introduction)

    def things(
        self, address: str, clinic: ClinicDetails, picture: AbstractRendition | None
    ) -> list[Thing]:
        return [structured_data.clinic(clinic, settings.BASE_URL, self.locations[1:])]


class TeamPage(RoutablePageMixin, SitePage):
    """The people whom the clinic introduces; each has a page of their own below it."""

    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    show_in_menus_default = True

    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("team page")

    @cached_property
    def people(self) -> list[Person]:
        return list(Person.objects.team().with_photos())

    def get_route_paths(self) -> list[str]:
        """Return what is below this address, for the redirects when it changes."""
        return ["/", *(f"/{person.slug}/" for person in self.people)]

    @path("<slug:slug>/")
    def profile(self, request: HttpRequest, slug: str) -> TemplateResponse:
        person = get_object_or_404(Person.objects.team().with_photos(), slug=slug)
        here = [
            *self.breadcrumbs(request)[:-1],
            {"title": self.title, "url": self.get_url(request)},
        ]
        context = {
            "about": person,
            "person": person,
            "breadcrumbs": [*here, {"title": person.name, "url": ""}],
        }
        response: TemplateResponse = self.render(
            request, template="pages/profile.html", context_overrides=context
        )
        return response

    @property
    def description(self) -> str:
        return self.search_description or get_text_for_indexing(self.introduction)

    def things(
        self, address: str, clinic: ClinicDetails, picture: AbstractRendition | None
    ) -> list[Thing]:
        return [structured_data.team(self.people, clinic, settings.BASE_URL)]


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
        context["below"] = published(self.get_children()) if self.numchild else []
        # One query for all pictures' renditions, instead of one for each picture.
        prefetch_related_objects(list(self.pictures()), "renditions")
        return context

    def pictures(self) -> Iterator[SiteImage]:
        for block in self.body:
            if block.block_type == "picture" and block.value["image"]:
                yield block.value["image"]

    @property
    def description(self) -> str:
        return self.search_description or get_text_for_indexing(self.introduction)

    @property
    def share_image(self) -> SiteImage | None:
        return next(self.pictures(), None)
