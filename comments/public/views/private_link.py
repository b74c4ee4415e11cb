"""What the writer of a comment does through the private link. Opening it changes nothing."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic_site.http.csrf import lead_to, public_form
from clinic_site.http.rate_limit import client_address
from clinic_site.http.security import secret_address
from comments.actions import by_commenter
from comments.actions.by_commenter import LinkExpired
from comments.actions.limits import TooManySent
from comments.actions.transitions import InvalidTransition, StaleComment
from comments.models import Comment, CommentEdit
from comments.public.forms import EditForm
from comments.public.typed import Typed, forget_typed, keep_typed, typed_before
from comments.public.views.replies import TOO_MANY, page_with_comments

CHANGED = "changed"


def private_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the comment of its link. All links that open nothing look the same.

    A post by one is led to the page that says so.
    """

    @secret_address
    @public_form
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, token: str, **more: str) -> HttpResponse:
        try:
            comment = by_commenter.comment_of_link(token)
            try:
                return view(request, comment, token, **more)
            except (StaleComment, InvalidTransition):
                return lead_to(f"{_address(token)}?changed=1")
        except LinkExpired:
            if request.method == "POST":
                return lead_to(request.path)
            return render(request, "comments/no_link.html", status=HTTPStatus.NOT_FOUND)

    return answer


def _address(token: str) -> str:
    return reverse("comments:private_link", args=[token])


@private_view
def mine(request: HttpRequest, comment: Comment, token: str, draft: str = "") -> HttpResponse:
    """One's own comment: how it stands, and what can be done with it."""
    act = request.POST.get("act", "")
    if act == "edit":
        return _edit(request, comment, token, draft)
    if act == "withdraw" and comment.state != Comment.State.WITHDRAWN:  # or pressed twice
        by_commenter.withdraw(comment)
    if act == "renew":
        return lead_to(f"{_address(by_commenter.rotate_link(token))}#link")
    if request.method == "POST":
        return lead_to(_address(token))
    return _show(request, comment, token, draft)


def _show(request: HttpRequest, comment: Comment, token: str, draft: str) -> HttpResponse:
    edit = CommentEdit.objects.filter(comment=comment).first()
    words = edit.text if edit else comment.text
    page = page_with_comments(comment.page_id)
    typed = typed_before(draft) if draft else None
    context = {
        "comment": comment,
        "edit": edit,
        "can_change": comment.state in (Comment.State.PENDING, Comment.State.APPROVED),
        "form": _form(comment, typed, words),
        "changed": "changed" in request.GET or (typed and typed.refused == CHANGED),
        "page_title": page.title if page else "",
        "page_url": page.get_url(request) if page else "",
        "link": comment.private_link,
        "token": token,
    }
    return render(request, "comments/mine.html", context)


def _form(comment: Comment, typed: Typed | None, words: str) -> EditForm:
    if typed is None:
        return EditForm(about=comment.pk, initial={"text": words})
    form = EditForm(typed.fields, about=comment.pk)
    form.full_clean()
    if typed.refused == TOO_MANY:
        form.add_error(None, _("You’ve made a lot of changes. Please try again in an hour."))
    return form


def _edit(request: HttpRequest, comment: Comment, token: str, draft: str) -> HttpResponse:
    form, refused = EditForm(request.POST, about=comment.pk), ""
    try:
        if form.is_valid():
            by_commenter.edit_comment(
                comment,
                text=form.cleaned_data["text"],
                network_address=client_address(request.META),
            )
            forget_typed(draft)
            return lead_to(_address(token))
    except TooManySent:
        refused = TOO_MANY
    except (StaleComment, InvalidTransition):  # what was typed is shown again in any case
        refused = CHANGED
    draft = keep_typed(request, EditForm, draft, refused=refused)
    return lead_to(reverse("comments:private_link_typed", args=[token, draft]) + "#problem")


@private_view
def erase_mine(request: HttpRequest, comment: Comment, token: str) -> HttpResponse:
    """Ask once more, and on a post forget the comment."""
    if request.method != "POST":
        return render(request, "comments/erase.html", {"comment": comment, "token": token})
    by_commenter.erase(comment)
    return lead_to(reverse("comments:erased"))


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "comments/erased.html")
