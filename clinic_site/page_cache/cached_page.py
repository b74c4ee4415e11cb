"""A page as the cache holds it: the answer in each encoding, and what it depends on."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from gzip import compress as gzip
from hashlib import blake2b

import brotli
from django.db import Error, connection
from django.http import HttpResponse
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

    depends_on: tuple[str, ...]  # the addresses whose versions it depends on, its own the second
    versions: Versions
    expires: float  # seconds since 1970
    path: str
    is_html: bool  # no feed or sitemap
    headers: dict[str, str]
    bodies: dict[str, bytes]  # by encoding; "" is plain

    def is_current(self) -> bool:
        """Tell whether nothing that it shows has changed.

        While the database does not answer nobody can change anything either.
        """
        try:
            if connection.close_at is not None and time.monotonic() >= connection.close_at:
                _renew_connection()
            return self.versions == versions_of(self.depends_on)
        except Error:
            _renew_connection()
            return True

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(map(len, self.bodies.values()))

    def add_encoding(self, encoding: str) -> None:
        if encoding not in self.bodies:
            self.bodies[encoding] = ENCODINGS[encoding][1](self.bodies[""])

    def take_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Add what the middlewares have put on the answer on its way out."""
        for name, value in headers:
            if name not in BODY_HEADERS:
                self.headers.setdefault(name, value)

    @cached_property
    def headers_without_body(self) -> list[tuple[str, str]]:
        return [header for header in self.headers.items() if header[0] not in BODY_HEADERS]

    def headers_with_body(self, encoding: str) -> list[tuple[str, str]]:
        """Return a list of its own for each answer: a server may add to it."""
        headers = [*self.headers.items(), ("Content-Length", str(len(self.bodies[encoding])))]
        return [*headers, ("Content-Encoding", encoding)] if encoding else headers


def _renew_connection() -> None:
    """Let go of a connection that is broken or old, as Django does around each of its requests."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def make_cached_page(
    response: HttpResponse, depends_on: tuple[str, ...], versions: Versions, end: datetime | None
) -> CachedPage:
    """Return `response` for the cache, until something that it shows changes.

    At the longest until midnight at the clinic, or the `end` of any page.
    """
    midnight = next_midnight_at_clinic()
    expires = min(midnight, end) if end else midnight
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    headers |= {
        "Cache-Control": CACHE_CONTROL,
        "ETag": _etag(response.content),
        "Vary": "Accept-Encoding",
    }
    bodies = {"": response.content}
    path, ends = depends_on[1], expires.timestamp()
    return CachedPage(depends_on, versions, ends, path, is_html(response), headers, bodies)


def is_html(response: HttpResponseBase) -> bool:
    """Tell a page that people read from a feed or a sitemap."""
    return response.get("Content-Type", "").startswith("text/html")


@lru_cache(maxsize=1000)  # what is asked may be anything
def best_encoding(accepted: str) -> str:
    """Return which of `ENCODINGS` a browser takes, or the empty string for none."""
    return next((name for name, (wanted, _) in ENCODINGS.items() if wanted.search(accepted)), "")


def _etag(body: bytes) -> str:
    """Return a mark of what readers see: two processes make different form tokens.

    It changes each day, so that no browser keeps a form until its token is too old.
    """
    seen = FORM_TOKEN_IN_PAGE.sub(b"", body) + today_at_clinic().isoformat().encode()
    return f'W/"{blake2b(seen, digest_size=12).hexdigest()}"'
