"""The versions of addresses: read before a page is made, changed with what the page shows."""

from django.db import connection

from clinic_site.page_cache.models import PageVersion

EVERYTHING = ""  # every address
LISTS = "lists"  # those that show pages from everywhere, such as the feed


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
