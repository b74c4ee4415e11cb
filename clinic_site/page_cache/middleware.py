import time
from collections.abc import Callable

from django.core.cache import caches
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from clinic_site.page_cache.cached_page import (
    KeptPage,
    _encoding,
    _key,
    _may_be_kept,
    _not_modified,
    _reader_has,
)


class PageCacheMiddleware:
    """Answers with what is kept, before anything else is asked; keeps what `kept` views made.

    It stands first, so that what it keeps has the headers of all others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.pages = caches["pages"]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return self.get_response(request)
        key, encoding = _key(request), _encoding(request)
        page: KeptPage | None = self.pages.get(key)
        if page is None or not page.is_current():
            response = self.get_response(request)
            page = getattr(request, "kept_page", None)
            if page is None or response.cookies:
                return response
            page.take_headers(response)
            self._keep(key, page)
        elif encoding not in page.answers:
            page.answer(encoding)
            self._keep(key, page)
        answer = page.answer(encoding)
        return _not_modified(answer) if _reader_has(answer, request) else answer

    def _keep(self, key: str, page: KeptPage) -> None:
        self.pages.set(key, page, page.expires - time.time())
