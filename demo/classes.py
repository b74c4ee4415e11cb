"""The demo's class: every Monday and Thursday, a full one ahead and somebody who waits for it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q

from booking.actions.classes.schedules import create_schedule
from booking.actions.classes.sessions import create_session
from booking.actions.classes.waiting import wait_for_seat
from booking.actions.requests import Contact
from booking.actions.visits import mark_arrived, mark_completed, mark_no_show
from booking.models import Appointment, ClassSchedule, ClassSession, Practitioner, Service
from booking.scheduling.query import AvailabilityQuery
from booking.scheduling.weekly_dates import wall_instant
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location

CLASS = "corrective-exercise-class"
DAYS, BEGINS = (0, 3), time(16)
# How many come to the next dates: the first is full.
COMING = (6, 4, 1)
# Nobody who comes already: on a busy day all other patients may.
WAITS = Contact(name="Leo Marchetti", phone="+18055550139", email="leo@patient.example")


def set_class_days(
    practitioner: Practitioner, location: Location, today: date, *, by: User
) -> list[ClassSession]:
    """Have the class meet, and have met in the last week; return those dates of the past."""
    service = Service.objects.get(slug=CLASS)
    what: dict[str, Any] = {"service": service, "location": location, "practitioner": practitioner}
    past = [today - timedelta(days=n) for n in range(7, 0, -1)]
    met = [wall_instant(day, BEGINS, location.zone) for day in past if day.weekday() in DAYS]
    gone = [create_session(**what, starts_at=at, seats=service.seats) for at in met if at]
    for weekday in DAYS:
        schedule = ClassSchedule(
            **what, weekday=weekday, begins=BEGINS, seats=service.seats, first_day=today
        )
        create_schedule(schedule, by=by)
    return gone


def fill_class_dates(now: datetime, book: Callable[[datetime], Appointment]) -> None:
    """Have people come to the next dates that can be booked online still."""
    soon = now + timedelta(hours=Service.objects.get(slug=CLASS).notice_hours)
    dates = ClassSession.objects.open().filter(starts_at__gt=soon).order_by("starts_at")
    for session, people in zip(dates, COMING, strict=False):
        for _person in range(people):
            book(session.starts_at)


def note_who_came(visit: Appointment, *, came: bool, by: User) -> None:
    if not came:
        mark_no_show(visit, by=by)
        return
    mark_arrived(visit, by=by)
    mark_completed(visit, by=by)


def wait_for_full_class(now: datetime) -> None:
    """Have a seventh wait for the first date that is full."""
    ahead = ClassSession.objects.open().filter(starts_at__gt=now).order_by("starts_at")
    taken = Count("seat_rows", filter=Q(seat_rows__appointment__isnull=False))
    session = ahead.annotate(taken=taken).filter(taken=COMING[0]).first()
    if session:
        search = AvailabilityQuery(session.service, session.location, by_desk=True)
        key = "demo waits for a seat"
        wait_for_seat(search, session.starts_at, contact=WAITS, idempotency_key=key)
