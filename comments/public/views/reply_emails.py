"""Where the links of letters about replies lead. Opening one changes nothing; its button does."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic_site.http.csrf import public_form
from clinic_site.http.security import secret_address
from comments.actions import addresses
from comments.actions.addresses import NotSubscribed


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on a post confirm, whether to tell the writer of replies."""
    if request.method != "POST":
        return _page(
            request,
            _("Shall we tell you about replies?"),
            _("We then write to you when somebody answers your comment. One click ends it again."),
            button=_("Yes, tell me about replies"),
        )
    try:
        addresses.confirm_reply_mails(token)
    except NotSubscribed:
        return _page(
            request,
            _("This link is no longer valid"),
            _("It is more than a week old, or your address has been deleted since."),
            status=HTTPStatus.NOT_FOUND,
        )
    return _page(
        request,
        _("Thank you. We write to you when somebody replies."),
        _("Each of those letters has a link that ends them, and then we delete your address."),
    )


@secret_address
@csrf_exempt  # RFC 8058: the mail program posts, without a page of ours; the link is the right
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on a post end, whether to hear of no more replies."""
    if request.method != "POST":
        return _page(
            request,
            _("Hear of no more replies?"),
            _("We then send no more letters about this comment, and delete your address."),
            button=_("Tell me no more"),
        )
    try:
        addresses.unsubscribe_from_replies(token)
    except NotSubscribed:
        return _page(
            request,
            _("This link is not complete"),
            _("Please copy all of it from our letter."),
            status=HTTPStatus.NOT_FOUND,
        )
    return _page(
        request,
        _("Done. You get no more letters about replies to this comment."),
        _("Your comment stays where it is."),
    )


def _page(
    request: HttpRequest,
    heading: str,
    explanation: str,
    *,
    button: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"heading": heading, "explanation": explanation, "button": button}
    return render(request, "comments/letter.html", context, status=status)
