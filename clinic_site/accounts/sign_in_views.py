"""Where staff come in, leave and give a password: Wagtail's, with limits and headers of ours."""

import posixpath
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from django.forms import Form
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.http.response import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.views import account

from clinic_site.accounts.sign_in import RateLimitedPasswordChangeForm


def say_when_to_come_back(response: HttpResponse, form: Any) -> None:
    """Make the answer to a form that is refused for a while a 429."""
    if seconds := getattr(form, "retry_after", None):
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = str(seconds)


class WaitViewMixin:
    def form_invalid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        say_when_to_come_back(response, form)
        return response


class SignInView(WaitViewMixin, account.LoginView):
    """The first step; `clinic_site.second_factor` says what comes after the password."""

    def get_redirect_url(self, **kwargs: Any) -> str:
        """Lead wherever somebody wanted to go, but not out again."""
        url: str = super().get_redirect_url(**kwargs)
        path = posixpath.normpath(unquote(urlsplit(url).path))
        return "" if path == reverse("wagtailadmin_logout").rstrip("/") else url


class SignOutView(account.LogoutView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":  # Wagtail's would take the cookie all the same
            return HttpResponseNotAllowed(["POST"])
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        # Not "cookies": the session's is deleted by name, and the browser stays a known one.
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class PasswordPanel(account.ChangePasswordPanel):
    form_class = RateLimitedPasswordChangeForm

    @cached_property
    def form(self) -> Any:
        """The one form of a request, since each that is checked counts as a try."""
        form = super().get_form()
        form.session_key = self.request.session.session_key
        return form

    def get_form(self) -> Any:
        return self.form


class AccountView(account.AccountView):
    """Somebody's own settings, with a limit to guessing the password that is asked for there."""

    @cached_property
    def panels(self) -> list[Any]:
        panels: list[Any] = super().get_panels()
        return [self.limited(panel) for panel in panels]

    def limited(self, panel: Any) -> Any:
        if not isinstance(panel, account.ChangePasswordPanel):
            return panel
        return PasswordPanel(self.request, panel.user, panel.profile)

    def get_panels(self) -> list[Any]:
        return self.panels

    def post(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = super().post(request)
        for panel in self.panels:
            say_when_to_come_back(response, panel.get_form())
        return response


class AskForPasswordView(WaitViewMixin, account.PasswordResetView):
    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form: Any = super().get_form(form_class)
        form.request = self.request
        return form
