"""Has the desk call whoever has one visit of a course left: to book on, or to say goodbye."""

from datetime import datetime

from django.db import transaction

from booking.models import Appointment, CallTask, Course

State = Appointment.State


@transaction.atomic
def call_before_last_visit(now: datetime) -> int:
    """Ask for a call, once for each course of which one visit is left. Returns how many.

    Not if nothing but cancellations have brought it to that: a visit has to be over.
    """
    asked = 0
    running = Course.objects.filter(booked_at__isnull=False, last_visit_told_at=None)
    for course in running.with_counts(now).filter(left=1):
        if course.kept + course.missed + course.not_noted == 0:
            continue
        untold = Course.objects.filter(pk=course.pk, last_visit_told_at=None)
        if not untold.update(last_visit_told_at=now):
            continue  # another worker was first
        ahead = Appointment.objects.filter(course=course, state=State.CONFIRMED, ends_at__gt=now)
        if last := ahead.first():  # else it has been canceled since they were counted
            CallTask.objects.ask(last, CallTask.Reason.COURSE)
            asked += 1
    return asked
