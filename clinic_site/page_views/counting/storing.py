"""Sums into the table: added to what it has, and never more names a day than it takes."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction

from clinic_site.page_views.models import DailyCount

Kind = DailyCount.Kind
TABLE = DailyCount._meta.db_table
# Names in one day. Pages and sites beyond that are one sum without a name, words are left out.
MOST_NAMES = {Kind.PAGE: 2000, Kind.SITE: 200, Kind.WORD: 200, Kind.BOOKING: 2000}
OTHERS = ""
AT_ONCE = 500  # rows of one statement


class DayCount(NamedTuple):
    day: date
    kind: Kind
    name: str


@transaction.atomic
def store(sums: Counter[DayCount]) -> None:
    """Add `sums` to the table: all of them, or none."""
    for day in sorted({row.day for row in sums}):
        for kind in Kind:  # pages before the bookings that were started from them
            # In the same order in every process, so that no two wait for each other crosswise.
            rows = sorted(_with_room(day, kind, sums).items())
            for start in range(0, len(rows), AT_ONCE):
                _add(rows[start : start + AT_ONCE])


def _with_room(day: date, kind: Kind, sums: Counter[DayCount]) -> Counter[DayCount]:
    """Return the sums of a day and kind by those names that the table has room for."""
    wanted = {row: number for row, number in sums.items() if (row.day, row.kind) == (day, kind)}
    if not wanted:
        return Counter()
    if kind == Kind.BOOKING:
        wanted = _of_known_pages(wanted)
    known = set(DailyCount.objects.of(kind).filter(day=day).values_list("name", flat=True))
    room = MOST_NAMES[kind] - len(known - {OTHERS})
    taken: Counter[DayCount] = Counter()
    for row, number in sorted(wanted.items(), key=lambda item: (-item[1], item[0])):
        is_new = row.name not in known
        if is_new and room > 0:
            room -= 1
        elif is_new and kind in (Kind.PAGE, Kind.SITE):
            row = row._replace(name=OTHERS)
        elif is_new:
            continue
        taken[row] += number
    return taken


def _of_known_pages(sums: dict[DayCount, int]) -> dict[DayCount, int]:
    """Leave out addresses that somebody has only claimed to come from."""
    names = {row.name for row in sums}
    pages = DailyCount.objects.of(Kind.PAGE).filter(name__in=names)
    known = set(pages.values_list("name", flat=True))
    return {row: number for row, number in sums.items() if row.name in known}


def _add(rows: Iterable[tuple[DayCount, int]]) -> None:
    """Insert or add up in one statement, which the ORM cannot say."""
    values = [value for row, number in rows for value in (row.day, str(row.kind), row.name, number)]
    marks = ", ".join(["(%s, %s, %s, %s)"] * (len(values) // 4))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (day, kind, name, number) VALUES {marks} "  # noqa: S608
            "ON CONFLICT (kind, day, name) DO UPDATE "
            f"SET number = {TABLE}.number + excluded.number",
            values,
        )
