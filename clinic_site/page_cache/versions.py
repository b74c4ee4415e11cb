"""The versions of addresses: read before a page is made, changed with what the page shows."""

import secrets
from collections.abc import Iterable
from urllib.parse import unquote

from django.db import connection
from wagtail.models import Page

from clinic_site.models import ClinicDetails, PageVersion, Person, SitePage

EVERYTHING = ""  # every address
LISTS = "lists"  # those that show pages from everywhere, such as the feed

# To forget more addresses than these, all are forgotten at once.
MANY = 100

Versions = frozenset[tuple[str, int]]

LONGEST = PageVersion._meta.get_field("address").max_length or 0
TABLE = PageVersion._meta.db_table


def versions_of(addresses: tuple[str, ...]) -> Versions:
    """Return the versions of `addresses`, as far as they have ever changed.

    Written in SQL because it is all that a kept page costs: by the ORM it would be four times
    as much.
    """
    marks = ", ".join(["%s"] * len(addresses))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT address, number FROM {TABLE} WHERE address IN ({marks})",  # noqa: S608
            addresses,
        )
        return frozenset(cursor.fetchall())


def forget_pages(*pages: Page) -> None:
    """Have the next reader of these pages see them anew: when a part of theirs has changed.

    Call it in the transaction of the change, once for all of them and after other locks.
    """
    forget(map(address_of, pages))


def forget_page_and_lists(page: Page) -> None:
    """Have `page` made anew, and all that show its title or summary as well."""
    address = address_of(page)
    page = page.specific  # Wagtail's bulk actions and schedule save the part common to all pages
    shown_on = page.shown_on() if isinstance(page, SitePage) else ()
    forget([address, *_above(address), LISTS, *_profiles(), *map(address_of, shown_on)])


def forget_everything() -> None:
    """Have every page made anew: for what is on many of them."""
    forget([EVERYTHING])


def forget(addresses: Iterable[str | None]) -> None:
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


def _profiles() -> list[str]:
    """Return the addresses of the team's profiles, which list what each of them wrote."""
    clinic = ClinicDetails.load()
    profiles = map(clinic.profile_of, Person.objects.team())
    return [address for address in profiles if address]


def _above(address: str | None) -> list[str]:
    """Return the addresses of the pages above, from home down."""
    steps = (address or "").strip("/").split("/")[:-1]
    return ["/", *("/" + "/".join(steps[:end]) + "/" for end in range(1, len(steps) + 1))]
