"""A comment below a page, or an answer to one: the form, what goes wrong with it, and thanks."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from clinic_site.http.csrf import lead_to, public_form
from clinic_site.http.rate_limit import client_address
from clinic_site.http.security import secret_address
from clinic_site.pages.published import published
from comments.actions.closing import ThreadClosed, closed
from comments.actions.limits import TooManySent
from comments.actions.submission import CannotReply, submit_comment
from comments.models import Comment
from comments.moderation.rules import Closed
from comments.moderation.spam_signals import signals_of_form
from comments.public.forms import CommentForm
from comments.public.typed import Typed, forget_typed, keep_typed, typed_before

# A form with these says the same; with others it is another comment.
SAID = ("parent", "name", "email", "text", "wants_replies", "wants_link")
TOO_MANY = "too many"


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form on a page of its own: to answer somebody."""
    page = page_with_comments(page_id)
    if request.method == "POST":
        return _take(request, page_id, page)
    if page is None:
        raise Http404
    reason = closed(page)
    return _closed(request, page, reason) if reason else _empty_form(request, page)


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def reply_again(request: HttpRequest, page_id: int, draft: str) -> HttpResponse:
    """The form with what was typed in it and why it was not taken. It can be gone back to."""
    page = page_with_comments(page_id)
    if request.method == "POST":
        return _take(request, page_id, page, draft)
    typed = typed_before(draft)
    if page is None:
        return _page_gone(request, typed)
    if reason := closed(page):
        return _closed(request, page, reason, typed)
    if typed is None:
        return _empty_form(request, page, is_over=True)
    form = CommentForm(typed.fields, page=page)
    form.full_clean()
    if typed.refused == TOO_MANY:
        form.add_error(
            None,
            _(
                "A lot of comments have come from your network, so this one wasn’t sent. "
                "What you wrote is still here. Please send it again in an hour."
            ),
        )
    return _form(request, page, form)


def _take(request: HttpRequest, page_id: int, page: Page | None, draft: str = "") -> HttpResponse:
    """Store the comment, or keep what was typed and lead to the page that says why not."""
    refused = ""
    if page is not None:
        form = CommentForm(request.POST, page=page)
        try:
            if form.is_valid():
                comment = _submit(request, page, form)
                forget_typed(draft)
                name = "published" if comment.state == Comment.State.APPROVED else "received"
                return lead_to(reverse(f"comments:{name}", args=[page.pk]))
        except (ThreadClosed, CannotReply):
            pass  # which the next page finds out by itself
        except TooManySent:
            refused = TOO_MANY
    draft = keep_typed(request, CommentForm, draft, refused=refused)
    return lead_to(reverse("comments:reply_again", args=[page_id, draft]) + "#problem")


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


def _empty_form(request: HttpRequest, page: Page, *, is_over: bool = False) -> HttpResponse:
    asked = request.GET.get("parent", "")
    form = CommentForm(page=page)
    try:
        answered = form.fields["parent"].clean(asked)
    except ValidationError:
        return _form(request, page, form, answered_is_gone=True)
    form.initial["parent"] = answered
    return _form(request, page, form, answered, is_over=is_over)


def _form(
    request: HttpRequest,
    page: Page,
    form: CommentForm,
    answered: Comment | None = None,
    **more: bool,
) -> HttpResponse:
    if form.is_bound and form["parent"].value():
        answered = form.cleaned_data.get("parent")
    context = page_context(request, page) | {"form": form, "answered": answered}
    # A draft is sent to its own address, so that it is forgotten with the comment it becomes.
    context["action"] = request.path if form.is_bound else reverse("comments:reply", args=[page.pk])
    return render(request, "comments/reply.html", context | more)


def _closed(
    request: HttpRequest, page: Page, reason: Closed, typed: Typed | None = None
) -> HttpResponse:
    """Say kindly why nothing can be sent, and hand back what was typed."""
    said = typed.fields.get("text", "") if typed else ""
    context = page_context(request, page) | {"reason": reason, "typed": said}
    return render(request, "comments/not_sent.html", context)


def _page_gone(request: HttpRequest, typed: Typed | None) -> HttpResponse:
    """The same for pages that are drafts, private, expired, deleted or never were."""
    if typed is None:
        raise Http404
    context = {"typed": typed.fields.get("text", "")}
    return render(request, "comments/not_sent.html", context, status=HTTPStatus.NOT_FOUND)


def page_context(request: HttpRequest, page: Page) -> dict[str, object]:
    address = page.get_url(request)
    crumbs = [*page.breadcrumbs(request)[:-1], {"title": page.title, "url": address}]
    return {"page": page, "page_url": address, "breadcrumbs": crumbs}
