"""The pages where staff come in and leave: Wagtail's, with the limits and headers of ours."""

import posixpath
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from django.forms import Form
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.http.response import HttpResponse
from django.urls import reverse
from wagtail.admin.views import account

from clinic_site.accounts.known_browsers import remember_browser


class WaitViewMixin:
    """Answers 429 to a form that is refused for a while."""

    def form_invalid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if seconds := getattr(form, "retry_after", None):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response["Retry-After"] = str(seconds)
        return response


class SignInView(WaitViewMixin, account.LoginView):
    def form_valid(self, form: Form) -> HttpResponseBase:
        response: HttpResponseBase = super().form_valid(form)
        remember_browser(response, self.request.COOKIES, form.cleaned_data["username"])
        return response

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


class AskForPasswordView(WaitViewMixin, account.PasswordResetView):
    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form: Any = super().get_form(form_class)
        form.request = self.request
        return form
