"""Where the links of emails about replies lead. Opening one changes nothing; its button does."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic_site.http.csrf import public_form
from clinic_site.http.security import secret_address
from comments.actions import addresses
from comments.actions.addresses import NotSubscribed


@dataclass(frozen=True)
class Message:
    heading: Promise
    explanation: Promise
    button: Promise | str = ""


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on a post confirm, whether to tell the writer of replies."""
    return _ask_then_do(
        request,
        lambda: addresses.confirm_reply_mails(token),
        question=Message(
            _("Shall we tell you about replies?"),
            _("We then write to you when somebody answers your comment. One click ends it again."),
            button=_("Yes, tell me about replies"),
        ),
        done=Message(
            _("Thank you. We write to you when somebody replies."),
            _("Each of those emails has a link that ends them, and then we delete your address."),
        ),
        invalid=Message(
            _("This link is no longer valid"),
            _("It is more than a week old, or your address has been deleted since."),
        ),
    )


@secret_address
@csrf_exempt  # RFC 8058: the mail program posts, without a page of ours; the link is the right
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on a post end, whether to hear of no more replies."""
    return _ask_then_do(
        request,
        lambda: addresses.unsubscribe_from_replies(token),
        question=Message(
            _("Hear of no more replies?"),
            _("We then send no more emails about this comment, and delete your address."),
            button=_("Tell me no more"),
        ),
        done=Message(
            _("Done. You get no more emails about replies to this comment."),
            _("Your comment stays where it is."),
        ),
        invalid=Message(
            _("This link is not complete"),
            _("Please copy all of it from our email."),
        ),
    )


def _ask_then_do(
    request: HttpRequest,
    action: Callable[[], object],
    *,
    question: Message,
    done: Message,
    invalid: Message,
) -> HttpResponse:
    if request.method != "POST":
        return _page(request, question)
    try:
        action()
    except NotSubscribed:
        return _page(request, invalid, HTTPStatus.NOT_FOUND)
    return _page(request, done)


def _page(request: HttpRequest, message: Message, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "comments/email_page.html", {"message": message}, status=status)
