"""What private pages have in common: nobody keeps them, finds them, or hears of their address."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from booking.links import find_appointment
from clinic_site.security import public_form, secret_address


def link_gone(request: HttpRequest) -> HttpResponse:
    """The same for a link that is unknown, expired or replaced: it tells nothing."""
    return render(request, "booking/link_gone.html", status=HTTPStatus.NOT_FOUND)


def private_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the appointment of its link. All links that open nothing look the same."""

    @public_form
    @secret_address
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        appointment = find_appointment(token, now=timezone.now())
        if appointment is None:
            return link_gone(request)
        return view(request, appointment, token)

    return answer
