"""The form that books a course: whose it is, the first time, and the times that come of it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.actions.courses.booking import WantedVisit, book_course
from booking.actions.courses.invitations import invite_to_course
from booking.desk.courses.rows import SKIP, Row, hint_of, refusal_in_words, slot_label, slot_value
from booking.desk.patients.in_booking import ContactPart
from booking.desk.phone_booking import PhoneForm
from booking.desk.times import (
    DAYS_AHEAD,
    Choice,
    ClockField,
    DayField,
    Time,
    read_time,
    today_at,
    wall_time_in_utc,
)
from booking.models import Course, Practitioner, Service
from booking.models.courses.courses import FEWEST_VISITS, MOST_VISITS
from booking.patients.doubles import Visitor, doubles_of
from booking.scheduling.course_times import PlannedVisit, plan_course
from clinic_site.accounts.models import User
from clinic_site.clinic.opening_hours import DAY

WEEKS = [
    (1, _("every week")),
    (2, _("every 2 weeks")),
    (3, _("every 3 weeks")),
    (4, _("every 4 weeks")),
]


def read_near(value: str) -> Time:
    """Read a time within the reach of the desk: of the ends of the calendar nothing is counted."""
    time, now = read_time(value), timezone.now()
    if not now - 2 * DAY <= time.starts_at <= now + (DAYS_AHEAD + 1) * DAY:
        raise ValidationError(_("Please choose one of the times."))
    return time


class CourseForm(PhoneForm):
    size = forms.IntegerField(
        label=_("Number of visits"), min_value=FEWEST_VISITS, max_value=MOST_VISITS, initial=6
    )
    weeks_between = forms.TypedChoiceField(
        label=_("How often"), choices=WEEKS, coerce=int, initial=1
    )

    of_visit = ("service", "location", "size", "weeks_between", "practitioner", "first")

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.refused: Mapping[datetime, Exception] = {}
        self.visits: list[WantedVisit] = []
        self.person: Practitioner | None = None
        self.planned = self._plan() if self._starts_at() else []
        for number in range(1, len(self.planned) + 1):
            self.fields[f"day-{number}"] = DayField(label=_("Day"), required=False)
            self.fields[f"time-{number}"] = ClockField(label=_("Time"), required=False)

    def services(self) -> QuerySet[Service]:
        """A class has dates of its own; whoever would come to several books a seat in each."""
        return super().services().filter(seats=0)

    @property
    def rows(self) -> list[Row]:
        return [self._row(number, visit) for number, visit in enumerate(self.planned, 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = ContactPart.clean(self)
        if self.invites:
            self._check_invitation(cleaned)
        else:
            self._check_visits(cleaned)
        self.ask_whether_known()
        if not self.errors and not self.invites:
            self.look_for_doubles()
        return cleaned

    def look_for_doubles(self) -> None:
        cleaned, service = self.cleaned_data, self.cleaned_data["service"]
        name = cleaned["visitor_name"] or cleaned["name"]
        visitor = Visitor(name, cleaned["phone"], cleaned["email"], self.patient)
        minutes, location = service.duration_minutes, cleaned["location"]
        self.refuse_doubles(
            found
            for visit in self.visits
            for found in doubles_of(visitor, visit.starts_at, minutes, location)
        )

    @property
    def invites(self) -> bool:
        """Whether the patient is to choose the times."""
        return "invite" in self.data

    def _check_invitation(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("An invitation needs an email address."))

    def _check_visits(self, cleaned: dict[str, Any]) -> None:
        if not self.planned:
            if "slot" not in self.errors:
                message = _("Please choose the first time, then check the others.")
                self.add_error("slot", ValidationError(message, code="required"))
            return
        if not self.is_planned:
            message = _("Please check the times of all visits below, then book them.")
            self.add_error("slot", ValidationError(message, code="plan"))
            return
        self.visits = [
            visit
            for number in range(1, len(self.planned) + 1)
            if (visit := self._visit(number)) is not None
        ]
        if len(self.visits) < FEWEST_VISITS and not self.errors:
            self.add_error("size", _("A course has at least two visits."))

    def _visit(self, number: int) -> WantedVisit | None:
        """What was chosen for a visit: a time by hand, one of those shown, or none at all."""
        by_hand = {name: self.cleaned_data.get(f"{name}-{number}") for name in ("day", "time")}
        if any(self[f"{name}-{number}"].value() for name in by_hand):
            for name, value in by_hand.items():
                if value is None and f"{name}-{number}" not in self.errors:
                    self.add_error(f"{name}-{number}", _("Please enter a day and a time."))
            return self._by_hand(number, by_hand["day"], by_hand["time"])
        value = self._chosen_for(number)
        if value == SKIP:
            return None
        try:
            chosen = read_near(value)
        except ValidationError as error:
            self.add_error(f"day-{number}", error)
            return None
        return WantedVisit(chosen.starts_at, chosen.practitioner)

    def _by_hand(self, number: int, day: date | None, wall: time | None) -> WantedVisit | None:
        if day is None or wall is None:
            return None
        today = today_at(self.place)
        if not today <= day <= today + DAYS_AHEAD * DAY:
            self.add_error(f"day-{number}", _("Please enter a day from today to a year from now."))
            return None
        try:
            starts_at = wall_time_in_utc(day, wall, self.place.zone)
        except ValidationError as error:
            self.add_error(f"time-{number}", error)
            return None
        return WantedVisit(starts_at, self.person, outside_hours=True)

    def book_all(self, by: User) -> Course:
        """Book them, or have the patient invited. Raises TimesGone."""
        cleaned = self.cleaned_data
        of_course: dict[str, Any] = {
            "service": cleaned["service"],
            "location": cleaned["location"],
            "practitioner": self.person or cleaned["practitioner"],
            "weeks_between": cleaned["weeks_between"],
            "idempotency_key": f"desk {cleaned['key']}",
            "contact": self.contact,
            "patient": self.patient,
            "by": by,
        }
        if self.invites:
            return invite_to_course(size=cleaned["size"], **of_course)
        return book_course(visits=self.visits, **of_course)

    def refuse(self, refused: Mapping[datetime, Exception]) -> None:
        """Show the nearest open times in place of those that cannot be had."""
        self.refused, self.planned = refused, self._plan()

    def _starts_at(self) -> datetime | None:
        """The first time, if one is chosen."""
        value = self._said("slot")
        try:
            return read_near(value).starts_at if value else None
        except ValidationError:
            return None

    def _plan(self) -> list[PlannedVisit]:
        chosen = read_time(self._said("slot"))
        search = self.look_for(chosen.practitioner or self._chosen_practitioner())
        size, weeks = self._number("size"), self._number("weeks_between")
        if search is None or not (size and weeks):
            return []
        self.person, planned = plan_course(
            search, chosen.starts_at, size, weeks_between=weeks, now=timezone.now()
        )
        return planned

    def _number(self, name: str) -> int | None:
        field = self.fields[name]
        said = self._said(name) or field.initial
        try:
            number: int = field.clean(said)
        except ValidationError:
            return None
        return number

    def _said(self, name: str) -> str:
        source = self.data if self.is_bound else self.initial
        return str(source.get(name) or "")

    def _chosen_for(self, number: int) -> str:
        return self._said(f"visit-{number}") if self.is_planned else ""

    @property
    def basis(self) -> str:
        """What the times below were found for: of anything else they say nothing."""
        named = ("slot", "service", "location", "practitioner", "size", "weeks_between")
        return "|".join(self._said(name) for name in named)

    @property
    def is_planned(self) -> bool:
        return self._said("planned_for") == self.basis

    def _row(self, number: int, visit: PlannedVisit) -> Row:
        wanted = self._chosen_for(number)
        values = {slot_value(slot): slot for slot in visit.choices}
        proposed = slot_value(visit.slot) if visit.slot else SKIP
        gone = self._refusal(wanted)
        # What cannot be had is not chosen again: the nearest stands in its place.
        chosen = wanted if wanted == SKIP or (wanted in values and not gone) else proposed
        choices = [
            Choice(value, slot_label(slot), value == chosen) for value, slot in values.items()
        ]
        skip = Choice(SKIP, gettext("Leave this one out"), chosen == SKIP)
        by_hand = self[f"day-{number}"], self[f"time-{number}"]
        error = gone or self._faults_of(number)
        return Row(number, [*choices, skip], *by_hand, hint_of(visit), error)

    def _faults_of(self, number: int) -> str:
        if not self.is_bound:
            return ""
        said = (*self[f"day-{number}"].errors, *self[f"time-{number}"].errors)
        refused = self._refusal_by_hand(number)
        return " ".join([*map(str, said), *([refused] if refused else [])])

    def _refusal(self, value: str) -> str:
        """Why a time that was chosen cannot be had."""
        try:
            starts_at = read_time(value).starts_at if value and value != SKIP else None
        except ValidationError:
            return ""
        return refusal_in_words(self.refused.get(starts_at)) if starts_at else ""

    def _refusal_by_hand(self, number: int) -> str:
        cleaned = getattr(self, "cleaned_data", {})
        day, wall = cleaned.get(f"day-{number}"), cleaned.get(f"time-{number}")
        if not (day and wall):
            return ""
        try:
            return refusal_in_words(self.refused.get(wall_time_in_utc(day, wall, self.place.zone)))
        except ValidationError:
            return ""
