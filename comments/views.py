from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from clinic_site.models import published
from clinic_site.security import public_form
from comments.forms import CommentForm
from comments.services import submit_comment


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, page_id: int) -> HttpResponse:
    """The reply form on a page of its own: after a mistake, or when it was opened directly."""
    page = _page_with_comments(page_id)
    form = CommentForm(request.POST if request.method == "POST" else None, about=page.pk)
    if form.is_valid():
        said = form.cleaned_data
        submit_comment(
            page,
            name=said["name"],
            email=said["email"],
            text=said["text"],
            submission_key=form.submission_key("name", "email", "text"),
        )
        return HttpResponseRedirect(reverse("comments:received", args=[page.pk]), status=303)
    return render(request, "comments/reply.html", _context(request, page) | {"form": form})


@require_safe
def received(request: HttpRequest, page_id: int) -> HttpResponse:
    """What happens next; the same for everybody, since it says nothing about the comment."""
    page = _page_with_comments(page_id)
    return render(request, "comments/received.html", _context(request, page))


def _page_with_comments(page_id: int) -> Page:
    """Return a page that anybody may read and answer to, or raise Http404."""
    page = get_object_or_404(published(Page.objects.all()).specific(), pk=page_id)
    if not getattr(page, "accepts_comments", False):
        raise Http404
    return page


def _context(request: HttpRequest, page: Page) -> dict[str, object]:
    address = page.get_url(request)
    crumbs = [*page.breadcrumbs(request)[:-1], {"title": page.title, "url": address}]
    return {"page": page, "page_url": address, "breadcrumbs": crumbs}
