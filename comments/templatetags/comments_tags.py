from typing import Any

from django import template
from django.urls import reverse
from wagtail.models import Page

from comments.forms import CommentForm
from comments.models import Comment

register = template.Library()


@register.inclusion_tag("comments/includes/thread.html")
def comments(page: Page) -> dict[str, Any]:
    """Show the approved comments of a page and the form for another.

    A page that is previewed before it was ever saved has neither.
    """
    if page.pk is None:
        return {}
    return {
        "comments": Comment.objects.thread(page),
        "form": CommentForm(about=page.pk),
        "action": reverse("comments:reply", args=[page.pk]),
    }
