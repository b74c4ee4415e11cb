"""Notes added up: of a referrer only the name of another site is kept, or a page of ours."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.http.request import validate_host

from clinic_site.page_views.counting.notes import ReadingNote
from clinic_site.page_views.models import DailyCount

Kind = DailyCount.Kind
LONGEST = DailyCount._meta.get_field("name").max_length or 0
# At least two labels, the last of letters: no number of a machine, no name within a house.
HOST = re.compile(
    r"(?=.{4,100}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+(xn--[a-z0-9-]{2,59}|[a-z]{2,24})"
)


class CountedName(NamedTuple):
    kind: Kind
    name: str


def add_up(notes: Iterable[ReadingNote]) -> Counter[CountedName]:
    sums: Counter[CountedName] = Counter()
    for note in notes:
        sums.update(_counted(note))
    return sums


def _counted(note: ReadingNote) -> list[CountedName]:
    came_from = _split(note.referrer)
    if note.kind == Kind.BOOKING:
        page = _own_page(came_from)
        # Whoever comes from a page of the form itself has started before.
        is_new = page and not page.startswith(note.name)
        return [CountedName(Kind.BOOKING, page)] if is_new else []
    if not _fits(note.name):
        return []
    site = _other_site(came_from) if note.kind == Kind.PAGE else ""
    return [CountedName(note.kind, note.name), *([CountedName(Kind.SITE, site)] if site else [])]


def _split(referrer: str) -> SplitResult | None:
    try:
        parts = urlsplit(referrer)
        return parts if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _other_site(parts: SplitResult | None) -> str:
    if parts is None or _is_ours(parts):
        return ""
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    return host if HOST.fullmatch(host) else ""


def _own_page(parts: SplitResult | None) -> str:
    page = unquote(parts.path) if parts and _is_ours(parts) else ""
    return page if _fits(page) else ""


def _is_ours(parts: SplitResult) -> bool:
    return validate_host(parts.hostname or "", list(filter(None, settings.ALLOWED_HOSTS)))


def _fits(name: str) -> bool:
    return 0 < len(name) <= LONGEST and name.isprintable()
