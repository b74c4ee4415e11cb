import codecs
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware, RejectRequest
from django.shortcuts import render

from clinic_site.http.rate_limit import TooManyRequests
from clinic_site.http.security import View


class NoFiles(FileUploadHandler):
    """Lets no file of a public form reach the disk: none of them asks for one."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


OWN_PAGES = {"same-origin", "none"}  # "none": the person typed the address or reloaded


def public_form(view: View) -> View:
    """Mark a view that takes a form from anybody, without a cookie.

    It answers a post by leading to a page, and never says `no-store` of that answer: browsers
    show an error of their own to whoever goes back to one.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers = [NoFiles(request)]
        try:
            response: HttpResponseBase = view(request, *args, **kwargs)
        except TooManyRequests:
            return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        return response

    answer.public_form = True  # type: ignore[attr-defined]
    return cast(View, answer)


def lead_to(address: str) -> HttpResponse:
    """Answer a post: have the browser fetch the page at `address`."""
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


class CsrfMiddleware(CsrfViewMiddleware):
    """Django's check for staff, and for public forms the same promise without a cookie.

    A public form acts for nobody who is signed in, so a forged post could borrow no
    rights. What is left is a foreign page posting through a reader's browser, and
    that the browser itself tells us: Django has compared `Origin` (or, over https,
    `Referer`) when `_check_token` is reached, and `Sec-Fetch-Site` is compared here.
    The form's own signed token (`clinic_site.forms.public_form.PublicForm`) stands in for
    Django's.
    """

    def process_request(self, request: HttpRequest) -> None:
        if int(request.META.get("CONTENT_LENGTH") or 0) > _largest_body(request):
            raise BadRequest("The body is too large.")
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL is no character of an address.")
        # Forms are UTF-8. Django itself insists on it for only one of their two encodings,
        # and what other codecs let through (lone surrogates) cannot be shown again.
        if not _is_utf8(request.encoding or "utf-8"):
            raise BadRequest("A form must be UTF-8.")
        super().process_request(request)

    def _check_token(self, request: HttpRequest) -> None:
        match = request.resolver_match
        if match is None or not getattr(match.func, "public_form", False):
            super()._check_token(request)  # type: ignore[misc]
        elif request.headers.get("Sec-Fetch-Site", "none") not in OWN_PAGES:
            raise RejectRequest("A public form was posted from another site.")


def _largest_body(request: HttpRequest) -> int:
    """Return how much is read at all: more of staff, whose forms say which file is too large."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    staff = signed_in and request.path.startswith("/admin/")
    return settings.LARGEST_STAFF_BODY if staff else settings.LARGEST_BODY


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return False
