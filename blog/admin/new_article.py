"""“Write an article”, on the start page of whoever may: one press for each topic."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from blog.models import ArticlePage, TopicPage


class NewArticlePanel(Component):
    name = "new_article"
    template_name = "blog/admin/new_article.html"
    order = 90

    def __init__(self, topics: list[TopicPage]) -> None:
        self.topics = topics

    @classmethod
    def of(cls, request: HttpRequest) -> "NewArticlePanel | None":
        """Return the panel, or None for whoever may add no article to any topic."""
        may_add = page_permission_policy.instances_user_has_permission_for(request.user, "add")
        topics = TopicPage.objects.filter(alias_of=None, pk__in=may_add.values("pk"))
        found = list(topics.order_by("-live", "title"))
        return cls(found) if found else None

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        kind = (ArticlePage._meta.app_label, ArticlePage._meta.model_name)
        return {
            "places": [
                (
                    topic.get_admin_display_title(),
                    reverse("wagtailadmin_pages:add", args=[*kind, topic.pk]),
                )
                for topic in self.topics
            ]
        }
