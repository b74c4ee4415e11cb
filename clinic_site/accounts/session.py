"""Whether somebody is still signed in and for how long, for a page that has been open a while."""

from collections.abc import Callable
from functools import update_wrapper
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clinic_site.accounts.session_timeout import note_activity, time_left, warning_seconds
from clinic_site.http.security import View

OPEN_TO_ALL = ("wagtailadmin_login", "wagtailadmin_password_reset")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Tell a page how long the session has, and the token that its forms need by now.

    A post is the wish to stay.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"signed_in": False})
    if request.method == "POST":
        note_activity(request.session)
    seconds, can_stay = time_left(request.session)
    return JsonResponse(
        {
            "signed_in": True,
            "csrf_token": get_token(request),
            "seconds": int(seconds),
            "can_stay": can_stay,
            "warning": warning_seconds(),
        }
    )


def signed_out() -> JsonResponse:
    """Answer an editor that wanted to save by itself."""
    answer = {
        "success": False,
        "error_code": "signed_out",
        "error_message": _("You’ve been signed out. What you typed is still here."),
    }
    return JsonResponse(answer, status=HTTPStatus.UNAUTHORIZED)


def preserve_post(urls: list[Any], show: Callable[[HttpRequest], HttpResponseBase]) -> list[Any]:
    """Return the admin's `urls`, in which a post of somebody signed out is not lost.

    Wagtail leads to the sign-in page and forgets the form; `show` answers in its place.
    """
    for address in urls:
        if hasattr(address, "url_patterns"):
            if not any(name in str(address.pattern) for name in ("password_reset",)):
                preserve_post(address.url_patterns, show)
        elif address.name not in OPEN_TO_ALL:
            address.callback = update_wrapper(_guard(address.callback, show), address.callback)
    return urls


def _guard(view: View, show: Callable[[HttpRequest], HttpResponseBase]) -> View:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or request.user.is_authenticated:
            answered: HttpResponseBase = view(request, *args, **kwargs)
            return answered
        return show(request)

    return answer  # type: ignore[return-value]
