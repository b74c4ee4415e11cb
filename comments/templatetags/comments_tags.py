from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.models import Page

from comments.admin.deleted_pages import what_goes_with
from comments.public.drawing import ThreadDrawing
from comments.public.empty_form import empty_form
from comments.public.thread import ThreadPart, clock_of_readers, read_thread

register = template.Library()


@register.inclusion_tag("comments/includes/thread.html", takes_context=True)
def comments(context: Context, page: Page) -> dict[str, Any]:
    """Show the approved comments of a page and the form for another, or that it is closed.

    A page that is previewed before it was ever saved has neither.
    """
    if page.pk is None:
        return {}
    clinic, now = context["clinic"], timezone.now()
    thread = read_thread(page)
    address = reverse("comments:reply", args=[page.pk])
    return {
        "clinic": clinic,
        "thread": thread,
        "part": thread.parts[0],
        "page": page,
        "now": clock_of_readers(clinic, now),
        "fields": "" if thread.closed else empty_form(page.pk),
        "action": address,
        "reply_url": "" if thread.closed else address,
    }


@register.simple_tag
def comments_going_with(items: list[dict[str, Any]]) -> str:
    """Say what becomes of comments when these pages are deleted: each of `items` has one."""
    return what_goes_with(item["item"] for item in items)


@register.simple_tag
def draw_comments(part: ThreadPart, now: datetime, reply_url: str) -> SafeString:
    """Draw the comments of a part, each in an item of a list."""
    return ThreadDrawing(part, now, reply_url).draw()
