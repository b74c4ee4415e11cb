"""The hours of a week, as people say them: "Monday to Friday, nine to five, at State Street".

A row is the days that have the same hours at the same place; the database has a row for each day.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from booking.desk.times import ClockField, DayField
from booking.models import Practitioner, WeeklyHours
from clinic_site.clinic.models.locations import Location

EMPTY_ROWS = 2


@dataclass(frozen=True)
class Hours:
    """Hours at a place, and from when to when they hold."""

    begins: time
    ends: time
    location_id: int
    first_day: date | None
    last_day: date | None

    @classmethod
    def of(cls, span: WeeklyHours) -> "Hours":
        return cls(span.begins, span.ends, span.location_id, span.first_day, span.last_day)


class SameHoursForm(forms.Form):
    """One row: these hours on these days."""

    days = forms.TypedMultipleChoiceField(
        label=_("Same hours on"),
        coerce=int,
        choices=list(WEEKDAYS_ABBR.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "desk-weekdays"}),
    )
    begins = ClockField(label=_("From"), required=False)
    ends = ClockField(label=_("To"), required=False)
    location = forms.ModelChoiceField(Location.objects.all(), label=_("Location"), required=False)
    first_day = DayField(label=_("Only from (optional)"), required=False)
    last_day = DayField(label=_("Only until (optional)"), required=False)

    def __init__(self, *args: Any, locations: list[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["location"])
        field.choices = [("", ""), *((place.pk, str(place)) for place in locations)]
        # An empty row proposes the first, and counts as empty all the same.
        field.initial = next((place.pk for place in locations), None)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("days"):
            # A row whose days are all taken away goes; a new one says hours without a day.
            if not self.initial.get("days") and (typed.get("begins") or typed.get("ends")):
                self.add_error("days", _("Please select at least one day."))
            return typed
        for name in ("begins", "ends", "location"):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, _("Please fill this in."))
        if not self.errors:
            self._check(typed)
        return typed

    def _check(self, typed: Mapping[str, Any]) -> None:
        fields = {name: typed[name] for name in ("begins", "ends", "first_day", "last_day")}
        span = WeeklyHours(weekday=typed["days"][0], location=typed["location"], **fields)
        try:
            span.validate_constraints(exclude={"practitioner"})
        except ValidationError as refused:
            self.add_error(None, refused)

    @property
    def hours(self) -> Hours:
        typed = self.cleaned_data
        return Hours(
            typed["begins"],
            typed["ends"],
            typed["location"].pk,
            typed["first_day"],
            typed["last_day"],
        )


SameHoursFormSet = formset_factory(SameHoursForm, extra=EMPTY_ROWS)


def hours_rows(
    practitioner: Practitioner | None, locations: list[Location], data: Any = None
) -> BaseFormSet[SameHoursForm]:
    """The rows of a practitioner, and empty ones that propose the first of `locations`."""
    kept = _initial(practitioner) if practitioner and practitioner.pk else []
    return SameHoursFormSet(
        data, prefix="hours", initial=kept, form_kwargs={"locations": locations}
    )


def _initial(practitioner: Practitioner) -> list[dict[str, Any]]:
    days: dict[Hours, list[int]] = defaultdict(list)
    for span in practitioner.weekly_hours.order_by("weekday", "begins", "pk"):
        days[Hours.of(span)].append(span.weekday)
    return [
        {
            "days": list(dict.fromkeys(weekdays)),
            "begins": hours.begins,
            "ends": hours.ends,
            "location": hours.location_id,
            "first_day": hours.first_day,
            "last_day": hours.last_day,
        }
        for hours, weekdays in days.items()
    ]


def save_hours(practitioner: Practitioner, rows: BaseFormSet[SameHoursForm]) -> None:
    """Have the database say what valid rows say; days that stay as they were keep their row."""
    wanted = {(weekday, row.hours) for row in rows for weekday in row.cleaned_data.get("days", [])}
    for span in practitioner.weekly_hours.all():
        if (span.weekday, Hours.of(span)) in wanted:
            wanted.discard((span.weekday, Hours.of(span)))
        else:
            span.delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(practitioner=practitioner, weekday=weekday, **asdict(hours))
        for weekday, hours in sorted(wanted, key=lambda each: (each[0], each[1].begins))
    )
