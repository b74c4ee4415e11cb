"""One reminder some days before, at the hour of the wall clock, whatever happens meanwhile."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from booking.actions.reminders import (
    create_calls_for_undelivered,
    morning_due,
    remind_patients,
    reminder_due,
    reminders_of,
)
from booking.actions.visits import cancel_by_patient, move_appointment
from booking.manage_links import find_appointment, issue_link
from booking.models import Appointment, BookingRules, CallTask, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import SANTA_BARBARA, at, book, make_practitioner, set_rules
from tests.factories import make_user
from tests.outbox import emails_about, emails_to

BERLIN = ZoneInfo("Europe/Berlin")
APIA = ZoneInfo("Pacific/Apia")


@pytest.fixture
def visit(service: Service) -> Appointment:
    """Agreed on Monday at nine, for Wednesday at half past ten."""
    make_practitioner("Robin Alvarez", service)
    set_rules(reminder_days=1)
    staff = make_user("Front desk")
    assert isinstance(staff, User)
    return book(service, at(6, 10, 30), email="jo@patient.example", by=staff)


def reminders() -> list[OutgoingEmail]:
    return list(emails_about("reminder"))


def remind_at(moment: datetime, clock: time_machine.Traveller) -> int:
    clock.move_to(moment)
    return remind_patients(timezone.now())


def test_a_reminder_leaves_a_day_before_the_visit_and_not_a_second_sooner(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    assert remind_at(at(5, 10, 30) - timedelta(seconds=1), clock) == 0
    assert remind_at(at(5, 10, 30), clock) == 1
    [email] = reminders()
    assert email.subject == f"A reminder about your appointment {visit.reference}"
    assert "Wednesday, January 6, 2027, 10:30 AM PST" in email.text


def test_twice_is_once(visit: Appointment, clock: time_machine.Traveller) -> None:
    for hour in (11, 11, 12):
        remind_at(at(5, hour), clock)
    assert len(reminders()) == 1


def test_late_is_better_than_never_and_after_the_visit_is_never(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    Appointment.objects.filter(pk=visit.pk).update(reminded_of=None)
    assert remind_at(at(6, 10, 30), clock) == 0
    assert remind_at(at(6, 10, 29), clock) == 1


def test_after_a_move_the_new_time_is_reminded_of(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    remind_at(at(5, 10, 29), clock)
    move_appointment(visit, starts_at=at(8, 14))
    assert remind_at(at(5, 11), clock) == 0
    assert remind_at(at(7, 14), clock) == 1
    [email] = reminders()
    assert "Friday, January 8, 2027, 2:00 PM PST" in email.text


def test_moved_after_its_reminder_it_is_reminded_of_again(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    remind_at(at(5, 10, 30), clock)
    move_appointment(visit, starts_at=at(8, 14))
    remind_at(at(7, 14), clock)
    assert len(reminders()) == 2


def test_a_canceled_visit_is_not_reminded_of(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    cancel_by_patient(visit)
    assert remind_at(at(5, 10, 30), clock) == 0


def test_whoever_has_just_agreed_is_left_in_peace(
    visit: Appointment, clock: time_machine.Traveller, service: Service
) -> None:
    service.notice_hours = 0
    service.save()
    clock.move_to(at(5, 12))
    move_appointment(visit, starts_at=at(6, 11), by=User.objects.get())
    assert remind_at(at(5, 12, 1), clock) == 0
    assert remind_at(at(5, 23), clock) == 0
    assert reminders() == []


def test_a_reminder_has_a_link_beside_the_earlier_one(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    before = issue_link(visit)
    remind_at(at(5, 10, 30), clock)
    assert find_appointment(before, now=timezone.now()) == visit
    assert visit.manage_links.usable(timezone.now()).count() == 2


def test_the_clinic_may_set_the_hour_or_want_none(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    set_rules(reminder_time=time(18))
    assert remind_at(at(5, 17, 59), clock) == 0
    set_rules(reminders=False)
    assert remind_at(at(5, 18), clock) == 0
    set_rules(reminders=True)
    assert remind_at(at(5, 18), clock) == 1


def test_it_goes_by_the_clock_of_the_location(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    """In New York the visit is at half past one; the server stays on its own time."""
    Location.objects.update(time_zone="America/New_York")
    set_rules(reminder_time=time(13, 30))
    with timezone.override("Asia/Tokyo"):
        assert remind_at(at(5, 10, 29), clock) == 0
        assert remind_at(at(5, 10, 30), clock) == 1


@pytest.mark.parametrize(
    ("visit_at", "zone", "hours"),
    [
        ("2027-03-14 10:00", SANTA_BARBARA, 23),  # the clocks went forward in the night
        ("2027-11-07 10:00", SANTA_BARBARA, 25),  # and back
        ("2027-03-15 02:30", SANTA_BARBARA, 23),  # the hour the night before skipped: as much later
        ("2027-11-08 01:30", SANTA_BARBARA, 25),  # of the hour that came twice, the first
        ("2027-03-28 09:00", BERLIN, 23),
        ("2027-10-31 09:00", BERLIN, 25),
        ("2028-02-29 00:15", BERLIN, 24),
        ("2028-03-01 23:55", APIA, 24),
    ],
)
def test_the_day_before_is_a_day_of_the_wall_clock(
    visit_at: str, zone: ZoneInfo, hours: int
) -> None:
    starts_at = datetime.fromisoformat(visit_at).replace(tzinfo=zone)
    due = reminder_due(starts_at.astimezone(ZoneInfo("UTC")), zone, days=1)
    assert starts_at.timestamp() - due.timestamp() == hours * 3600


def test_by_default_it_leaves_while_a_change_is_free(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    rules = BookingRules()
    rules.full_clean()
    [reminder] = reminders_of(rules)
    assert visit.starts_at is not None
    due = reminder.due(visit.starts_at, visit.location.zone)
    assert visit.starts_at - due == timedelta(hours=48)
    assert due < rules.cancellation_policy.free_until(visit.starts_at)


@pytest.mark.parametrize("at_hour", [None, time(18)])
def test_a_reminder_that_comes_too_late_for_a_free_change_is_refused(at_hour: time | None) -> None:
    rules = BookingRules(reminder_days=1, free_change_hours=24, reminder_time=at_hour)
    with pytest.raises(ValidationError) as refused:
        rules.full_clean()
    assert list(refused.value.message_dict) == ["reminder_days"]


def test_a_second_one_leaves_on_the_morning_of_the_visit(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    set_rules(morning_reminder=True)
    assert remind_at(at(5, 10, 30), clock) == 1
    assert remind_at(at(6, 6, 59), clock) == 0
    assert remind_at(at(6, 7), clock) == 1
    assert remind_at(at(6, 7, 1), clock) == 0
    early = at(6, 7, 30)
    assert morning_due(early, SANTA_BARBARA) == early - timedelta(hours=1)


def test_a_worker_that_was_away_sends_one_reminder_and_not_two(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    set_rules(morning_reminder=True)
    assert remind_at(at(6, 8), clock) == 1
    assert remind_at(at(6, 8, 1), clock) == 0


def lose(appointment: Appointment) -> None:
    emails = emails_to(appointment.email)
    emails.update(state=OutgoingEmail.State.FAILED)


def test_an_email_that_does_not_arrive_becomes_one_call(visit: Appointment) -> None:
    lose(visit)
    assert create_calls_for_undelivered(timezone.now()) == 1
    assert create_calls_for_undelivered(timezone.now()) == 0
    assert [call.reason for call in visit.call_tasks.all()] == [CallTask.Reason.EMAIL_FAILED]


def test_once_called_it_stays_done(visit: Appointment, clock: time_machine.Traveller) -> None:
    lose(visit)
    create_calls_for_undelivered(timezone.now())
    CallTask.objects.update(done_at=timezone.now())
    create_calls_for_undelivered(timezone.now())
    assert not CallTask.objects.open(timezone.now()).exists()
    remind_at(at(5, 10, 30), clock)
    lose(visit)
    assert create_calls_for_undelivered(timezone.now()) == 1


def test_nobody_is_called_about_a_visit_that_is_over(visit: Appointment) -> None:
    lose(visit)
    assert create_calls_for_undelivered(at(6, 11, 30)) == 0
    assert not CallTask.objects.exists()


def test_an_email_on_its_way_is_no_call(visit: Appointment) -> None:
    assert create_calls_for_undelivered(timezone.now()) == 0


def test_nobody_without_email_is_reminded(
    service: Service, visit: Appointment, clock: time_machine.Traveller
) -> None:
    Appointment.objects.update(email="")
    assert remind_at(at(5, 10, 30), clock) == 0
    assert Practitioner.objects.count() == 1
