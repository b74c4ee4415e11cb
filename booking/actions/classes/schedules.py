"""Weekly classes: their dates are made some weeks ahead, on each of their days that is open."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from booking.actions.claiming import lock
from booking.actions.classes.sessions import cancel_session, create_session
from booking.actions.errors import JustTaken, SeatsTaken, StaleSession
from booking.models import ClassSchedule, ClassSession
from booking.scheduling.weekly_dates import DateToMake, missing_dates, missing_dates_of
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
    if schedule.first_day > last_day:  # it has not begun, and is not to, today either
        schedule.first_day = last_day = last_day - DAY
    schedule.last_day = last_day
    schedule.save(update_fields=["first_day", "last_day"])
    log(schedule, "wagtail.edit", user=by)
    later = schedule.sessions.open().filter(
        scheduled_day__gt=schedule.last_day, starts_at__gt=timezone.now()
    )
    return sum(not _end_if_empty(session) for session in later)


def _end_if_empty(session: ClassSession) -> bool:
    try:
        with transaction.atomic():
            cancel_session(session)
    except (SeatsTaken, StaleSession):
        return False
    return True


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
