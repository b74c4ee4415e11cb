"""What the site lets a browser do, and which posts it believes."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

View = TypeVar("View", bound=Callable[..., Any])


def secret_address(view: View) -> View:
    """Mark a view whose address is a secret: nobody keeps, lists or passes on what it shows.

    What it shows is what it answers to a GET; a post is led on, and `no-store` on that answer would
    have the browser show an error of its own to whoever goes back.

    `strict-origin` names no page to the next one, and, other than `no-referrer`, leaves the
    `Origin` of a form as it is, by which `CsrfMiddleware` knows it.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        if request.method != "POST":
            add_never_cache_headers(response)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return cast(View, answer)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy of the settings; the editor needs styles that it writes itself."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        # Whoever has no session meets the sign-in pages alone, which write no styles.
        is_staff = settings.SESSION_COOKIE_NAME in request.COOKIES
        if is_staff and request.path.startswith(reverse("wagtailadmin_home")):
            parts.update = {
                "style-src": ["'unsafe-inline'"],
                "img-src": ["data:", "blob:"],
                "frame-src": ["'self'"],
            }
        return parts


class CrossOriginResourcePolicyMiddleware:
    """No other site's page may load what is ours, unless a view says so of its own answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
