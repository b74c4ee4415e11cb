"""What private pages have in common: nobody keeps them, finds them, or hears of their address."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from booking.links import find_appointment
from clinic_site.security import public_form

View = Callable[..., HttpResponse]


def private_page(view: View) -> View:
    """Let no cache, search engine or next site learn of a page or its address."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def link_gone(request: HttpRequest) -> HttpResponse:
    """The same for a link that is unknown, expired or replaced: it tells nothing."""
    return render(request, "booking/link_gone.html", status=HTTPStatus.NOT_FOUND)


def private_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the appointment of its link. All links that open nothing look the same."""

    @csrf_exempt  # without a referrer browsers send no Origin either; the link is the right
    @public_form
    @private_page
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        appointment = find_appointment(token, now=timezone.now())
        if appointment is None:
            return link_gone(request)
        return view(request, appointment, token)

    return answer
