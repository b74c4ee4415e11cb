import time
from collections.abc import Callable
from hashlib import blake2b

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from clinic_site.page_cache.cached_page import BODY_HEADERS, CachedPage, encoding_for
from clinic_site.page_cache.eligibility import may_be_cached


class PageCacheMiddleware:
    """Answers with a cached page before anything else is asked; stores what `cached_page` made.

    It stands first, so that what it stores has the headers of all others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.pages = caches["pages"]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not may_be_cached(request):
            return self.get_response(request)
        key, encoding = _key(request), encoding_for(request)
        page: CachedPage | None = self.pages.get(key)
        if page is None or not page.is_current():
            response = self.get_response(request)
            page = getattr(request, "cached_page", None)
            if page is None or response.cookies:
                return response
            page.take_headers(response)
            self._store(key, page)
        elif encoding not in page.answers:
            page.answer(encoding)
            self._store(key, page)
        request.is_public_page = page.is_html  # type: ignore[attr-defined]
        answer = page.answer(encoding)
        return _not_modified(answer) if _reader_has(answer, request) else answer

    def _store(self, key: str, page: CachedPage) -> None:
        self.pages.set(key, page, page.expires - time.time())


def _key(request: HttpRequest) -> str:
    # The host as it was sent: under a name that is not ours nothing is ever cached.
    asked = (request.scheme, request.META.get("HTTP_HOST"), request.get_full_path())
    return blake2b(repr(asked).encode(), digest_size=16).hexdigest()


def _reader_has(response: HttpResponse, request: HttpRequest) -> bool:
    if "HTTP_IF_NONE_MATCH" not in request.META and "HTTP_IF_MODIFIED_SINCE" not in request.META:
        return False
    modified = parse_http_date_safe(response.get("Last-Modified", ""))
    answer = get_conditional_response(request, response["ETag"], modified, response)
    return answer is not None and answer.status_code == 304


def _not_modified(response: HttpResponse) -> HttpResponse:
    headers = {name: value for name, value in response.items() if name not in BODY_HEADERS}
    return HttpResponseNotModified(headers=headers)
