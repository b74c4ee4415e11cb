"""Cached pages are answered here, in front of Django: no request, middleware or view is made."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from clinic_site.page_cache.cached_page import CachedPage, best_encoding
from clinic_site.page_cache.eligibility import may_be_asked_of_cache

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# Where `cached_page` leaves in a request's environ what it has made for the cache.
MADE = "clinic_site.cached_page"


@dataclass(frozen=True)
class CachedRequest:
    """As much of a request as one for a cached page has: Django's names for it."""

    META: Environ
    method: str
    path: str


class CachedPagesInFront:
    """A WSGI application that answers with cached pages, and asks `application` for all else.

    `note` hears of each page that is answered here, of which Django hears nothing.
    """

    def __init__(self, application: Application, note: Callable[[CachedRequest], None]) -> None:
        self.application, self.note = application, note

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not may_be_asked_of_cache(environ):
            return self.application(environ, start_response)
        key, encoding = _key(environ), best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        pages = caches["pages"]
        page: CachedPage | None = pages.get(key)
        if page is None or not page.is_current():
            made = _Made(self.application(environ, made_headers := _Started()), made_headers)
            page = environ.pop(MADE, None)
            if page is None or made.sets_cookie():
                return made.pass_on(start_response)
            page.take_headers(made.finish())
            _store(key, page)
            return _answer(page, encoding, environ, start_response)
        if encoding not in page.bodies:
            page.add_encoding(encoding)
            _store(key, page)
        if page.is_html:
            self.note(CachedRequest(environ, environ["REQUEST_METHOD"], page.path))
        return _answer(page, encoding, environ, start_response)


class _Started:
    """Keeps what an application starts its answer with."""

    def __call__(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers


class _Made:
    """An answer that was made anew: passed on as it is, or read for its headers."""

    def __init__(self, body: Iterable[bytes], started: _Started) -> None:
        self.body, self.started = body, started

    def sets_cookie(self) -> bool:
        return any(name.lower() == "set-cookie" for name, _value in self.started.headers)

    def pass_on(self, start_response: StartResponse) -> Iterable[bytes]:
        start_response(self.started.status, self.started.headers)
        return self.body

    def finish(self) -> Headers:
        """Let Django end the request, whose body the cached page has too."""
        if close := getattr(self.body, "close", None):
            close()
        return self.started.headers


def _answer(
    page: CachedPage, encoding: str, environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    if _reader_has(page, environ):
        start_response("304 Not Modified", page.headers_without_body)
        return []
    start_response("200 OK", page.headers_with_body(encoding))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.bodies[encoding]]


def _store(key: object, page: CachedPage) -> None:
    caches["pages"].set(key, page, page.expires - time.time())


def _key(environ: Environ) -> str:
    # The host as it was sent: under a name that is not ours nothing is ever cached.
    asked = (
        _is_secure(environ),
        environ.get("HTTP_HOST"),
        environ.get("SCRIPT_NAME"),
        environ.get("PATH_INFO"),
        environ.get("QUERY_STRING"),
    )
    return blake2b(repr(asked).encode(), digest_size=16).hexdigest()


def _is_secure(environ: Environ) -> bool:
    """Tell whether it came by https, by what Django believes of it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if (told := environ.get(name)) is not None:
            return bool(told.partition(",")[0].strip() == secure)
    return bool(environ["wsgi.url_scheme"] == "https")


def _reader_has(page: CachedPage, environ: Environ) -> bool:
    if "HTTP_IF_NONE_MATCH" not in environ and "HTTP_IF_MODIFIED_SINCE" not in environ:
        return False
    request: Any = CachedRequest(environ, environ["REQUEST_METHOD"], page.path)
    modified = parse_http_date_safe(page.headers.get("Last-Modified", ""))
    answer = get_conditional_response(request, page.headers["ETag"], modified)
    return answer is not None and answer.status_code == 304
