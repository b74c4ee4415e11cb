"""Addresses that the site itself answers, at which no page would ever be read."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

# Promised to what is still to come: the figures for monitoring, and other languages.
KEPT_FREE = ("metrics", "es")
FIRST_PART = re.compile(r"\^?([\w.-]+)(?:/|$)")  # of a pattern, in words alone
is_free_below: Any = Page._slug_is_available  # Wagtail's own: no sibling has it


def refuse_reserved_slugs() -> None:
    """Have Wagtail count them as taken, from whichever form, move or save the question comes."""
    Page._slug_is_available = staticmethod(is_available)


def is_available(slug: str, parent_page: Page | None, page: Page | None = None) -> bool:
    if parent_page is not None and is_reserved(slug, parent_page):
        return False
    return bool(is_free_below(slug, parent_page, page))


def is_reserved(slug: str, parent: Page) -> bool:
    """Tell whether a page called `slug` would stand below `parent` where the site itself does."""
    return slug.lower() in reserved_slugs() and Site.objects.filter(root_page=parent.pk).exists()


def words_for(slug: str) -> str:
    """Say why a page cannot have that address."""
    message = _("The site itself uses the address /%(slug)s/. Choose another, such as %(other)s.")
    return message % {"slug": slug, "other": f"{slug}-page"}


@cache
def reserved_slugs() -> frozenset[str]:
    """Return the first parts of all addresses that are no page's, in small letters."""
    static = settings.STATIC_URL.strip("/").partition("/")[0]
    return frozenset({static, *KEPT_FREE, *_first_parts(get_resolver().url_patterns)})


def _first_parts(patterns: Iterable[Any]) -> Iterator[str]:
    for each in patterns:
        written = str(each.pattern)
        if found := FIRST_PART.match(written):
            yield found[1].lower()
        elif not written and hasattr(each, "url_patterns"):
            yield from _first_parts(each.url_patterns)
