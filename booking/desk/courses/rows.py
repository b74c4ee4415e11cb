"""One visit of a course as the desk's form shows it: the times to choose from, and why."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from django import forms
from django.utils.translation import gettext, ngettext

from booking.actions.errors import JustTaken, TimeIsPast
from booking.desk.times import Choice, value_of
from booking.formatting import short_day
from booking.scheduling.course_times import PlannedVisit
from booking.scheduling.query import Slot
from clinic_site.clinic.clock_times import clock

SKIP = "skip"  # in place of a time


@dataclass
class Row:
    """One visit of the course as the desk sees it: the times to choose from, or one by hand."""

    number: int
    choices: list[Choice]
    day: forms.BoundField
    time: forms.BoundField
    hint: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return f"visit-{self.number}"


def slot_value(slot: Slot) -> str:
    return value_of(slot.starts_at, slot.practitioners[0])


def slot_label(slot: Slot) -> str:
    return f"{short_day(slot.local)}, {clock(slot.local)}"


def hint_of(visit: PlannedVisit) -> str:
    """Say why it is not at the time wanted."""
    hints = [
        _hint_of_skipped(day, (then - day).days // 7)
        for day, then in pairwise([*visit.skipped, visit.wanted.date()])
    ]
    if visit.slot is None:
        hints.append(gettext("Nothing is open around this day. Enter a time, or leave it out."))
    elif not visit.is_as_wanted:
        said = {"day": short_day(visit.wanted), "time": clock(visit.wanted)}
        hints.append(gettext("%(day)s, %(time)s is taken or closed. This is the nearest.") % said)
    return " ".join(hints)


def _hint_of_skipped(day: date, weeks: int) -> str:
    hint = ngettext(
        "Nothing is open around %(day)s, so it’s a week later.",
        "Nothing is open around %(day)s, so it’s %(weeks)s weeks later.",
        weeks,
    )
    return hint % {"day": short_day(datetime.combine(day, time())), "weeks": weeks}


def refusal_in_words(refusal: Exception | None) -> str:
    if refusal is None:
        return ""
    if isinstance(refusal, TimeIsPast):
        return gettext("That time has passed.")
    if isinstance(refusal, JustTaken):
        return gettext("That time has just been taken.")
    return gettext("No one offers this at that time.")
