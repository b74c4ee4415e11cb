"""What private pages have in common: nobody keeps them, finds them, or hears of their address."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from booking.manage_links import find_appointment, find_replaced
from booking.public.views.ticket import lead_to
from clinic_site.http.csrf import public_form
from clinic_site.http.security import secret_address


def link_gone(request: HttpRequest) -> HttpResponse:
    """The same for a link that is unknown, expired or replaced: it tells nothing."""
    return render(request, "booking/link_gone.html", status=HTTPStatus.NOT_FOUND)


def private_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the appointment of its link. All links that open nothing look the same."""

    @public_form
    @secret_address
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        now = timezone.now()
        appointment = find_appointment(token, now=now)
        if appointment is None:
            sent_before = find_replaced(token, now=now) if request.method == "POST" else None
            return lead_to(sent_before) if sent_before else link_gone(request)
        return view(request, appointment, token)

    return answer
