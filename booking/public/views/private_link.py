"""What private pages have in common: nobody keeps them, finds them, or hears of their address."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.manage_links import find_appointment, find_replaced
from booking.models import Appointment
from booking.public.ticket import redirect_to_done
from clinic_site.http.csrf import public_form
from clinic_site.http.security import secret_address

View = Callable[..., HttpResponse]
NOTHING_CHANGED = _("Nothing was changed")


def link_gone(request: HttpRequest, undone: Any = "") -> HttpResponse:
    """The same for a link that is unknown, expired or replaced: it tells nothing.

    `undone` says what a press by such a link has not done.
    """
    return render(
        request, "booking/link_gone.html", {"undone": undone}, status=HTTPStatus.NOT_FOUND
    )


def changes_by_link(
    undone: Any, has_done: Callable[[QueryDict, Appointment], bool]
) -> Callable[[View], View]:
    """Give a view the appointment of its link. All links that open nothing look the same.

    A form that is posted twice meets a link that its own first post has replaced: it is led on to
    what has become of the appointment if that is what it asked for (`has_done`). Anybody else is
    told that it was not done (`undone`): who reads that all is well stays at home.
    """

    def give(view: View) -> View:
        @public_form
        @secret_address
        @wraps(view)
        def answer(request: HttpRequest, token: str) -> HttpResponse:
            now = timezone.now()
            appointment = find_appointment(token, now=now)
            if appointment:
                return view(request, appointment, token)
            if request.method != "POST":
                return link_gone(request)
            sent_before = find_replaced(token, now=now)
            if sent_before and has_done(request.POST, sent_before):
                return redirect_to_done(sent_before)
            return link_gone(request, undone)

        return answer

    return give


private_link = changes_by_link(NOTHING_CHANGED, lambda _said, _appointment: False)
