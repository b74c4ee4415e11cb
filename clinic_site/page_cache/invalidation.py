"""Whoever changes what a page shows says so here, in the transaction of the change."""

import secrets
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from wagtail.models import Page

from clinic_site.page_cache.models import PageVersion
from clinic_site.page_cache.versions import EVERYTHING, LISTS, LONGEST

# To forget more addresses than these, all are forgotten at once.
MANY = 100

_lists: list[Callable[[], Iterable[str]]] = []


def register_lists(paths: Callable[[], Iterable[str]]) -> None:
    """Have the pages at `paths()` made anew, too, when the title or summary of a page changes."""
    _lists.append(paths)


def invalidate_pages(*pages: Page) -> None:
    """Have the next reader of these pages see them anew: when a part of theirs has changed.

    Call it in the transaction of the change, once for all of them and after other locks.
    """
    invalidate(map(address_of, pages))


def invalidate_page_and_lists(page: Page) -> None:
    """Have `page` made anew, and all that show its title or summary as well."""
    address = address_of(page)
    page = page.specific  # Wagtail's bulk actions and schedule save the part common to all pages
    shown_on = page.shown_on() if hasattr(page, "shown_on") else ()
    lists = (path for paths in _lists for path in paths())
    invalidate([address, *_above(address), LISTS, *lists, *map(address_of, shown_on)])


def invalidate_all() -> None:
    """Have every page made anew: for what is on many of them."""
    invalidate([EVERYTHING])


def invalidate(addresses: Iterable[str | None]) -> None:
    """Give `addresses` new versions. Random, so that a restored backup repeats none.

    Always in the same order, so that two of us never wait for each other crosswise.
    """
    known = {address for address in addresses if address is not None and len(address) <= LONGEST}
    rows = [
        PageVersion(address=address, number=secrets.randbits(63))
        for address in (sorted(known) if len(known) <= MANY else [EVERYTHING])
    ]
    PageVersion.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["address"], update_fields=["number"]
    )


def address_of(page: Page) -> str | None:
    """Return the path under which `page` is read, or None if it has none."""
    parts = page.get_url_parts()
    return unquote(parts[2]) if parts and parts[2] else None


def _above(address: str | None) -> list[str]:
    """Return the addresses of the pages above, from home down."""
    steps = (address or "").strip("/").split("/")[:-1]
    return ["/", *("/" + "/".join(steps[:end]) + "/" for end in range(1, len(steps) + 1))]
