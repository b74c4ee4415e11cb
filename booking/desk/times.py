"""How the desk gives a time: one of those that are free, or another one by hand."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from booking.models import Practitioner
from booking.scheduling import slots
from booking.scheduling.slots import AvailabilityQuery, Slot
from clinic_site.clinic.clock_times import clock
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY

DAYS_AHEAD = 366
VALUE = re.compile(r"(\d{8}T\d{4})Z-(\d{0,9})", re.ASCII)
ISO = "%Y%m%dT%H%M"


class Time(NamedTuple):
    """A time in UTC, with somebody or, for None, with anybody who is free."""

    starts_at: datetime
    practitioner: Practitioner | None


class Choice(NamedTuple):
    value: str
    label: str
    chosen: bool = False


def value_of(starts_at: datetime, practitioner_id: int | None) -> str:
    """Write a time as forms send it."""
    return f"{starts_at.astimezone(UTC):{ISO}}Z-{practitioner_id or ''}"


def wall_time_in_utc(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """Return the wall time in UTC; of a time that comes twice, the first.

    Raises ValidationError for one that the clocks skip.
    """
    meant = datetime.combine(day, wall, tzinfo=zone)
    found = meant.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != meant.replace(tzinfo=None):
        raise ValidationError(_("The clocks skip this time on that day. Please enter another."))
    return found


def today_at(location: Location) -> date:
    return timezone.localdate(timezone=location.zone)


class DayField(forms.DateField):
    widget: Any = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%m/%d/%Y"], **kwargs)


class ClockField(forms.TimeField):
    widget: Any = forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": 300})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p"], **kwargs)


class SlotField(forms.Field):
    """One of the free times that were shown. Whether it is still free, its action finds out."""

    widget = forms.HiddenInput  # drawn by the template, as a choice for each day

    def to_python(self, value: Any) -> Time | None:
        return read_time(value) if value else None


class SlotsField(forms.Field):
    """Several of the free times that were shown."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[Time]:
        return [read_time(each) for each in value or []]


def read_time(value: str) -> Time:
    found = VALUE.fullmatch(value)
    try:
        starts_at = datetime.strptime(found[1], ISO).replace(tzinfo=UTC) if found else None
    except ValueError:
        starts_at = None
    if not (found and starts_at):
        raise ValidationError(_("Please choose one of the times."))
    if not found[2]:
        return Time(starts_at, None)
    practitioner = Practitioner.objects.active().filter(pk=found[2]).first()
    if practitioner is None:
        raise ValidationError(_("This practitioner can’t be booked. Please choose another time."))
    return Time(starts_at, practitioner)


class Week:
    """A week of free times to choose from, and what has been chosen in other weeks."""

    def __init__(
        self,
        search: AvailabilityQuery,
        first: date,
        *,
        chosen: list[str],
        named: bool = False,
        without_own: bool = False,
    ) -> None:
        today, self.search = today_at(search.location), search
        self.first = min(max(first, today), today + DAYS_AHEAD * DAY)
        self.last = self.first + 6 * DAY
        # The one with whom it would be is named even if several are free.
        self.named = named
        self.people = {person.pk: person.name for person in search.practitioners}
        self.chosen = chosen
        now = timezone.now()
        week = slots.free_times_of_week(search, self.first, now=now) if self.people else []
        if without_own:
            week = [(day, self.without_own(found)) for day, found in week]
        self.days = [(day, [self.choice(slot) for slot in found]) for day, found in week if found]
        shown = {choice.value for _day, choices in self.days for choice in choices}
        zone = search.location.zone
        self.elsewhere = [choice_of_time(value, zone) for value in chosen if value not in shown]
        self.next = [] if self.days else slots.next_free_times(search, now=now, count=1)
        self.earlier = max(self.first - 7 * DAY, today) if self.first > today else None
        self.later = self.first + 7 * DAY
        self.full: list[Choice] = []  # to wait for, where a form lets one

    def without_own(self, found: list[Slot]) -> list[Slot]:
        """Leave out the time that the appointment has with the same person: it is no other."""
        visit = self.search.appointment
        own = visit and (visit.starts_at, visit.practitioner_id)
        others = (
            replace(
                slot,
                practitioners=tuple(pk for pk in slot.practitioners if (slot.starts_at, pk) != own),
            )
            for slot in found
        )
        return [slot for slot in others if slot.practitioners]

    def choice(self, slot: Slot) -> Choice:
        ids = slot.practitioners
        value = value_of(slot.starts_at, ids[0] if self.named or len(ids) == 1 else None)
        names = ", ".join(self.people[pk] for pk in (ids[:1] if self.named else ids))
        time = clock(slot.local)
        label = time if self.search.practitioner else f"{time} · {names}"
        if slot.seats_left is not None:
            left = ngettext("%(left)s seat left", "%(left)s seats left", slot.seats_left)
            label = f"{label} · {left % {'left': slot.seats_left}}"
        return Choice(value, label, value in self.chosen)


def choice_of_time(value: str, zone: ZoneInfo) -> Choice:
    """A time that was chosen and is not among those shown."""
    try:
        starts_at, practitioner = read_time(value)
    except ValidationError:
        return Choice("", "")
    label = format_date(starts_at.astimezone(zone), gettext("l, F j, g:i A"))
    return Choice(value, f"{label} · {practitioner}" if practitioner else label, chosen=True)


class TimesForm(forms.Form):
    """Fields with which a time is looked for, chosen, or given by hand.

    A form that has them says what is looked for by `search`. Whether it asks for more times, by
    `show`, or sends one, its view tells.
    """

    practitioner = forms.ModelChoiceField(
        Practitioner.objects.none(),
        label=_("With"),
        required=False,
        empty_label=_("Anyone who is free"),
    )
    first = DayField(label=_("Open times from"), required=False)
    slot: forms.Field = SlotField(required=False)
    # The time was pressed in the calendar: it need not be one that is offered.
    as_clicked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    day = DayField(label=_("Day"), required=False)
    time = ClockField(label=_("Time"), required=False)

    several = False
    # Whether the time that the appointment has already is no choice.
    without_own = False

    def prepare(self, location: Location, practitioners: Any) -> None:
        """Fit the fields to a location."""
        self.place = location
        today = today_at(location)
        self.fields["practitioner"].queryset = practitioners  # type: ignore[attr-defined]
        self.fields["first"].initial = self.initial.get("first") or today
        for name in ("first", "day"):
            self.fields[name].widget.attrs["min"] = today.isoformat()
        self.fields["time"].help_text = _("In %(location)s time (%(zone)s).") % {
            "location": location,
            "zone": location.time_zone,
        }

    def look_for(self, practitioner: Practitioner | None) -> AvailabilityQuery | None:
        """What is searched for; None if that is not known yet."""
        raise NotImplementedError

    @property
    def week(self) -> Week | None:
        search = self.look_for(self._chosen_practitioner())
        if search is None:
            return None
        return Week(
            search,
            self._first(),
            chosen=self._chosen(),
            named=self.several,
            without_own=self.without_own,
        )

    @property
    def chosen(self) -> list[Choice]:
        """What is chosen already, while it is not known what for."""
        choices = [choice_of_time(value, self.place.zone) for value in self._chosen()]
        return [choice for choice in choices if choice.value]

    def _chosen(self) -> list[str]:
        value = self["slot"].value() or []
        return value if isinstance(value, list) else [value]

    @property
    def shows_by_hand(self) -> bool:
        """Whether the fields for a time by hand stand open."""
        return any(self[name].value() or self[name].errors for name in ("day", "time"))

    def clean_first(self) -> None:
        return None  # for looking only

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        today = today_at(self.place)
        # A year off is mistyped, and the ends of the calendar cannot be turned to UTC.
        if day and not today <= day <= today + timedelta(days=DAYS_AHEAD):
            raise ValidationError(_("Please enter a day from today to a year from now."))
        return day

    def chosen_time(self) -> Time | None:
        """The free time that was chosen, or else the one by hand; None if there is neither."""
        cleaned = self.cleaned_data
        if cleaned.get("slot"):
            slot: Time = cleaned["slot"]
            return slot
        by_hand = {name: cleaned.get(name) for name in ("day", "time")}
        if not any(self[name].value() for name in by_hand):
            return None
        for name, value in by_hand.items():
            if value is None and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        if by_hand["day"] is None or by_hand["time"] is None:
            return None
        try:
            starts_at = wall_time_in_utc(by_hand["day"], by_hand["time"], self.place.zone)
        except ValidationError as error:
            self.add_error("time", error)
            return None
        return Time(starts_at, cleaned.get("practitioner"))

    @property
    def by_hand(self) -> bool:
        """Such a time may be outside of anybody's hours."""
        return self.cleaned_data.get("as_clicked") or not self.cleaned_data.get("slot")

    def _chosen_practitioner(self) -> Practitioner | None:
        key = str(self["practitioner"].value() or "")
        people = self.fields["practitioner"].queryset  # type: ignore[attr-defined]
        return people.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None

    def _first(self) -> date:
        value = self["first"].value()
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            return today_at(self.place)
