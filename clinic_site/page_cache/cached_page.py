"""What is kept of a page, and the two places that keep it: its view and the first middleware."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, wraps
from gzip import compress as gzip
from hashlib import blake2b
from typing import Any

import brotli
from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from clinic_site.clinic.current import next_midnight_at_clinic, today_at_clinic
from clinic_site.forms.public_form import STAMP_IN_PAGE
from clinic_site.page_cache.versions import EVERYTHING, LISTS, LONGEST, Versions, versions_of

View = Callable[..., HttpResponse]

# Browsers ask each time and mostly hear "not modified". A proxy may answer for us for a second,
# which is nearly all of its work when many read at once.
CACHE_CONTROL = "public, max-age=0, s-maxage=1"
# The only query that any kept page looks at.
QUERY = re.compile(r"(page=[1-9][0-9]{0,3})?")
NOT_WANTED = r"\s*;\s*q=0(\.0*)?\s*(,|$)"
ENCODINGS = {
    "br": (re.compile(rf"\bbr\b(?!{NOT_WANTED})"), lambda body: brotli.compress(body, quality=5)),
    "gzip": (re.compile(rf"\bgzip\b(?!{NOT_WANTED})"), lambda body: gzip(body, 6, mtime=0)),
}
# A 304 has no body for these to describe.
OF_THE_BODY = {"Content-Encoding", "Content-Length", "Content-Type", "Content-Language"}


@dataclass
class KeptPage:
    """A page as it leaves the site, in each encoding that somebody has asked for."""

    shows: tuple[str, ...]  # the addresses whose versions it depends on
    versions: Versions
    expires: float  # seconds since 1970
    answers: dict[str, HttpResponse] = field(default_factory=dict)  # by encoding; "" is plain

    def is_current(self) -> bool:
        """Tell whether nothing that it shows has changed.

        While the database does not answer nobody can change anything either.
        """
        try:
            return self.versions == versions_of(self.shows)
        except Error:
            return True

    def answer(self, encoding: str) -> HttpResponse:
        if encoding not in self.answers:
            self.answers[encoding] = _encoded(self.answers[""], encoding)
        return self.answers[encoding]

    def take_headers(self, response: HttpResponseBase) -> None:
        """Add what the other middlewares have put on `response` on its way out."""
        for name, value in response.items():
            if name not in OF_THE_BODY:
                for answer in self.answers.values():
                    answer.headers.setdefault(name, value)


def kept(view: View | None = None, *, lists: bool = False) -> Any:
    """Mark a view whose pages are the same for everybody. `lists`: it shows pages from everywhere.

    The versions are read before the view reads anything: what changes meanwhile makes the
    page that is kept an old one.
    """
    if view is None:
        return lambda view: kept(view, lists=lists)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _may_be_kept(request):
            return view(request, *args, **kwargs)
        shows = (EVERYTHING, request.path, *([LISTS] if lists else []))
        versions = versions_of(shows)
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response = response.render()
        if not _is_for_everybody(request, response):
            return response
        request.kept_page = page = KeptPage(  # type: ignore[attr-defined]
            shows, versions, next_midnight_at_clinic().timestamp(), {"": _plain(response)}
        )
        return _on_its_way(page.answer(_encoding(request)))

    return answer


def _may_be_kept(request: HttpRequest) -> bool:
    """Tell whether the answer to `request` could be anybody's. Staff always see the latest."""
    meta = request.META
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in meta.get("HTTP_COOKIE", "")
        and "HTTP_AUTHORIZATION" not in meta
        and QUERY.fullmatch(meta.get("QUERY_STRING", "")) is not None
        and len(request.path) <= LONGEST
        and not getattr(request, "is_dummy", False)  # a preview in the editor
    )


def _is_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell a public page from a private or failed one, and from one that knows its reader."""
    session = getattr(request, "session", None)
    return (
        response.status_code == 200
        and isinstance(response, HttpResponse)
        and not response.has_header("Cache-Control")
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not (session and session.accessed)
    )


def _key(request: HttpRequest) -> str:
    # The host as it was sent: under a name that is not ours nothing is ever kept.
    asked = (request.scheme, request.META.get("HTTP_HOST"), request.get_full_path())
    return blake2b(repr(asked).encode(), digest_size=16).hexdigest()


def _plain(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = CACHE_CONTROL
    response["ETag"] = _etag(response.content)
    response["Vary"] = "Accept-Encoding"
    return _copy(response, response.content)


def _etag(body: bytes) -> str:
    """Return a mark of what readers see: two processes give the same page different stamps.

    It changes each day, so that no browser keeps a form until its stamp is too old.
    """
    seen = STAMP_IN_PAGE.sub(b"", body) + today_at_clinic().isoformat().encode()
    return f'W/"{blake2b(seen, digest_size=12).hexdigest()}"'


def _encoded(plain: HttpResponse, encoding: str) -> HttpResponse:
    response = _copy(plain, ENCODINGS[encoding][1](plain.content))
    response["Content-Encoding"] = encoding
    return response


def _encoding(request: HttpRequest) -> str:
    return _best_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))


@cache
def _best_encoding(accepted: str) -> str:
    return next((name for name, (wanted, _) in ENCODINGS.items() if wanted.search(accepted)), "")


def _on_its_way(answer: HttpResponse) -> HttpResponse:
    """Return a copy for the other middlewares, and for a site where ours is missing.

    It has nothing that would let one of them answer "not modified" before it has come past all.
    """
    response = _copy(answer, answer.content)
    for name in ("ETag", "Last-Modified"):
        response.headers.pop(name, None)
    response["Cache-Control"] = "no-store"
    return response


def _copy(response: HttpResponse, body: bytes) -> HttpResponse:
    copy = HttpResponse(body, headers=dict(response.items()))
    copy["Content-Length"] = str(len(body))
    return copy


def _reader_has(response: HttpResponse, request: HttpRequest) -> bool:
    if "HTTP_IF_NONE_MATCH" not in request.META and "HTTP_IF_MODIFIED_SINCE" not in request.META:
        return False
    modified = parse_http_date_safe(response.get("Last-Modified", ""))
    answer = get_conditional_response(request, response["ETag"], modified, response)
    return answer is not None and answer.status_code == 304


def _not_modified(response: HttpResponse) -> HttpResponse:
    headers = {name: value for name, value in response.items() if name not in OF_THE_BODY}
    return HttpResponseNotModified(headers=headers)
