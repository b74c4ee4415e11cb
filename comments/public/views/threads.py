"""Long threads: their further parts, and the way to one comment, wherever it stands."""

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic_site.clinic.current import read_clinic
from comments.models import Comment
from comments.public.thread import clock_of_readers, read_thread
from comments.public.views.replies import page_context, page_with_comments

State = Comment.State


@require_safe
def thread(request: HttpRequest, page_id: int) -> HttpResponse:
    """A part after the first, which stands below the page itself."""
    page, number = page_with_comments(page_id), request.GET.get("page", "1")
    if page is None or not re.fullmatch(r"[0-9]{1,6}", number):
        raise Http404
    if int(number) <= 1:
        return redirect(f"{page.get_url(request)}#comments")
    now = timezone.now()
    found = read_thread(page)
    if int(number) > len(found.parts):
        raise Http404
    context = page_context(request, page) | {
        "thread": found,
        "part": found.parts[int(number) - 1],
        "now": clock_of_readers(read_clinic(request), now),
        "reply_url": "" if found.closed else reverse("comments:reply", args=[page.pk]),
    }
    return render(request, "comments/thread.html", context)


@require_safe
def see(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a comment. One that was taken away since somebody heard of it leads to the thread."""
    heard_of = (State.APPROVED, State.REJECTED, State.WITHDRAWN)
    comment = get_object_or_404(Comment, pk=pk, state__in=heard_of)
    page = page_with_comments(comment.page_id)
    if page is None:
        raise Http404
    part = read_thread(page).part_of(pk)
    if part is None:
        return HttpResponseRedirect(f"{page.get_url(request)}#comments")
    address = page.get_url(request)
    if part.number > 1:
        address = f"{reverse('comments:thread', args=[page.pk])}?page={part.number}"
    return HttpResponseRedirect(f"{address}#comment-{pk}")
