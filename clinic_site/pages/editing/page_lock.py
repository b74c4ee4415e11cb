"""Changes of one page follow one another, from whichever tab or process they come."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page

from clinic_site.http.security import View


@contextmanager
def page_lock(pk: int) -> Iterator[None]:
    """Hold the row of a page, so that what is read of it meanwhile is also what is written over.

    SQLite has one writer at a time anyway, from the beginning of its transaction.
    """
    with transaction.atomic():
        list(Page.objects.select_for_update(of=("self",)).filter(pk=pk).values_list("pk"))
        yield


def with_page_lock(view: View) -> Any:
    """Let the posts to an admin view about one page wait for each other.

    A new page waits for others below the same parent.
    """

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pk = kwargs.get("page_id") or kwargs.get("parent_page_id")
        if request.method != "POST" or not pk or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with page_lock(pk):
            return view(request, *args, **kwargs)

    return answer
