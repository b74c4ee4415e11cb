"""Facts that stand on every page, read again only after one of them has changed."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

from clinic_site.page_cache.versions import EVERYTHING, versions_of

Fact = TypeVar("Fact")


def memoized_until_invalidated(name: str, read: Callable[[], Fact]) -> Fact:
    """Return what `read` returned last, or now if `invalidate_all` was called since.

    Everybody gets a copy: what one request does with it is nobody else's business.
    """
    versions = versions_of((EVERYTHING,))
    facts = caches["pages"]
    kept = facts.get(name)
    if kept is None or kept[0] != versions:
        kept = (versions, read())
        facts.set(name, kept)
    fact: Fact = kept[1]
    return fact
