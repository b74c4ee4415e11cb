"""Where the links of emails about replies lead. Opening one changes nothing; its button does."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from clinic_site.http.csrf import lead_to, public_form
from clinic_site.http.security import secret_address
from comments.actions import addresses
from comments.actions.addresses import NotSubscribed


@dataclass(frozen=True)
class Message:
    heading: Promise
    explanation: Promise
    button: Promise | str = ""


QUESTIONS = {
    "confirm": Message(
        _("Shall we tell you about replies?"),
        _("We then write to you when somebody answers your comment. One click ends it again."),
        button=_("Yes, tell me about replies"),
    ),
    "unsubscribe": Message(
        _("Hear of no more replies?"),
        _("We then send no more emails about this comment, and delete your address."),
        button=_("Tell me no more"),
    ),
}
# What came of a press, by the end of an address that is the same for everybody.
OUTCOMES = {
    "confirmed": Message(
        _("Thank you. We write to you when somebody replies."),
        _("Each of those emails has a link that ends them, and then we delete your address."),
    ),
    "not-confirmed": Message(
        _("This link is no longer valid"),
        _("It is more than a week old, or your address has been deleted since."),
    ),
    "unsubscribed": Message(
        _("Done. You get no more emails about replies to this comment."),
        _("Your comment stays where it is."),
    ),
    "not-unsubscribed": Message(
        _("This link is not complete"),
        _("Please copy all of it from our email."),
    ),
}


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on a post confirm, whether to tell the writer of replies."""
    if request.method != "POST":
        return _page(request, QUESTIONS["confirm"])
    return _lead_to_outcome("confirmed", lambda: addresses.confirm_reply_mails(token))


@secret_address
@csrf_exempt  # RFC 8058: the mail program posts, without a page of ours; the link is the right
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on a post end, whether to hear of no more replies."""
    if request.method != "POST":
        return _page(request, QUESTIONS["unsubscribe"])
    answer = _lead_to_outcome("unsubscribed", lambda: addresses.unsubscribe_from_replies(token))
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(status=HTTPStatus.OK)  # mail programs must not be led elsewhere
    return answer


@require_safe
def outcome(request: HttpRequest, outcome: str) -> HttpResponse:
    if outcome not in OUTCOMES:
        raise Http404
    return _page(request, OUTCOMES[outcome])


def _lead_to_outcome(done: str, action: Callable[[], object]) -> HttpResponse:
    try:
        action()
    except NotSubscribed:
        done = f"not-{done}"
    return lead_to(reverse("comments:outcome", args=[done]))


def _page(request: HttpRequest, message: Message) -> HttpResponse:
    return render(request, "comments/email_page.html", {"message": message})
