"""What the admin offers and refuses on the way to readers, in words and before it is tried.

The rule itself stands in `ArticlePage.publish`, in which every way ends.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from blog.models import ArticlePage
from blog.review.readiness import was_approved


def limit_page_actions(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer no button that `ArticlePageForm` would refuse, and a reviewer the decision first."""
    # With one reviewer, to begin anew is to send it again, which is offered beside.
    items[:] = [item for item in items if item.name != "action-restart-workflow"]
    page = context.get("page")
    if page is not None and getattr(page, "reviewer_id", None):
        if not (page.latest_revision and was_approved(page.latest_revision)):
            items[:] = [item for item in items if item.name != "action-publish"]
        items.sort(key=lambda item: item.name != "approve")


def refuse_published_copies(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy is a new article, which nobody has reviewed; only as a draft may it be made."""
    if not request.POST.get("publish_copies") or request.POST.get("alias"):
        return None
    copied = ArticlePage.objects.descendant_of(page, inclusive=True)
    if not copied.exclude(reviewer=None).exists():
        return None
    messages.error(
        request,
        _("A reviewed article can only be copied as a draft. Leave “publish” out, please."),
    )
    return redirect("wagtailadmin_pages:copy", page.pk)
