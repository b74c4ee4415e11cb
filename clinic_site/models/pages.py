from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from clinic_site.models.person import Person


class SitePage(Page):
    """A page of the clinic's site, with the way that leads to it."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.breadcrumbs(request)
        return context

    def breadcrumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return the pages from home to this one; the last, this one, has no address."""
        above = self.get_ancestors().live().filter(depth__gt=1)
        way = [{"title": page.title, "url": page.get_url(request)} for page in above]
        return [*way, {"title": self.title, "url": ""}]


class HomePage(SitePage):
    headline = models.CharField(
        _("headline"), max_length=120, help_text=_("One sentence that says what the clinic does.")
    )
    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["team"] = Person.objects.team().select_related("photo")
        return context


class ContactPage(SitePage):
    """Where the clinic is and when it is open; the facts come from its location record."""

    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    parent_page_types = ["clinic_site.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("contact page")
