"""Facts that stand on every page, read again only after one of them has changed or a page ends."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches
from django.utils import timezone

from clinic_site.page_cache.ends import next_end
from clinic_site.page_cache.versions import EVERYTHING, LISTS, versions_of

Fact = TypeVar("Fact")

A_DAY = 24 * 3600  # seconds


def memoized_until_invalidated(name: str, read: Callable[[], Fact], *, lists: bool = False) -> Fact:
    """Return what `read` returned last, or now if `invalidate_all` was called since.

    `lists`: it also goes by which pages are published, and is read again after any change of one.
    Everybody gets a copy: what one request does with it is nobody else's business.
    """
    known = versions_of((EVERYTHING, LISTS))
    versions = known if lists else [version for version in known if version[0] == EVERYTHING]
    facts = caches["facts"]
    kept = facts.get(name)
    if kept is None or kept[0] != versions:
        kept = (versions, read())
        end = next_end(known)
        facts.set(name, kept, (end - timezone.now()).total_seconds() if end else A_DAY)
    fact: Fact = kept[1]
    return fact
