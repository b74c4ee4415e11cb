"""What the writer of a comment does through the private link. Opening it changes nothing."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic_site.http.csrf import public_form
from clinic_site.http.rate_limit import client_address
from clinic_site.http.security import secret_address
from comments.actions import by_commenter
from comments.actions.by_commenter import LinkExpired
from comments.actions.limits import TooManySent
from comments.actions.transitions import InvalidTransition, StaleComment
from comments.models import Comment, CommentEdit
from comments.public.forms import EditForm
from comments.public.views.replies import page_with_comments


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """One's own comment: how it stands, and what can be done with it."""
    act = ACTS.get(request.POST.get("act", ""), _show)
    try:
        try:
            return act(request, token, by_commenter.comment_of_link(token))
        except (StaleComment, InvalidTransition):
            return _show(request, token, by_commenter.comment_of_link(token), changed=True)
    except LinkExpired:
        return render(request, "comments/no_link.html", status=HTTPStatus.NOT_FOUND)


def _show(
    request: HttpRequest,
    token: str,
    comment: Comment,
    form: EditForm | None = None,
    *,
    changed: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    edit = CommentEdit.objects.filter(comment=comment).first()
    words = edit.text if edit else comment.text
    page = page_with_comments(comment.page_id)
    context = {
        "comment": comment,
        "edit": edit,
        "can_change": comment.state in (Comment.State.PENDING, Comment.State.APPROVED),
        "form": form or EditForm(about=comment.pk, initial={"text": words}),
        "changed": changed,
        "page_title": page.title if page else "",
        "page_url": page.get_url(request) if page else "",
        "link": comment.private_link,
    }
    return render(request, "comments/mine.html", context, status=status)


def _edit(request: HttpRequest, token: str, comment: Comment) -> HttpResponse:
    form = EditForm(request.POST, about=comment.pk)
    if not form.is_valid():
        return _show(request, token, comment, form)
    try:
        by_commenter.edit_comment(
            comment,
            text=form.cleaned_data["text"],
            network_address=client_address(request.META),
        )
    except TooManySent:
        form.add_error(None, _("That were many changes. Please send this one in an hour."))
        return _show(request, token, comment, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    except (StaleComment, InvalidTransition):  # what was typed is shown again in any case
        return _show(request, token, by_commenter.comment_of_link(token), form, changed=True)
    return HttpResponseRedirect(request.path, status=303)


def _withdraw(request: HttpRequest, token: str, comment: Comment) -> HttpResponse:
    if comment.state != Comment.State.WITHDRAWN:  # the button pressed twice
        by_commenter.withdraw(comment)
    return HttpResponseRedirect(request.path, status=303)


def _erase(request: HttpRequest, token: str, comment: Comment) -> HttpResponse:
    if "sure" not in request.POST:
        return render(request, "comments/erase.html", {"comment": comment})
    by_commenter.erase(comment)
    return render(request, "comments/erased.html")


def _renew(request: HttpRequest, token: str, comment: Comment) -> HttpResponse:
    new = reverse("comments:private_link", args=[by_commenter.rotate_link(token)])
    return HttpResponseRedirect(f"{new}#link", status=303)


ACTS: dict[str, Callable[[HttpRequest, str, Comment], HttpResponse]] = {
    "edit": _edit,
    "withdraw": _withdraw,
    "erase": _erase,
    "renew": _renew,
}
