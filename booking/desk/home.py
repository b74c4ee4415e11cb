"""What the desk sees first: who comes next, who is late, what waits and what runs out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.forms.widgets import Script
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from booking.desk.access import APPOINTMENTS
from booking.desk.closures.decisions import closures_to_handle
from booking.desk.inbox import SHOWN, waiting
from booking.desk.times import today_at
from booking.desk.transition_forms.attendance import ArrivedForm, CompletedForm, NoShowForm
from booking.desk.transition_forms.base import TransitionForm
from booking.desk.transition_forms.table import forms_for
from booking.models import Appointment, CallTask, Course, Practitioner
from booking.scheduling.availability import start_of_day
from clinic_site.access_log.looks import note_looks
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY

State = Appointment.State
# As many as are looked at; the calendar and the inbox have the rest.
NEXT, WAITING, CALLS = 8, 5, 5
PRESSED = (ArrivedForm, CompletedForm, NoShowForm)


class Visit(NamedTuple):
    """A visit of today, with what is pressed when somebody stands at the desk."""

    appointment: Appointment
    forms: list[TransitionForm]


class Count(NamedTuple):
    """How many wait, as far as they are counted."""

    number: int
    shown: str

    @classmethod
    def of(cls, rows: Sequence[Any]) -> "Count":
        number = len(rows)
        return cls(number, f"{SHOWN}+" if number > SHOWN else str(number))


class TodayPanel(Component):
    name = "desk_today"
    template_name = "booking/desk/home.html"
    order = 50

    class Media:
        css = {"all": ["css/admin/desk.css", "css/admin/patients.css"]}
        js = [Script("js/admin/patient-search.js", type="module")]

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @classmethod
    def is_for(cls, request: HttpRequest) -> bool:
        return bool(APPOINTMENTS.user_has_permission(request.user, "view"))

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        now, location = timezone.now(), ClinicDetails.load().location
        shared = {name: (parent_context or {}).get(name) for name in ("csrf_token", "perms")}
        requests = list(_with_names(Appointment.objects.unanswered())[: SHOWN + 1])
        calls = list(CallTask.objects.to_make(now).exclude(try_again_at__gt=now)[: SHOWN + 1])
        unreached = list(Course.objects.unreached(now)[:CALLS])
        rows = waiting(requests, now, {})
        note_looks([*requests[:WAITING], *(call.appointment for call in calls[:CALLS])])
        note_looks(course.whose for course in unreached if course.whose)
        context: dict[str, Any] = shared | {
            "requests": Count.of(requests),
            "expiring": sum(row.expires_soon for row in rows),
            "requested": rows[:WAITING],
            "calls_to_make": Count.of([*unreached, *calls]),
            "unreached": unreached,
            "calls": calls[:CALLS],
            "beyond": Practitioner.objects.booked_beyond_their_file(now),
            "closures": sum(count for _closure, count in closures_to_handle()),
            "may_close": self.request.user.has_perm("clinic.add_closure"),
            "may_change": self.may_change,
            "home": reverse("wagtailadmin_home"),
            "now": now,
        }
        if location is None:
            return context
        today = list(visits_of_day(location, now))
        note_looks(today)
        expected = [visit for visit in today if visit.state == State.CONFIRMED]
        late = [visit for visit in expected if _starts_at(visit) <= now]
        coming = [visit for visit in expected if _starts_at(visit) > now]
        return context | {
            "location": location,
            "visits": len(today),
            "late": self.with_forms(late, now),
            "coming": self.with_forms(coming[:NEXT], now),
            "more": len(coming[NEXT:]),
            "here": self.with_forms([v for v in today if v.state == State.ARRIVED], now),
        }

    @property
    def may_change(self) -> bool:
        return bool(APPOINTMENTS.user_has_permission(self.request.user, "change"))

    def with_forms(self, visits: Iterable[Appointment], now: datetime) -> list[Visit]:
        return [
            Visit(
                visit,
                [form(appointment=visit) for form in forms_for(visit) if form in PRESSED]
                if self.may_change
                else [],
            )
            for visit in visits
        ]


def visits_of_day(location: Location, now: datetime) -> Any:
    """The agreed visits of today, wherever they take place, in the order of time."""
    today = today_at(location)
    begins, ends = (start_of_day(day, location.zone) for day in (today, today + DAY))
    agreed = Appointment.objects.filter(
        state__in=Appointment.AGREED, starts_at__gte=begins, starts_at__lt=ends
    )
    return _with_names(agreed).order_by("starts_at", "pk")


def _with_names(appointments: Any) -> Any:
    return appointments.select_related("location", "service", "practitioner__person")


def _starts_at(visit: Appointment) -> datetime:
    return cast(datetime, visit.starts_at)
