from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from blog.models.articles import ArticlePage
from blog.models.newest import newest_articles
from clinic_site.pages.models.base import SitePage

ARTICLES_A_PAGE = 12


class TopicPage(SitePage):
    """A subject of the clinic, with its articles."""

    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    kind = _("Topic")

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["blog.ArticlePage"]
    show_in_menus_default = True

    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @property
    def description(self) -> str:
        introduced = self.search_description or get_text_for_indexing(self.introduction)
        return introduced or gettext("Our articles on %(subject)s.") % {"subject": self.title}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        articles = newest_articles(f"topic.{self.pk}", ArticlePage.objects.child_of(self))
        context["articles"] = articles.page(request.GET.get("page"), ARTICLES_A_PAGE)
        return context
