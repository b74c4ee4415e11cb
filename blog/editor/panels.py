"""What the editor shows about an article besides its fields."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from blog.review.checks import problems_of
from blog.review.notifications import requested_changes


class PublishingChecksPanel(Panel):
    """What the draft lacks, with the way to each place; read anew after each automatic save."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Before publishing"), "icon": "tasks"} | kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "blog/admin/publishing_checks_panel.html"

        class Media:
            js = ["js/admin/publishing-checks.js"]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            saved = self.instance.pk
            return context | {
                "requested_changes": requested_changes(self.instance),
                "saved": saved,
                "problems": problems_of(self.instance, timezone.localdate()) if saved else [],
                # A new article has its number only once it has been saved for the first time.
                "url": reverse("article_checks", args=[saved or 0]),
            }
