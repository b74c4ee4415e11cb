"""A page as the cache holds it: the answer in each encoding, and what it depends on."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from gzip import compress as gzip
from hashlib import blake2b

import brotli
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from clinic_site.clinic.current import next_midnight_at_clinic, today_at_clinic
from clinic_site.forms.public_form import FORM_TOKEN_IN_PAGE
from clinic_site.page_cache.versions import Versions, versions_of

# Browsers ask each time and mostly hear "not modified". A proxy may answer for us for a second,
# which is nearly all of its work when many read at once.
CACHE_CONTROL = "public, max-age=0, s-maxage=1"
NOT_WANTED = r"\s*;\s*q=0(\.0*)?\s*(,|$)"
ENCODINGS = {
    "br": (re.compile(rf"\bbr\b(?!{NOT_WANTED})"), lambda body: brotli.compress(body, quality=5)),
    "gzip": (re.compile(rf"\bgzip\b(?!{NOT_WANTED})"), lambda body: gzip(body, 6, mtime=0)),
}
# A 304 has no body for these to describe.
BODY_HEADERS = {"Content-Encoding", "Content-Length", "Content-Type", "Content-Language"}


@dataclass
class CachedPage:
    """A page as it leaves the site, in each encoding that somebody has asked for."""

    depends_on: tuple[str, ...]  # the addresses whose versions it depends on
    versions: Versions
    expires: float  # seconds since 1970
    is_html: bool  # no feed or sitemap
    answers: dict[str, HttpResponse] = field(default_factory=dict)  # by encoding; "" is plain

    def is_current(self) -> bool:
        """Tell whether nothing that it shows has changed.

        While the database does not answer nobody can change anything either.
        """
        try:
            return self.versions == versions_of(self.depends_on)
        except Error:
            return True

    def answer(self, encoding: str) -> HttpResponse:
        if encoding not in self.answers:
            self.answers[encoding] = _encoded(self.answers[""], encoding)
        return self.answers[encoding]

    def take_headers(self, response: HttpResponseBase) -> None:
        """Add what the other middlewares have put on `response` on its way out."""
        for name, value in response.items():
            if name not in BODY_HEADERS:
                for answer in self.answers.values():
                    answer.headers.setdefault(name, value)


def make_cached_page(
    response: HttpResponse, depends_on: tuple[str, ...], versions: Versions, end: datetime | None
) -> CachedPage:
    """Return `response` for the cache, until something that it shows changes.

    At the longest until midnight at the clinic, or the `end` of any page.
    """
    midnight = next_midnight_at_clinic()
    expires = min(midnight, end) if end else midnight
    plain = {"": _plain(response)}
    return CachedPage(depends_on, versions, expires.timestamp(), is_html(response), plain)


def is_html(response: HttpResponseBase) -> bool:
    """Tell a page that people read from a feed or a sitemap."""
    return response.get("Content-Type", "").startswith("text/html")


def encoding_for(request: HttpRequest) -> str:
    """Return which of `ENCODINGS` the browser takes, or the empty string for none."""
    return _best_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))


@cache
def _best_encoding(accepted: str) -> str:
    return next((name for name, (wanted, _) in ENCODINGS.items() if wanted.search(accepted)), "")


def copy_of(response: HttpResponse, body: bytes) -> HttpResponse:
    """Return another response with the same headers and `body`."""
    copy = HttpResponse(body, headers=dict(response.items()))
    copy["Content-Length"] = str(len(body))
    return copy


def _plain(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = CACHE_CONTROL
    response["ETag"] = _etag(response.content)
    response["Vary"] = "Accept-Encoding"
    return copy_of(response, response.content)


def _etag(body: bytes) -> str:
    """Return a mark of what readers see: two processes make different form tokens.

    It changes each day, so that no browser keeps a form until its token is too old.
    """
    seen = FORM_TOKEN_IN_PAGE.sub(b"", body) + today_at_clinic().isoformat().encode()
    return f'W/"{blake2b(seen, digest_size=12).hexdigest()}"'


def _encoded(plain: HttpResponse, encoding: str) -> HttpResponse:
    response = copy_of(plain, ENCODINGS[encoding][1](plain.content))
    response["Content-Encoding"] = encoding
    return response
