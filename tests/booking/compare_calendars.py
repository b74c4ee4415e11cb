"""Compares what is read of calendar files with what a second reader reads of them.

    python -m tests.booking.compare_calendars FOLDER [--ical-js FOLDER]

Prints every time that the second reader says is busy and ours leaves open, with the rule by which
it may stay open (`reasons_to_leave_open.py`), and ends with 1 if one stays open without. The second
reader is recurring-ical-events as it is, without what `booking.ical` adds; and ical.js, by other
people in another language, if a checkout of it is named (`node` runs it).
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import django
import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.timezone import tzp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from booking.ical.parse import UnreadableCalendar, read_busy_times  # noqa: E402
from tests.booking.reasons_to_leave_open import CLINIC, Span, Taken, instant, reason  # noqa: E402

KINDS = ("*.ics", "*.ical", "*.ifb")
MOST_YEARS, DAY = 5, timedelta(days=1)
ICAL_JS_READER = Path(__file__).with_name("ical_js_reader.mjs")

WITHOUT = "without a reason"

Told = dict[str, Any]
Reader = Callable[[Path, datetime, datetime], list[Taken]]


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
    open_by: Counter[str] = Counter()
    for file in files:
        open_by.update(compare(file, told.folder, readers))
    lost = open_by.pop(WITHOUT, 0)
    for words, count in open_by.most_common():
        out(f"{count} left open: {words}")
    out(f"{lost} left open {WITHOUT}")
    sys.exit(1 if lost else 0)


def compare(file: Path, folder: Path, readers: dict[str, Reader]) -> Iterator[str]:
    """Print what is left open of one file, and a line of counts; yield the reason of each time."""
    name = file.relative_to(folder)
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
            for taken, span in left_open(theirs, ours, begins, ends):
                why = reason(taken, partial(covers, ours)) or WITHOUT
                out(f"{name}: LEFT OPEN, by {reader}: {span[0]:%Y-%m-%d %H:%M} to {span[1]}: {why}")
                yield why
        warnings = f" {reading.warnings}" if reading.warnings else ""
        out(f"{name} from {begins.year}: {', '.join(counts)}{warnings}")


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
    theirs: list[Taken], ours: list[Span], begins: datetime, ends: datetime
) -> Iterator[tuple[Taken, Span]]:
    """Those of their times that ours does not cover, with the part of them from where it stops."""
    for taken in {taken.span: taken for taken in theirs}.values():
        lower, upper = max(taken.starts_at, begins), min(taken.ends_at, ends)
        covered = covered_to(ours, lower)
        if lower < upper and covered < upper:
            yield taken, (covered, upper)


def covered_to(ours: list[Span], moment: datetime) -> datetime:
    """Up to when our times go on without a gap from a moment."""
    for start, end in sorted(ours):
        if start <= moment < end:
            moment = end
    return moment


def covers(ours: list[Span], span: Span) -> bool:
    return covered_to(ours, span[0]) >= span[1]


def by_the_library(file: Path, begins: datetime, ends: datetime) -> list[Taken]:
    spans = []
    tzp.use_zoneinfo()  # or it would know the zones of other files
    for calendar in Calendar.from_ical(file.read_bytes(), multiple=True):
        if calendar.name != "VCALENDAR" or str(calendar.get("METHOD", "")).upper() == "CANCEL":
            continue
        query = recurring_ical_events.of(
            calendar, skip_bad_series=True, keep_recurrence_attributes=True
        )
        for event in query.between(begins - DAY, ends + DAY):
            free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
            if not free and str(event.get("STATUS", "")).upper() != "CANCELLED":
                spans.append(Taken(instant(event.start), instant(event.end), _lines(event)))
    return spans


def _lines(event: Event) -> str:
    kept = Event()
    for name in ("DTSTART", "RRULE", "RDATE", "EXDATE", "EXRULE"):
        if name in event:
            kept[name] = event[name]
    return kept.to_ical().decode().partition("\r\n")[2].rpartition("END:VEVENT")[0].strip()


def by_ical_js(checkout: Path) -> Reader:
    module = (checkout / "lib/ical/module.js").resolve()

    @cache
    def read(file: Path) -> list[Taken]:
        years = windows(file.read_bytes())
        whole = [years[0][0].isoformat(), years[-1][1].isoformat()]
        told = subprocess.run(
            ["node", ICAL_JS_READER, module, file, *whole],
            check=True,
            capture_output=True,
            timeout=60,
        )
        return [_taken(*each) for each in json.loads(told.stdout)]

    return lambda file, begins, ends: [
        taken for taken in read(file) if taken.starts_at < ends and taken.ends_at > begins
    ]


def _taken(start: Told, end: Told, lines: str, *early: Told | None) -> Taken:
    starts_at, ends_at = (_of_json(told) if told else None for told in early)
    by_offset = (starts_at, ends_at) if starts_at and ends_at else None
    return Taken(_of_json(start), _of_json(end), lines, by_offset)


def _of_json(told: Told) -> datetime:
    """A time as `ical_js_reader.mjs` prints it: seconds, or what a clock shows, of some zone."""
    if "seconds" in told:
        return datetime.fromtimestamp(told["seconds"], UTC)
    return instant(datetime.fromisoformat(told["clock"]), told["zone"])


if __name__ == "__main__":
    main()
