"""The ends of addresses: as they were, where that is free."""

from itertools import count
from urllib.parse import unquote

from django.utils.text import slugify
from wagtail.models import Page

LONGEST = 240  # characters, with room for a number


def free_slug(wanted: str, parent: Page, page: Page | None = None) -> str:
    """Return `wanted`, decoded and numbered if something below `parent` has it already."""
    stem = plain_slug(wanted)
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if Page._slug_is_available(name, parent, page))


def plain_slug(written: str) -> str:
    """Return a slug as it would be stored if it were free."""
    return slugify(unquote(written), allow_unicode=True)[:LONGEST] or "page"
