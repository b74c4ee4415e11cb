from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from clinic_site.models import published
from clinic_site.security import public_form
from comments import services
from comments.forms import CommentForm
from comments.models import Comment
from comments.services import (
    CannotAnswer,
    DecidedMeanwhile,
    LinkExpired,
    NotSubscribed,
    ThreadClosed,
    WrongState,
    submit_comment,
)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, page_id: int) -> HttpResponse:
    """The reply form on a page of its own: after a mistake, or when it was opened directly."""
    page = _page_with_comments(page_id)
    form = CommentForm(request.POST if request.method == "POST" else None, about=page.pk)
    if form.is_valid():
        said = form.cleaned_data
        try:
            submit_comment(
                page,
                name=said["name"],
                email=said["email"],
                text=said["text"],
                submission_key=form.submission_key("name", "email", "text"),
            )
        except ThreadClosed:
            form.add_error(None, _("Comments are closed here, so this one was not sent."))
        except CannotAnswer:
            form.add_error(None, _("What you answered is no longer there."))
        else:
            return HttpResponseRedirect(reverse("comments:received", args=[page.pk]), status=303)
    return render(request, "comments/reply.html", _context(request, page) | {"form": form})


@require_safe
def received(request: HttpRequest, page_id: int) -> HttpResponse:
    """What happens next; the same for everybody, since it says nothing about the comment."""
    page = _page_with_comments(page_id)
    return render(request, "comments/received.html", _context(request, page))


@never_cache
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on a post confirm, whether to tell the writer of replies."""
    if request.method != "POST":
        return _ask(request, _("Tell you about replies?"), [("", _("Yes, tell me about replies"))])
    try:
        services.confirm_reply_mails(token)
    except NotSubscribed:
        return _say(
            request, _("This link is no longer valid. Your address may be deleted already.")
        )
    return _say(request, _("Thank you. We write to you when somebody replies."))


@never_cache
@csrf_exempt  # RFC 8058: the mail program posts, without a page of ours; the link is the right
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on a post end, whether to hear of no more replies."""
    if request.method != "POST":
        return _ask(request, _("Hear of no more replies?"), [("", _("Tell me no more"))])
    try:
        services.unsubscribe(token)
    except NotSubscribed:
        return _say(request, _("This link is not complete. Please copy all of it from our mail."))
    return _say(request, _("Done. You get no more letters about replies to this comment."))


@never_cache
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """What the writer of a comment can do with it. Looking changes nothing."""
    try:
        comment = services.comment_of_link(token)
    except LinkExpired:
        return _say(request, _("This link is no longer valid."))
    acts = {"withdraw": services.withdraw, "erase": services.erase}
    chosen = acts.get(request.POST.get("act", ""))
    if request.method != "POST" or chosen is None:
        buttons = [("withdraw", _("Withdraw it")), ("erase", _("Erase it for good"))]
        return _ask(request, _("Your comment"), buttons, comment)
    try:
        chosen(comment)
    except (DecidedMeanwhile, WrongState):
        return _say(request, _("Your comment has changed meanwhile. Please open the link again."))
    return _say(request, _("Done. It is no longer on the page."))


def _ask(
    request: HttpRequest,
    heading: str,
    buttons: list[tuple[str, str]],
    comment: Comment | None = None,
) -> HttpResponse:
    context = {"heading": heading, "buttons": buttons, "comment": comment}
    return render(request, "comments/act.html", context)


def _say(request: HttpRequest, heading: str) -> HttpResponse:
    return render(request, "comments/act.html", {"heading": heading})


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
