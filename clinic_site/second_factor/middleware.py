"""Nobody who may see patients is signed in by a password alone, and some acts ask for it again."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from clinic_site.accounts.session_timeout import is_signed_in
from clinic_site.accounts.sign_in_views import say_when_to_come_back
from clinic_site.second_factor.forms import PasswordForm
from clinic_site.second_factor.policy import (
    VERIFIED,
    is_identified,
    must_have_second_factor,
    note_identified,
)

_asks_again: set[str] = set()
_asks_before_export: set[str] = set()


def register_reauthentication(*view_names: str) -> None:
    """Have these addresses ask for the password if it was last given some minutes ago."""
    _asks_again.update(view_names)


def register_reauthentication_of_exports(*view_names: str) -> None:
    """Likewise for lists, where somebody wants one as a file."""
    _asks_before_export.update(view_names)


class SecondFactorMiddleware:
    """Ends a session that has come about without the code it needs, however it has.

    So it is for somebody who was given a role in the meantime.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            settings.REQUIRE_SECOND_FACTOR
            and is_signed_in(request)
            and VERIFIED not in request.session
            and must_have_second_factor(request.user)
        ):
            request.session.flush()
            request.user = AnonymousUser()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        if not settings.REQUIRE_SECOND_FACTOR or not _asks_for_password(request):
            return None
        if not is_signed_in(request) or is_identified(request.session):
            return None
        if request.method == "POST":
            return _ask_before_post(request)
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('second_factor:identify')}?{query}")


def _asks_for_password(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in _asks_again or (name in _asks_before_export and "export" in request.GET)


def _ask_before_post(request: HttpRequest) -> HttpResponse | None:
    """Ask on a page that holds what was typed, and let the form through with the password."""
    user: Any = request.user
    asked = "current_password" in request.POST
    form = PasswordForm(user, request, request.POST if asked else None)
    if asked and form.is_valid():
        note_identified(request.session)
        return None
    typed = [
        (field, value)
        for field, values in request.POST.lists()
        for value in values
        if field not in ("csrfmiddlewaretoken", "current_password")
    ]
    context = {"form": form, "typed": typed, "action": request.get_full_path()}
    page = "second_factor/admin/identify.html"
    response = render(request, page, context, status=HTTPStatus.UNAUTHORIZED)
    say_when_to_come_back(response, form)
    return response
