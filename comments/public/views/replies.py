"""A comment below a page, or an answer to one: the form, what goes wrong with it, and thanks."""

from datetime import timedelta
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from clinic_site.http.csrf import public_form
from clinic_site.http.rate_limit import client_address
from clinic_site.pages.published import published
from comments.actions.closing import ThreadClosed, closed
from comments.actions.limits import TooManySent
from comments.actions.submission import CannotReply, submit_comment
from comments.models import Comment
from comments.moderation.rules import Closed
from comments.moderation.spam_signals import signals_of_form
from comments.public.forms import CommentForm

# A form with these says the same; with others it is another comment.
SAID = ("parent", "name", "email", "text", "wants_replies", "wants_link")


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form on a page of its own: to answer somebody, or after a mistake."""
    page = page_with_comments(page_id)
    if page is None:
        return _page_gone(request)
    if request.method != "POST":
        return _empty_form(request, page)
    form = CommentForm(request.POST, page=page)
    if not form.is_valid():
        reason = closed(page, timezone.now())
        return _closed(request, page, reason) if reason else _form(request, page, form)
    try:
        comment = _submit(request, page, form)
    except ThreadClosed as refusal:
        return _closed(request, page, refusal.args[0])
    except CannotReply:
        form.answers_nothing_that_is_here()
        return _form(request, page, form)
    except TooManySent as refusal:
        return _too_many(request, page, form, refusal.args[0])
    name = "published" if comment.state == Comment.State.APPROVED else "received"
    return HttpResponseRedirect(reverse(f"comments:{name}", args=[page.pk]), status=303)


def _submit(request: HttpRequest, page: Page, form: CommentForm) -> Comment:
    said = form.cleaned_data
    return submit_comment(
        page,
        name=said["name"],
        email=said["email"],
        text=said["text"],
        idempotency_key=form.idempotency_key(*SAID),
        parent_id=said["parent"].pk if said["parent"] else None,
        wants_replies=said["wants_replies"],
        wants_link=said["wants_link"],
        signals=signals_of_form(honeypot_filled=bool(said["website"]), open_for=form.open_for),
        network_address=client_address(request.META),
    )


@require_safe
def received(request: HttpRequest, page_id: int, published: bool = False) -> HttpResponse:
    """What happens next; the same for everybody, since it says nothing about the comment."""
    page = page_with_comments(page_id)
    if page is None:
        raise Http404
    context = page_context(request, page) | {"published": published}
    return render(request, "comments/received.html", context)


def page_with_comments(page_id: int) -> Page | None:
    """Return a page that anybody may read and that takes comments, or None."""
    page = published(Page.objects.filter(pk=page_id)).specific().first()
    return page if page is not None and getattr(page, "accepts_comments", False) else None


def _empty_form(request: HttpRequest, page: Page) -> HttpResponse:
    reason = closed(page, timezone.now())
    if reason:
        return _closed(request, page, reason)
    asked = request.GET.get("parent", "")
    form = CommentForm(page=page)
    try:
        answered = form.fields["parent"].clean(asked)
    except ValidationError:
        return _form(request, page, form, answered_is_gone=True)
    form.initial["parent"] = answered
    return _form(request, page, form, answered)


def _form(
    request: HttpRequest,
    page: Page,
    form: CommentForm,
    answered: Comment | None = None,
    *,
    answered_is_gone: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    if form.is_bound and form["parent"].value():
        answered = form.cleaned_data.get("parent")
    context = page_context(request, page) | {
        "form": form,
        "answered": answered,
        "answered_is_gone": answered_is_gone,
    }
    return render(request, "comments/reply.html", context, status=status)


def _too_many(request: HttpRequest, page: Page, form: CommentForm, wait: timedelta) -> HttpResponse:
    form.add_error(
        None,
        _(
            "Very many comments have come from your network, so this one was not sent. What you "
            "wrote is still here: please send it again in an hour."
        ),
    )
    response = _form(request, page, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(int(wait.total_seconds()))
    return response


def _closed(request: HttpRequest, page: Page, reason: Closed) -> HttpResponse:
    """Say kindly why nothing can be sent, and hand back what was typed."""
    context = page_context(request, page) | {
        "reason": reason,
        "typed": request.POST.get("text", ""),
    }
    return render(request, "comments/not_sent.html", context)


def _page_gone(request: HttpRequest) -> HttpResponse:
    """The same for pages that are drafts, private, expired, deleted or never were."""
    if request.method != "POST":
        raise Http404
    context = {"typed": request.POST.get("text", "")}
    return render(request, "comments/not_sent.html", context, status=HTTPStatus.NOT_FOUND)


def page_context(request: HttpRequest, page: Page) -> dict[str, object]:
    address = page.get_url(request)
    crumbs = [*page.breadcrumbs(request)[:-1], {"title": page.title, "url": address}]
    return {"page": page, "page_url": address, "breadcrumbs": crumbs}
