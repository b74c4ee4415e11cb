from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractRendition, Image
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index
from wagtail.url_routing import RouteResult

from clinic_site import structured_data
from clinic_site.models.clinic import ClinicDetails
from clinic_site.models.person import Person
from clinic_site.structured_data import Thing

Pages = TypeVar("Pages", bound=PageQuerySet)


def published(pages: Pages) -> Pages:
    """Return those of `pages` that anybody may read: live, and below nothing private.

    An alias is as private as the page that it repeats.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
    private_above = PageViewRestriction.objects.annotate(below=path).filter(
        Q(below__startswith=F("page__path")) | Q(below__startswith=F("page__aliases__path"))
    )
    return pages.live().exclude(Exists(private_above))


class SitePage(Page):
    """A page of the clinic's site, with the way that leads to it."""

    share_type = "website"  # Open Graph's word for what kind of page it is

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """Return what lists, search engines and other sites say of this page."""
        return self.search_description

    @property
    def share_title(self) -> str:
        return self.seo_title or self.title

    @property
    def share_image(self) -> Image | None:
        """Return the image that other sites show; without one they show the clinic's card."""
        return None

    def things(
        self, address: str, clinic: ClinicDetails, picture: AbstractRendition | None
    ) -> list[Thing]:
        """Return what this page tells search engines, besides the way to it."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.breadcrumbs(request)
        return context

    @cached_property
    def pages_above(self) -> list[Page]:
        """The pages from home down to the parent, drafts included."""
        return list(self.get_ancestors().filter(depth__gt=1))

    def breadcrumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return the pages from home to this one; the last, this one, has no address."""
        above = [page for page in self.pages_above if page.live]
        way = [{"title": page.title, "url": page.get_url(request)} for page in above]
        return [*way, {"title": self.title, "url": ""}]

    # Whether it is known already that neither this page nor one above it is private.
    is_open = False

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return what keeps this page private. Asks once, where Wagtail asks twice.

        An alias is as private as the page that it repeats.
        """
        if self.is_open:
            return PageViewRestriction.objects.none()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        way = [self.path[:end] for end in steps]
        on_the_way = Q(page__path__in=way) | Q(page__aliases__path__in=way)
        return PageViewRestriction.objects.filter(on_the_way).distinct()


class HomePage(SitePage):
    headline = models.CharField(
        _("headline"), max_length=120, help_text=_("One sentence that says what the clinic does.")
    )
    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    search_fields = [
        *Page.search_fields,
        index.SearchField("headline"),
        index.SearchField("introduction"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["team"] = Person.objects.team().with_photos()
        return context

    @property
    def description(self) -> str:
        return self.search_description or self.headline

    @property
    def share_title(self) -> str:
        return self.seo_title  # otherwise it is called what the clinic is called

    def things(
        self, address: str, clinic: ClinicDetails, picture: AbstractRendition | None
    ) -> list[Thing]:
        return [structured_data.clinic(clinic, settings.BASE_URL)]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of an address, and the way to it, at once.

        Wagtail asks twice for each part of the address, then for the way, then for privacy.
        """
        if not path_components:
            return super().route(request, path_components)
        way = way_to([self.url_path, *(f"{part}/" for part in path_components)])
        if not way or way[-1].url_path != f"{self.url_path}{'/'.join(path_components)}/":
            raise Http404
        page = way[-1].specific
        if isinstance(page, SitePage):
            page.pages_above = way[:-1]
            page.is_open = not any(step.private for step in way)
        return page.route(request, [])


def way_to(parts: list[str]) -> list[Any]:
    """Return the pages of an address, from the first part down, each with whether it is `private`.

    An alias is as private as the page that it repeats.
    """
    addresses = ["".join(parts[:end]) for end in range(1, len(parts) + 1)]
    slugs = [address.split("/")[-2] for address in addresses]
    restrictions = PageViewRestriction.objects.filter(
        Q(page=OuterRef("pk")) | Q(page__aliases=OuterRef("pk"))
    )
    pages = Page.objects.filter(slug__in=slugs, url_path__in=addresses)
    return list(pages.annotate(private=Exists(restrictions)).order_by("path"))


class ContactPage(SitePage):
    """Where the clinic is and when it is open; the facts come from its location record."""

    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    parent_page_types = ["clinic_site.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("contact page")

    @property
    def description(self) -> str:
        return self.search_description or get_text_for_indexing(self.introduction)

    def things(
        self, address: str, clinic: ClinicDetails, picture: AbstractRendition | None
    ) -> list[Thing]:
        return [structured_data.clinic(clinic, settings.BASE_URL)]
