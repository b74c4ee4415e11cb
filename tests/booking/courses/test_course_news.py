"""Patients are told of a course in one email that lists all its visits, with one calendar file."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from booking.actions.courses.changes import cancel_rest, undo_course_changes
from booking.actions.errors import CannotUndo, JustTaken, StaleAppointment
from booking.actions.undo import undo_change
from booking.actions.visits import (
    cancel_appointment,
    cancel_by_patient,
    mark_arrived,
    move_appointment,
)
from booking.manage_links import find_appointment
from booking.models import Appointment, AppointmentEvent, Course, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from tests.booking.courses.factories import JO, WEDNESDAYS, make_course
from tests.booking.factories import at, book

GRACE = timedelta(minutes=3)
Clock = time_machine.Traveller


@pytest.fixture
def course(service: Service, robin: Practitioner, staff: User) -> Course:
    return make_course(service, robin, staff)


@pytest.fixture
def known(course: Course, clock: Clock) -> Course:
    """A course that its patient knows of."""
    leave(clock)
    mail.outbox.clear()
    return course


def leave(clock: Clock) -> list[str]:
    """Let the grace pass; return the subjects of what leaves."""
    clock.shift(GRACE)
    before = len(mail.outbox)
    send_due_emails()
    return [email.subject for email in mail.outbox[before:]]


def waiting() -> OutgoingEmail:
    return OutgoingEmail.objects.get(state="waiting")


def visit_of(course: Course, number: int) -> Appointment:
    related = course.appointments.select_related("location", "service", "practitioner__person")
    return related.order_by("starts_at")[number - 1]


def entries(email: OutgoingEmail) -> dict[str, tuple[str, int]]:
    """The visits of the one file that goes with an email: state and sequence by time."""
    (attachment,) = email.attachments
    assert attachment["kind"] == "text/calendar; method=PUBLISH"
    events = Calendar.from_ical(attachment["text"]).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events)
    return {
        f"{event.decoded('dtstart'):%m-%d %H:%M}": (str(event["status"]), int(event["sequence"]))
        for event in events
    }


def test_one_email_lists_all_times_and_one_file_holds_them(course: Course) -> None:
    email = waiting()
    assert email.to == JO
    assert email.subject == f"Your visits {course.reference} are booked"
    for number in range(1, 7):
        assert f"Visit {number} of 6" in email.text
        assert f"Visit {number} of 6" in email.html
    assert email.text.count("10:00 AM PST") == 6
    assert len(entries(email)) == 6
    tokens = re.findall(r"/book/mine/([^/]+)/", email.text)
    found = [find_appointment(token, now=timezone.now()) for token in tokens]
    assert [visit.starts_at for visit in found if visit] == WEDNESDAYS


def test_a_move_sends_all_again_with_the_new_time(known: Course, staff: User, clock: Clock) -> None:
    move_appointment(visit_of(known, 2), starts_at=at(14, 15), by=staff)
    email = waiting()
    assert email.subject == f"Your visits {known.reference} have changed"
    assert "It was on Wednesday, January 13, 2027, 10:00 AM PST." in email.text
    assert email.text.count("Visit ") == 6
    assert entries(email)["01-14 23:00"] == ("CONFIRMED", 2)
    assert len(leave(clock)) == 1


def test_several_changes_within_the_grace_are_one_email(
    known: Course, staff: User, clock: Clock
) -> None:
    move_appointment(visit_of(known, 2), starts_at=at(14, 15), by=staff)
    move_appointment(visit_of(known, 3), starts_at=at(21, 15), by=staff)
    cancel_appointment(visit_of(known, 4), reason="Robin is away.", by=staff)
    assert len(leave(clock)) == 1
    text = str(mail.outbox[0].body)
    assert text.count("It was on ") == 2
    assert "Canceled: Wednesday, January 27" in text
    assert "Robin is away." in text
    assert "Visit 5 of 5" in text


def test_a_visit_moved_before_the_first_email_left_is_told_of_in_it(
    course: Course, staff: User, clock: Clock
) -> None:
    move_appointment(visit_of(course, 2), starts_at=at(14, 15), by=staff)
    assert leave(clock) == [f"Your visits {course.reference} are booked"]
    assert "Thursday, January 14" in mail.outbox[0].body
    assert "January 13" not in mail.outbox[0].body


def test_what_is_moved_and_moved_back_within_the_grace_nobody_hears_of(
    known: Course, staff: User, clock: Clock
) -> None:
    event = move_appointment(visit_of(known, 2), starts_at=at(14, 15), by=staff)
    undo_change(event, by=staff)
    assert leave(clock) == []


def test_what_was_moved_back_and_then_is_undone_is_told_after_all(
    known: Course, staff: User, clock: Clock
) -> None:
    move_appointment(visit_of(known, 2), starts_at=at(14, 15), by=staff)
    back = move_appointment(visit_of(known, 2), starts_at=WEDNESDAYS[1], by=staff)
    assert not OutgoingEmail.objects.filter(state="waiting").exists()
    undo_change(back, by=staff)
    assert leave(clock) == [f"Your visits {known.reference} have changed"]
    assert "It was on Wednesday, January 13, 2027, 10:00 AM PST." in mail.outbox[-1].body


def test_an_undo_after_the_email_has_left_is_told_as_a_mistake(
    known: Course, staff: User, clock: Clock
) -> None:
    event = move_appointment(visit_of(known, 2), starts_at=at(14, 15), by=staff)
    leave(clock)
    undo_change(event, by=staff)
    assert leave(clock) == [f"Please ignore our last email about {known.reference}"]
    assert "Wednesday, January 13" in mail.outbox[-1].body


def test_the_links_of_all_visits_work_on_if_a_change_is_undone_in_time(
    course: Course, staff: User, clock: Clock
) -> None:
    tokens = re.findall(r"/book/mine/([^/]+)/", waiting().text)
    leave(clock)
    undo_change(move_appointment(visit_of(course, 2), starts_at=at(14, 15), by=staff), by=staff)
    leave(clock)
    assert all(find_appointment(token, now=timezone.now()) for token in tokens)


def test_a_patient_who_moves_or_cancels_one_gets_the_list_at_once(known: Course) -> None:
    move_appointment(visit_of(known, 2), starts_at=at(14, 15))
    assert waiting().due_at <= timezone.now()
    OutgoingEmail.objects.all().delete()
    cancel_by_patient(visit_of(known, 6))
    email = waiting()
    assert "Canceled: Wednesday, February 10" in email.text
    assert entries(email)["02-10 18:00"] == ("CANCELLED", 2)


def test_what_a_patient_does_takes_the_desks_news_of_the_other_visits_along(
    known: Course, staff: User, clock: Clock
) -> None:
    cancel_appointment(visit_of(known, 3), reason="Robin is away.", by=staff)
    move_appointment(visit_of(known, 1), starts_at=at(8, 15), by=staff)
    move_appointment(visit_of(known, 1), starts_at=at(7, 15))
    assert leave(clock) == [f"Your visits {known.reference} have changed"]
    text = str(mail.outbox[0].body)
    assert "Canceled: Wednesday, January 20" in text
    assert "Robin is away." in text
    assert "It was on Friday, January 8" in text  # where they have found it


def test_the_desks_change_is_corrected_if_it_is_undone_after_a_patient_heard_of_it(
    known: Course, staff: User, clock: Clock
) -> None:
    event = cancel_appointment(visit_of(known, 3), by=staff)
    move_appointment(visit_of(known, 1), starts_at=at(7, 15))
    leave(clock)
    undo_change(event, by=staff)
    assert leave(clock) == [f"Please ignore our last email about {known.reference}"]


def test_the_rest_is_called_off_in_one_step_with_one_email(
    known: Course, staff: User, clock: Clock
) -> None:
    clock.move_to(WEDNESDAYS[0])
    mark_arrived(visit_of(known, 1), by=staff)
    clock.shift(timedelta(hours=2))
    seen = dict(known.appointments.filter(state="confirmed").values_list("pk", "version"))
    events = cancel_rest(known, seen, reason="As agreed on the phone.", by=staff)
    assert len(events) == 5
    assert visit_of(known, 1).state == "arrived"
    assert leave(clock) == [f"Your visits {known.reference} are canceled"]
    assert "As agreed on the phone." in mail.outbox[-1].body


def test_a_list_that_has_changed_since_calls_off_nothing(known: Course, staff: User) -> None:
    seen = dict(known.appointments.values_list("pk", "version"))
    move_appointment(visit_of(known, 2), starts_at=at(14, 15), by=staff)
    with pytest.raises(StaleAppointment):
        cancel_rest(known, seen, by=staff)
    assert known.appointments.filter(state="confirmed").count() == 6


def test_undoing_the_booking_takes_the_whole_course_back_and_tells_nobody(
    course: Course, staff: User, clock: Clock
) -> None:
    undo_course_changes(AppointmentEvent.objects.all(), by=staff)
    assert not course.appointments.exclude(state="canceled").exists()
    assert not any(visit.claims.exists() for visit in course.appointments.all())
    assert leave(clock) == []


def test_undoing_a_cancellation_brings_all_back_or_none(
    known: Course, service: Service, robin: Practitioner, staff: User, clock: Clock
) -> None:
    seen = dict(known.appointments.values_list("pk", "version"))
    events = cancel_rest(known, seen, by=staff)
    other = book(service, WEDNESDAYS[4], practitioner=robin, by=staff)
    with pytest.raises(JustTaken):
        undo_course_changes(events, by=staff)
    assert not known.appointments.exclude(state="canceled").exists()
    cancel_appointment(other, by=staff)
    OutgoingEmail.objects.all().delete()
    undo_course_changes(events, by=staff)
    assert known.appointments.filter(state="confirmed").count() == 6
    with pytest.raises(CannotUndo):
        undo_course_changes(events, by=staff)
