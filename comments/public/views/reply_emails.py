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
        _("Email you about replies?"),
        _(
            "We’ll email you when someone replies to your comment. You can unsubscribe with "
            "one click."
        ),
        button=_("Yes, email me replies"),
    ),
    "unsubscribe": Message(
        _("Unsubscribe from replies?"),
        _("We’ll stop emailing you about this comment and delete your email address."),
        button=_("Unsubscribe"),
    ),
}
# What came of a press, by the end of an address that is the same for everybody.
OUTCOMES = {
    "confirmed": Message(
        _("Thank you. We’ll email you when someone replies."),
        _(
            "Every one of those emails has an unsubscribe link. When you use it, we delete "
            "your email address."
        ),
    ),
    "not-confirmed": Message(
        _("This link no longer works"),
        _("It’s more than a week old, or we’ve deleted your email address since."),
    ),
    "unsubscribed": Message(
        _("You’re unsubscribed. We won’t email you about replies to this comment."),
        _("Your comment stays up."),
    ),
    "not-unsubscribed": Message(
        _("This link isn’t complete"),
        _("Please copy the whole link from our email."),
    ),
}


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on a post confirm, whether to tell the writer of replies."""
    if request.method != "POST":
        return _page(request, QUESTIONS["confirm"])
    return _lead_to_outcome("confirmed", lambda: addresses.confirm_reply_emails(token))


@secret_address
@csrf_exempt  # RFC 8058: the mail program posts, without a page of ours; the link is the right
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on a post end, whether to unsubscribe from replies."""
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
