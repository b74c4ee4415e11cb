"""Weekly classes: their dates are made some weeks ahead, on each of their days that is open."""

from datetime import date, datetime
from typing import NamedTuple, cast

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from booking.actions.claiming import lock
from booking.actions.classes.sessions import (
    change_seats,
    create_session,
    end_if_empty,
    move_session,
)
from booking.actions.classes.taking_back import as_they_are, keep_before
from booking.actions.errors import JustTaken, NotOffered, SeatsTaken, StaleSession, TimeIsPast
from booking.models import ClassSchedule, ClassSession
from booking.scheduling.class_dates import is_closed
from booking.scheduling.closures import closures_of
from booking.scheduling.weekly_dates import (
    DateToMake,
    missing_dates,
    missing_dates_of,
    wall_instant,
)
from clinic_site.accounts.models import User
from clinic_site.clinic.opening_hours import DAY


@transaction.atomic
def create_schedule(schedule: ClassSchedule, *, by: User) -> list[DateToMake]:
    """Store a weekly class and make its dates. Returns those whose time is taken."""
    schedule.save()
    log(schedule, "wagtail.create", user=by)
    return make_dates_of(schedule, timezone.now())


@transaction.atomic
def end_schedule(schedule: ClassSchedule, last_day: date, *, by: User) -> int:
    """Let a weekly class meet no more after a day, or as soon as it ends anyway.

    Later dates that nobody has booked are called off; the others stay until the desk cancels them.
    Returns how many stay.
    """
    lock([schedule.practitioner_id])  # so that its dates are not just being made
    schedule.refresh_from_db()
    last_day = min(last_day, schedule.last_day or last_day)
    later = list(
        schedule.sessions.open().filter(scheduled_day__gt=last_day, starts_at__gt=timezone.now())
    )
    before = as_they_are(schedule, later)
    if schedule.first_day > last_day:  # it has not begun, and is not to, today either
        schedule.first_day = last_day = last_day - DAY
    schedule.last_day = last_day
    schedule.save(update_fields=["first_day", "last_day"])
    log(schedule, "wagtail.edit", user=by)
    stay = sum(not end_if_empty(session) for session in later)
    keep_before(schedule, before)
    return stay


class ScheduleChange(NamedTuple):
    """What has come of the dates of a weekly class that was changed."""

    schedule: ClassSchedule
    told: int  # who comes or waits, and is told that their date has changed
    stay: list[ClassSession]  # as they were, with people in them
    taken: list[DateToMake]  # not set, since their time is taken


@transaction.atomic
def change_schedule(
    schedule: ClassSchedule, new: ClassSchedule, *, with_booked: bool, by: User
) -> ScheduleChange:
    """Have a weekly class meet as `new` says, from its first day on.

    Each date from then on is moved along; one that people have booked or wait for only
    `with_booked`, who are told. A date that was moved by hand or called off stays what it is. What
    cannot be moved stays as well.
    """
    lock([schedule.practitioner_id, new.practitioner_id])
    schedule.refresh_from_db()
    if schedule.last_day and schedule.last_day < new.first_day:
        raise NotOffered  # somebody has just ended it
    dates = list(schedule.sessions.filter(scheduled_day__gte=new.first_day).order_by("starts_at"))
    before = as_they_are(schedule, dates)
    new.last_day = schedule.last_day
    new.save()
    _stop_before(schedule, new.first_day)
    log(schedule, "wagtail.edit", user=by)
    told, stay = 0, []
    days = (new.weekday - schedule.weekday) % 7 * DAY
    for session in dates:
        planned_day = cast(date, session.scheduled_day)
        day = planned_day + days
        ClassSession.objects.filter(pk=session.pk).update(schedule=new, scheduled_day=day)
        if not session.is_open or not _is_as_planned(schedule, session, planned_day):
            continue
        people = session.appointments.standing().count()
        if people and not with_booked:
            stay.append(session)
        elif _move_along(session, new, day, by=by):
            told += people
        elif people or not end_if_empty(session):
            stay.append(session)
    taken = make_dates_of(new, timezone.now())
    keep_before(schedule, before, new=new)
    return ScheduleChange(new, told, stay, taken)


def _stop_before(schedule: ClassSchedule, day: date) -> None:
    schedule.last_day = day - DAY
    schedule.first_day = min(schedule.first_day, schedule.last_day)
    schedule.save(update_fields=["first_day", "last_day"])


def _is_as_planned(schedule: ClassSchedule, session: ClassSession, day: date) -> bool:
    """Whether a date ahead is when, where and with whom its weekly class meets."""
    planned = wall_instant(day, schedule.begins, schedule.location.zone)
    there = (schedule.practitioner_id, schedule.location_id)
    is_there = (session.practitioner_id, session.location_id) == there
    return session.starts_at == planned and is_there and session.starts_at > timezone.now()


def _move_along(session: ClassSession, new: ClassSchedule, day: date, *, by: User) -> bool:
    """Give a date the time, person, place and seats of the changed class, or leave it as it is."""
    starts_at = wall_instant(day, new.begins, new.location.zone)
    if starts_at is None or _is_closed_then(new, starts_at, session):
        return False
    now_there = (session.starts_at, session.practitioner_id, session.location_id)
    try:
        with transaction.atomic():
            if now_there != (starts_at, new.practitioner_id, new.location_id):
                move_session(
                    session,
                    starts_at=starts_at,
                    practitioner=new.practitioner,
                    location=new.location,
                    by=by,
                )
            if session.seats != new.seats:
                change_seats(session, new.seats, by=by)
    except (JustTaken, SeatsTaken, StaleSession, TimeIsPast):
        session.refresh_from_db()
        return False
    return True


def _is_closed_then(new: ClassSchedule, starts_at: datetime, session: ClassSession) -> bool:
    ends_at = starts_at + (session.ends_at - session.starts_at)
    day, person = starts_at.astimezone(new.location.zone).date(), new.practitioner_id
    closures = closures_of([person], new.location, day - DAY, day + DAY)
    return is_closed(person, starts_at, ends_at, closures, new.location.zone)


def make_class_dates(now: datetime) -> int:
    """Make the dates of all weekly classes that are missing. Returns how many were made."""
    running = ClassSchedule.objects.running(now - DAY)
    schedules = list(running.filter(service__active=True, practitioner__active=True))
    missing = missing_dates_of(schedules, now)
    return sum(_make(schedule, missing[schedule.pk])[0] for schedule in schedules)


def make_dates_of(schedule: ClassSchedule, now: datetime) -> list[DateToMake]:
    """Make what is missing of one weekly class. Returns the dates whose time is taken."""
    return _make(schedule, missing_dates(schedule, now))[1]


def _meets_on(schedule: ClassSchedule, day: date) -> bool:
    """Whether it still does: somebody may just have ended it."""
    stored = ClassSchedule.objects.filter(Q(last_day=None) | Q(last_day__gte=day), pk=schedule.pk)
    return stored.exists()


def _make(schedule: ClassSchedule, dates: list[DateToMake]) -> tuple[int, list[DateToMake]]:
    """Make dates; return how many were made, and those whose time is taken."""
    made, taken = 0, []
    for missing in dates:
        try:
            with transaction.atomic():
                lock([schedule.practitioner_id])
                if not _meets_on(schedule, missing.day):
                    continue
                create_session(
                    service=schedule.service,
                    location=schedule.location,
                    practitioner=schedule.practitioner,
                    starts_at=missing.starts_at,
                    seats=schedule.seats,
                    schedule=schedule,
                    scheduled_day=missing.day,
                )
        except JustTaken:
            taken.append(missing)
        except IntegrityError:  # somebody else has just made it
            continue
        else:
            made += 1
    return made, taken
