"""What private pages have in common: nobody keeps them, finds them, or hears of their address."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from booking.manage_links import find_appointment, find_replaced
from booking.models import Appointment
from booking.public.ticket import redirect_to_done
from clinic_site.http.csrf import lead_to, public_form
from clinic_site.http.security import secret_address

View = Callable[..., HttpResponse]
# What a press has not done, and why, by the words for it in an address.
UNDONE = {
    "booked": _("Nothing was booked"),
    "canceled": _("Nothing was canceled"),
    "moved": _("Nothing was moved"),
    "chosen": _("No time was chosen"),
    "changed": _("Nothing was changed"),
}
WHY = {
    "twice": _("You already have a seat in that class, or you’re on its waiting list."),
    "changed": _("This appointment has changed. Here’s how it looks now."),
    "held": _("We’re no longer holding this time for you. Please choose another, or call us."),
}


def lead_to_visit(token: str, undone: str = "", why: str = "") -> HttpResponse:
    """Answer a press: lead to how the visit stands, and have it say what was not done."""
    told = {name: code for name, code in (("undone", undone), ("why", why)) if code}
    address = reverse("booking:visit", args=[token])
    return lead_to(f"{address}?{urlencode(told)}" if told else address)


def said_undone(request: HttpRequest) -> Any:
    return UNDONE.get(request.GET.get("undone", ""), "")


def link_gone(request: HttpRequest) -> HttpResponse:
    """The same for a link that is unknown, expired or replaced: it tells nothing."""
    context = {"undone": said_undone(request)}
    return render(request, "booking/link_gone.html", context, status=HTTPStatus.NOT_FOUND)


def changes_by_link(
    undone: str, has_done: Callable[[QueryDict, Appointment], bool]
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
            return lead_to_visit(token, undone)

        return answer

    return give


private_link = changes_by_link("changed", lambda _said, _appointment: False)


def presses_only(view: View) -> View:
    """Lead whoever comes back to the address of a press to the visit. It has no page of its own."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
        if request.method == "POST":
            return view(request, appointment, token)
        return HttpResponseRedirect(reverse("booking:visit", args=[token]))

    return answer
