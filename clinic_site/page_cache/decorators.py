"""The mark on a view whose pages the cache may hold."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from clinic_site.page_cache.cached_page import CachedPage, best_encoding, is_html, make_cached_page
from clinic_site.page_cache.eligibility import is_for_everybody, is_of_this_moment, may_be_cached
from clinic_site.page_cache.ends import next_end
from clinic_site.page_cache.front import MADE
from clinic_site.page_cache.versions import EVERYTHING, LISTS, versions_of

View = Callable[..., HttpResponse]


def cached_page(view: View | None = None, *, lists: bool = False) -> Any:
    """Mark a view whose pages are the same for everybody. `lists`: it shows pages from everywhere.

    The versions are read before the view reads anything: what changes meanwhile makes the
    page that is cached an old one.
    """
    if view is None:
        return lambda view: cached_page(view, lists=lists)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_be_cached(request):
            response = view(request, *args, **kwargs)
            request.is_public_page = is_html(response)  # type: ignore[attr-defined]
            return response
        depends_on = (EVERYTHING, request.path, *([LISTS] if lists else []))
        known = versions_of(tuple({*depends_on, LISTS}))
        versions = frozenset(version for version in known if version[0] in depends_on)
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response = response.render()
        request.is_public_page = is_html(response)  # type: ignore[attr-defined]
        if is_of_this_moment(request):
            response["Cache-Control"] = "no-cache"
        if not is_for_everybody(request, response):
            return response
        page = make_cached_page(response, depends_on, versions, next_end(known))
        # The application in front of Django keeps it, and adds the headers of all middlewares.
        request.META[MADE] = page
        return _uncached(
            page, response, best_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        )

    return answer


def _uncached(page: CachedPage, response: HttpResponse, encoding: str) -> HttpResponse:
    """Have the other middlewares leave the page as it is, also where nothing stands in front."""
    for name in ("ETag", "Last-Modified"):  # by which one of them could say "not modified"
        response.headers.pop(name, None)
    response["Cache-Control"] = "no-store"
    if encoding:
        page.add_encoding(encoding)
        response.content, response["Content-Encoding"] = page.bodies[encoding], encoding
    return response
