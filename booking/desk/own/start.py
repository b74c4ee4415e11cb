"""What a practitioner sees first, on a phone: who comes today, and where the gaps are."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from booking.desk.calendar.layout import free_runs, row_time
from booking.desk.own.access import practitioner_of
from booking.desk.times import today_at, value_of
from booking.models import Practitioner
from booking.scheduling.agenda import PersonsDay, read_agenda
from clinic_site.access_log.looks import note_looks
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.opening_hours import DAY


class Gap(NamedTuple):
    """Time in which nobody comes, on the clock of the location."""

    begins: time
    ends: time
    block_url: str


class OwnDay(NamedTuple):
    persons_day: PersonsDay
    gaps: list[Gap]


class MyDayPanel(Component):
    name = "own_day"
    template_name = "booking/desk/own/start.html"
    order = 40

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @classmethod
    def is_for(cls, request: HttpRequest) -> bool:
        return practitioner_of(request) is not None

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        practitioner, location = practitioner_of(self.request), ClinicDetails.load().location
        if practitioner is None or location is None:
            return {}
        now, today = timezone.now().astimezone(location.zone), today_at(location)
        agenda = read_agenda(location, [practitioner], today, today + DAY)
        note_looks(agenda.visits)
        days = [agenda.of(practitioner, day) for day in agenda.days]
        return {
            "today": OwnDay(days[0], gaps_of(days[0], practitioner, now)),
            "tomorrow": OwnDay(days[1], gaps_of(days[1], practitioner, now)),
            "now": now,
            "location": location,
        }


def gaps_of(persons_day: PersonsDay, practitioner: Practitioner, now: datetime) -> list[Gap]:
    """What is free of a day from now on."""
    return [_gap(persons_day, run, practitioner, now) for run in free_runs(persons_day, now)]


def _gap(
    persons_day: PersonsDay, run: tuple[int, int], practitioner: Practitioner, now: datetime
) -> Gap:
    begins, ends = map(row_time, run)
    starts_at = datetime.combine(persons_day.day, begins, now.tzinfo)
    slot = value_of(starts_at, practitioner.pk)
    query = {"slot": slot, "next": reverse("wagtailadmin_home")}
    return Gap(begins, ends, f"{reverse('own_calendar:block')}?{urlencode(query)}")
