"""A patient whom the desk has invited chooses the times of a course, and books them at once.

All that was chosen stands in the address, so that going back loses nothing; to look changes
nothing, and who posts twice, or comes back later, sees what is booked.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from booking.actions.courses.booking import WantedVisit
from booking.actions.courses.invitations import book_invited, find_course
from booking.actions.errors import AlreadyBooked, TimesGone
from booking.formatting import instant
from booking.ical.export import visits_file
from booking.models import Appointment, Course
from booking.public.forms.fields import read_instant
from booking.public.timetable import next_times, read_week, times_of_week
from booking.public.views.done import calendar_answer
from booking.public.views.private_link import link_gone
from booking.scheduling.course_times import PlannedVisit, plan_course
from booking.scheduling.query import AvailabilityQuery, Slot
from clinic_site.http.csrf import lead_to, public_form
from clinic_site.http.security import secret_address

GONE = _("One or more of these times are no longer open. We’ve picked the nearest instead.")
TOO_FEW = _("Please choose a time for each visit, or call us.")
MESSAGES = {"gone": GONE, "few": TOO_FEW}


@dataclass(frozen=True)
class CourseChoice:
    """One visit, the times to choose from, and the one that is chosen."""

    number: int
    visit: PlannedVisit
    chosen: Slot | None
    was_gone: bool = False

    @property
    def name(self) -> str:
        return f"visit-{self.number}"


@public_form
@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def choose_course(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the first time; propose the others; on a post book all of them, or none."""
    course = find_course(token, now=timezone.now())
    here = reverse("booking:course", args=[token])
    if request.method == "POST":
        return _book(request, course, here) if course else lead_to(f"{here}?undone=booked")
    if course is None:
        return link_gone(request)
    if course.booked_at:
        return _show_booked(request, course, token)
    first = read_instant(request.GET.get("starts_at", ""))
    if first is None:
        return _ask_first(request, course, here)
    return _propose(request, course, first, here)


@public_form
@secret_address
@require_safe
def course_calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """All visits to come in one file."""
    course = find_course(token, now=timezone.now())
    visits = _visits(course) if course else []
    if course is None or not visits:
        return link_gone(request)
    return calendar_answer(visits_file(visits), course.reference)


def search_for(course: Course) -> AvailabilityQuery:
    """With whom the desk has said or, who takes no more, with anybody."""
    search = AvailabilityQuery(course.service, course.location, course.practitioner, invited=True)
    return search if search.practitioners else replace(search, practitioner=None)


def _ask_first(request: HttpRequest, course: Course, here: str) -> HttpResponse:
    search, now = search_for(course), timezone.now()
    day = read_week(request.GET.get("week", ""))
    timetable = times_of_week(search, day, now=now) if day else next_times(search, now=now)
    return _page(request, "course_first", course, here, timetable=timetable)


def _propose(request: HttpRequest, course: Course, first: datetime, here: str) -> HttpResponse:
    said = request.GET
    person, planned = plan_course(
        search_for(course),
        first,
        course.size,
        weeks_between=course.weeks_between,
        now=timezone.now(),
    )
    choices = [
        _choice(number, visit, read_instant(said.get(f"visit-{number}", "")))
        for number, visit in enumerate(planned, 1)
    ]
    told = {
        "choices": choices,
        "person": person,
        "first": first,
        "message": MESSAGES.get(said.get("told", ""), ""),
        "is_another": person is not None
        and said.get("practitioner", "") not in ("", str(person.pk)),
    }
    return _page(request, "course_times", course, here, **told)


def _choice(number: int, visit: PlannedVisit, wanted: datetime | None) -> CourseChoice:
    found = next((slot for slot in visit.choices if slot.starts_at == wanted), None)
    return CourseChoice(number, visit, found or visit.slot, bool(wanted and not found))


def _book(request: HttpRequest, course: Course, here: str) -> HttpResponse:
    if course.booked_at:
        return lead_to(here)  # sent twice
    said = request.POST
    names = [f"visit-{number}" for number in range(1, course.size + 1)]
    typed = {name: said[name] for name in ("starts_at", "practitioner", *names) if name in said}
    times = [read_instant(said.get(name, "")) for name in names]
    people = {str(one.pk): one for one in search_for(course).practitioners}
    person = people.get(said.get("practitioner", ""))
    wanted = [WantedVisit(time, person) for time in times if time]
    if len(wanted) < course.size or person is None:
        return lead_to(f"{here}?{urlencode(typed | {'told': 'few'})}#problem")
    try:
        book_invited(course, wanted)
    except TimesGone:
        kept = {"starts_at": instant(wanted[0].starts_at)} | typed | {"told": "gone"}
        return lead_to(f"{here}?{urlencode(kept)}#problem")
    except AlreadyBooked:
        return lead_to(here)
    return lead_to(here)


def _show_booked(request: HttpRequest, course: Course, token: str) -> HttpResponse:
    file = reverse("booking:course_calendar", args=[token])
    return _page(request, "course_booked", course, "", visits=_visits(course), file=file)


def _visits(course: Course) -> list[Appointment]:
    """Those to come, in the order of time."""
    ahead = Appointment.objects.upcoming(timezone.now()).filter(course=course)
    return list(ahead.select_related("location", "practitioner__person"))


def _page(
    request: HttpRequest, template: str, course: Course, here: str, **more: Any
) -> HttpResponse:
    context = {"course": course, "location": course.location, "here": here}
    return render(request, f"booking/{template}.html", context | more, status=HTTPStatus.OK)
