"""Which requests and answers the page cache has to do with."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from clinic_site.page_cache.versions import LONGEST

# The only queries that any cached page looks at.
QUERY = re.compile(r"(page=[1-9][0-9]{0,3}|figure=[0-9a-f-]{36}|sheet=exercises)?")


def may_be_cached(request: HttpRequest) -> bool:
    """Tell whether the answer to `request` could be anybody's. Staff always see the latest."""
    is_preview = getattr(request, "is_dummy", False)
    return may_be_asked_of_cache(request.META) and not is_preview


def may_be_asked_of_cache(environ: dict[str, Any]) -> bool:
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
        and "HTTP_AUTHORIZATION" not in environ
        and QUERY.fullmatch(environ.get("QUERY_STRING", "")) is not None
        and len(environ["PATH_INFO"]) <= LONGEST
    )


def show_this_moment_only(request: HttpRequest) -> None:
    """Keep the answer out of every cache: what it shows changes with the clock, unannounced."""
    request.is_of_this_moment = True  # type: ignore[attr-defined]


def is_of_this_moment(request: HttpRequest) -> bool:
    return getattr(request, "is_of_this_moment", False)


def is_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell a public page from a private or failed one, and from one that knows its reader."""
    session = getattr(request, "session", None)
    return (
        response.status_code == 200
        and isinstance(response, HttpResponse)
        and not response.has_header("Cache-Control")
        and not is_of_this_moment(request)
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not (session and session.accessed)
    )
