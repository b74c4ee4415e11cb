"""What becomes of comments when their page is deleted, said before it is."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import ngettext
from wagtail.models import Page

from comments.models import Comment


def what_goes_with(pages: Iterable[Page]) -> str:
    """Say how many comments go with `pages` and those below; nothing if there are none."""
    below = Q(pk__in=[])
    for page in pages:
        below |= Q(page__path__startswith=page.path)
    count = Comment.objects.filter(below).count()
    if not count:
        return ""
    words = ngettext(
        "%(count)s comment goes with it, for good. To keep it, unpublish the page instead: it’s "
        "there again when you publish the page again.",
        "%(count)s comments go with it, for good. To keep them, unpublish the page instead: "
        "they’re there again when you publish the page again.",
        count,
    )
    return words % {"count": count}


def warn_of_lost_comments(request: HttpRequest, page: Page) -> None:
    if request.method == "GET" and (words := what_goes_with([page])):
        messages.warning(request, words)
