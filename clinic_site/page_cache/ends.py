"""When the next page ends: what shows it must not be kept any longer."""

from datetime import datetime

from django.core.cache import caches
from django.db.models import Min
from django.utils import timezone
from wagtail.models import Page

from clinic_site.page_cache.versions import EVERYTHING, LISTS, Versions

NAME = "next_end"


def next_end(versions: Versions) -> datetime | None:
    """Return when the first of the live pages ends that still last, or None if none does.

    `versions` are those of `EVERYTHING` and `LISTS` at least: while they stay no page is given
    another end, so the database, which has no index for it, is asked once.
    """
    known = frozenset(version for version in versions if version[0] in (EVERYTHING, LISTS))
    now, kept = timezone.now(), caches["facts"].get(NAME)
    if kept and kept[0] == known and (kept[1] is None or kept[1] > now):
        end: datetime | None = kept[1]
        return end
    lasting = Page.objects.filter(live=True, expire_at__gt=now)
    end = lasting.aggregate(end=Min("expire_at"))["end"]
    caches["facts"].set(NAME, (known, end))
    return end
