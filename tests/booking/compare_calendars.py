"""Compares what is read of calendar files with what a second reader reads of them.

    python -m tests.booking.compare_calendars FOLDER [--ical-js FOLDER]

Prints every time that the second reader says is busy and ours leaves open, and ends with 1 if there
is one. The second reader is recurring-ical-events as it is, without what `booking.ical` adds; and
ical.js, by other people in another language, if a checkout of it is named (`node` runs it).
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import django
import recurring_ical_events
from icalendar import Calendar
from icalendar.timezone import tzp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from booking.ical.parse import UnreadableCalendar, read_busy_times  # noqa: E402

CLINIC = ZoneInfo("America/Los_Angeles")
KINDS = ("*.ics", "*.ical", "*.ifb")
MOST_YEARS, DAY = 5, timedelta(days=1)
ICAL_JS_READER = Path(__file__).with_name("ical_js_reader.mjs")

Span = tuple[datetime, datetime]
Reader = Callable[[Path, datetime, datetime], list[Span]]


def out(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ical-js", type=Path, help="a checkout of kewisch/ical.js")
    told = parser.parse_args()
    readers: dict[str, Reader] = {"recurring-ical-events": by_the_library}
    if told.ical_js:
        readers["ical.js"] = by_ical_js(told.ical_js)
    files = sorted({file for kind in KINDS for file in told.folder.rglob(kind)})
    sys.exit(1 if sum([compare(file, told.folder, readers) for file in files]) else 0)


def compare(file: Path, folder: Path, readers: dict[str, Reader]) -> int:
    """Print what is left open of one file, and a line of counts; return how many times that is."""
    name, lost = file.relative_to(folder), 0
    for begins, ends in windows(file.read_bytes()):
        try:
            reading = read_busy_times(file.read_bytes(), zone=CLINIC, begins=begins, ends=ends)
        except UnreadableCalendar as refusal:
            out(f"{name}: refused: {refusal}")
            break
        ours = [(busy.starts_at, busy.ends_at) for busy in reading.busy]
        counts = [f"ours {len(ours)}"]
        for reader, read in readers.items():
            try:
                theirs = read(file, begins, ends)
            except Exception as error:  # a second reader that reads nothing says nothing
                counts.append(f"{reader} none ({type(error).__name__})")
                continue
            counts.append(f"{reader} {len(theirs)}")
            for span in left_open(theirs, ours, begins, ends):
                lost += 1
                out(f"{name}: LEFT OPEN, by {reader}: {span[0]:%Y-%m-%d %H:%M} to {span[1]}")
        notes = f" {reading.notes}" if reading.notes else ""
        out(f"{name} from {begins.year}: {', '.join(counts)}{notes}")
    return lost


def windows(content: bytes) -> list[Span]:
    """The years that entries name dates of, and the next two, at most five years at a time."""
    entries = re.sub(rb"BEGIN:VTIMEZONE.*?END:VTIMEZONE", b"", content, flags=re.S | re.I)
    found = {int(year) for year in re.findall(rb"[:,]((?:19|20)\d\d)[01]\d[0-3]\d", entries)}
    years = sorted({year + more for year in found for more in (0, 1, 2)})
    spans: list[list[int]] = []
    for year in years:
        if spans and year <= spans[-1][1] + 1 and year - spans[-1][0] < MOST_YEARS:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return [
        (datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC))
        for first, last in spans
    ]


def left_open(
    theirs: list[Span], ours: list[Span], begins: datetime, ends: datetime
) -> Iterator[Span]:
    """What of their times no time of ours covers."""
    for starts_at, ends_at in sorted(set(theirs)):
        lower, upper = max(starts_at, begins), min(ends_at, ends)
        edges = [lower]
        for start, end in sorted(ours):
            if start <= edges[-1] < end:
                edges[-1] = end
        if lower < upper and edges[-1] < upper:
            yield edges[-1], upper


def by_the_library(file: Path, begins: datetime, ends: datetime) -> list[Span]:
    spans = []
    tzp.use_zoneinfo()  # or it would know the zones of other files
    for calendar in Calendar.from_ical(file.read_bytes(), multiple=True):
        if calendar.name != "VCALENDAR" or str(calendar.get("METHOD", "")).upper() == "CANCEL":
            continue
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        for event in query.between(begins - DAY, ends + DAY):
            free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
            if not free and str(event.get("STATUS", "")).upper() != "CANCELLED":
                spans.append((_instant(event.start), _instant(event.end)))
    return spans


def _instant(told: date, zone: str = "") -> datetime:
    moment = told if isinstance(told, datetime) else datetime.combine(told, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=_zone(zone))).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else CLINIC
    except (LookupError, ValueError, OSError):
        return CLINIC


def by_ical_js(checkout: Path) -> Reader:
    module = (checkout / "lib/ical/module.js").resolve()

    @cache
    def read(file: Path) -> list[Span]:
        years = windows(file.read_bytes())
        whole = [years[0][0].isoformat(), years[-1][1].isoformat()]
        told = subprocess.run(
            ["node", ICAL_JS_READER, module, file, *whole],
            check=True,
            capture_output=True,
            timeout=60,
        )
        return [(_of_json(each[0]), _of_json(each[1])) for each in json.loads(told.stdout)]

    return lambda file, begins, ends: [
        (start, end) for start, end in read(file) if start < ends and end > begins
    ]


def _of_json(told: dict[str, Any]) -> datetime:
    """A time as `ical_js_reader.mjs` prints it: seconds, or what a clock shows, of some zone."""
    if "seconds" in told:
        return datetime.fromtimestamp(told["seconds"], UTC)
    return _instant(datetime.fromisoformat(told["clock"]), told["zone"])


if __name__ == "__main__":
    main()
