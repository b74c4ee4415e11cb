from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from clinic_site.clinic.models.people import Person
from clinic_site.pages.models.base import SitePage


class TeamPage(RoutablePageMixin, SitePage):
    """The people whom the clinic introduces; each has an address of their own below it.

    A profile is no page of the tree but a route of this one: what it shows comes from Person.
    An address more, such as one for each department, is one more method with `@path`.
    """

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
