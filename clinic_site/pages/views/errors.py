"""Pages for when something went wrong. Each says what happened and shows the phone number."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from clinic_site.access_log.looks import LookNotStored
from clinic_site.admin.malformed_forms import MalformedForm
from clinic_site.clinic.current import last_read_clinic
from clinic_site.pages.views import admin_errors
from clinic_site.pages.views.kept_forms import typed_fields
from clinic_site.search.words import MAX_QUERY, words_in


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, MalformedForm) and admin_errors.is_admin(request):
        return admin_errors.malformed_page(request, exception)
    # Rendered without the request: it may be the very thing that cannot be read.
    return _page_without_database("400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if admin_errors.is_admin(request):
        return admin_errors.refused_page(request)
    return render(request, "403.html", {"csrf_failed": True}, status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    context = {"query": " ".join(words_in(request.path.replace("-", " ")))[:MAX_QUERY]}
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def not_allowed(request: HttpRequest) -> HttpResponse:
    return _page_without_database("405.html", HTTPStatus.METHOD_NOT_ALLOWED)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say 503 while the database does not answer, and 500 for a mistake of ours."""
    error = sys.exc_info()[1]
    outage = _is_outage(error)
    if admin_errors.is_admin(request):
        status = HTTPStatus.SERVICE_UNAVAILABLE if outage else HTTPStatus.INTERNAL_SERVER_ERROR
        with suppress(Exception):  # it needs more than the public one, which asks for nothing
            # The answer was ready, and is withheld: what the form asked for may be done.
            withheld = isinstance(error, LookNotStored)
            return admin_errors.broken_page(request, status, may_be_saved=withheld)
    if outage:
        return _outage_page(request)
    return _page_without_database("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def _outage_page(request: HttpRequest) -> HttpResponse:
    """Keep a public form on the page, so that it can be sent once more in a moment."""
    is_form = request.method == "POST" and getattr(_view(request), "public_form", False)
    kept = {"fields": typed_fields(request), "address": request.get_full_path()} if is_form else {}
    page = _page_without_database("503.html", HTTPStatus.SERVICE_UNAVAILABLE, **kept)
    page["Retry-After"] = admin_errors.RETRY_AFTER
    page["Cache-Control"] = "no-store"
    return page


def _view(request: HttpRequest) -> object:
    """Return the view that was asked, once somebody has looked for it: the check of forms is over
    then, and whatever another site had sent has been refused.
    """
    return request.resolver_match and request.resolver_match.func


def refusal(status: HTTPStatus) -> HttpResponse:
    """Return what the server says to a request that it does not let through to the site."""
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        template = "413.html"
    else:
        template = "500.html" if status == HTTPStatus.INTERNAL_SERVER_ERROR else "400.html"
    page = _page_without_database(template, status)
    page["Cache-Control"] = "no-store"
    page["Content-Length"] = str(len(page.content))
    return _with_headers(page)


def _with_headers(page: HttpResponse) -> HttpResponse:
    """Put on the headers that every answer of the site carries."""
    scheme = "https" if settings.HTTPS else "http"
    # What the visitor sent cannot be read, so these are of a request for the home page.
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/",
            "wsgi.url_scheme": scheme,
            "HTTP_X_FORWARDED_PROTO": scheme,
            "wsgi.input": BytesIO(),
        }
    )
    answer: Callable[[HttpRequest], HttpResponse] = lambda request: page  # noqa: E731
    for name in reversed(settings.HEADERS_MIDDLEWARE):
        answer = import_string(name)(answer)
    return answer(request)


def _is_outage(error: BaseException | None) -> bool:
    """Tell a database that does not answer from a query that SQLite cannot parse."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR


def _page_without_database(template: str, status: HTTPStatus, **context: object) -> HttpResponse:
    context["clinic"] = last_read_clinic()
    return HttpResponse(render_to_string(template, context), status=status)
