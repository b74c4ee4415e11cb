"""Whom no email about a course reaches is called once, about all visits that have changed."""

import pytest
import time_machine
from django.utils import timezone

from booking.actions.calls import note_call, undo_call
from booking.actions.courses.changes import cancel_rest, undo_course_changes
from booking.actions.reminders import create_calls_for_undelivered
from booking.actions.undo import undo_change
from booking.models import Appointment, AppointmentEvent, CallTask, Course, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.courses.factories import WEDNESDAYS, make_course

Outcome = CallTask.Outcome
Clock = time_machine.Traveller


@pytest.fixture
def course(service: Service, robin: Practitioner, staff: User) -> Course:
    """A course of somebody without an email address."""
    return make_course(service, robin, staff, email="")


@pytest.fixture
def canceled(course: Course, staff: User) -> list[AppointmentEvent]:
    """What has just been done with its visits, in the order of time."""
    seen = dict(course.appointments.values_list("pk", "version"))
    return cancel_rest(course, seen, by=staff)


def calls() -> list[CallTask]:
    return list(CallTask.objects.to_make(timezone.now()))


def called_about() -> list[Appointment]:
    return [call.appointment for call in calls()]


def test_who_is_on_the_phone_gets_no_call(course: Course) -> None:
    assert calls() == []


def test_whom_no_email_reaches_gets_one_call(canceled: list[AppointmentEvent]) -> None:
    (call,) = calls()
    assert (call.reason, call.appointment) == (CallTask.Reason.NO_EMAIL, canceled[0].appointment)


def test_one_visit_undone_leaves_the_call_about_the_others(
    canceled: list[AppointmentEvent], staff: User
) -> None:
    undo_change(canceled[0], by=staff)
    assert called_about() == [canceled[1].appointment]
    undo_course_changes(canceled[1:], by=staff)
    assert calls() == []


def test_the_call_outlasts_the_first_visit(canceled: list[AppointmentEvent], clock: Clock) -> None:
    clock.move_to(WEDNESDAYS[1])
    assert called_about() == [canceled[1].appointment]


def test_who_was_reached_has_heard_of_all_visits(
    canceled: list[AppointmentEvent], staff: User
) -> None:
    (call,) = calls()
    note_call(call, Outcome.REACHED, by=staff)
    assert calls() == []
    call.refresh_from_db()
    undo_call(call, by=staff)
    assert calls() == [call]
    assert CallTask.objects.filter(done_at=None, tries=0, outcome="").count() == 6


def test_who_was_not_reached_is_called_again_once(
    canceled: list[AppointmentEvent], staff: User
) -> None:
    (call,) = calls()
    note_call(call, Outcome.NO_ANSWER, by=staff)
    assert calls() == [call]


def test_a_call_about_a_course_ends_none_about_another(
    canceled: list[AppointmentEvent], service: Service, robin: Practitioner, staff: User
) -> None:
    other = make_course(service, robin, staff, key="other", email="", name="Lee Wong")
    cancel_rest(other, dict(other.appointments.values_list("pk", "version")), by=staff)
    first, second = calls()
    note_call(first, Outcome.REACHED, by=staff)
    assert calls() == [second]


def test_an_email_that_does_not_arrive_is_one_call_as_long_as_a_visit_is_ahead(
    service: Service, robin: Practitioner, staff: User, clock: Clock
) -> None:
    course = make_course(service, robin, staff)
    OutgoingEmail.objects.update(state=OutgoingEmail.State.FAILED)
    create_calls_for_undelivered(timezone.now())
    create_calls_for_undelivered(timezone.now())
    first, second = course.appointments.order_by("starts_at")[:2]
    assert called_about() == [first]
    clock.move_to(WEDNESDAYS[1])
    assert called_about() == [second]
